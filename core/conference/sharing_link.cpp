#include "core/conference/sharing_link.h"

namespace sightline {

SharingLink::~SharingLink() = default;

} // namespace sightline
