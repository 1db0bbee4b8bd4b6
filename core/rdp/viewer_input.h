#pragma once

#include "core/rdp/rdp_input.h"

struct rdp_context;

namespace sightline {

/// Writes one input event to the connection; waits while that takes none. What the host does not understand
/// is left out. False when the connection broke.
bool writeViewerInput(rdp_context* context, const RdpInput& input);

} // namespace sightline
