#pragma once

#include <cstddef>

namespace sightline {

/// What one viewer can do beyond what every viewer can, as its capabilities say (MS-RDPEGFX 2.2.3). Nothing
/// more than this is ever sent to it.
struct ViewerAbilities {
    bool avc420 = false;
    int cacheSlots = 0;
    std::size_t cacheBytes = 0;
    bool operator==(const ViewerAbilities&) const = default;
};

} // namespace sightline
