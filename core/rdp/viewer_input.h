#pragma once

#include "core/graphics/geometry.h"
#include "core/rdp/rdp_input.h"

struct rdp_context;

namespace sightline {

// What a client end says outside of channels. RDP thread only; false when the connection broke.

/// Writes one input event to the connection; waits while that takes none. What the host does not understand
/// is left out.
bool writeViewerInput(rdp_context* context, const RdpInput& input);

/// Asks for these areas anew (MS-RDPBCGR 2.2.11.2); none, or more than 255: everything.
bool writeRefreshRequest(rdp_context* context, const Rects& areas);

} // namespace sightline
