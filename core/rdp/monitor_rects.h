#pragma once

// For the .cpp files of this folder only.

#include "core/graphics/geometry.h"

#include <freerdp/channels/rdpgfx.h>

namespace sightline {

/// Where in an output of this size the monitors are that the message names. What makes no sense is left out:
/// without monitors the picture is shown as it is.
Rects monitorsOf(const RDPGFX_RESET_GRAPHICS_PDU& reset, Size size);

} // namespace sightline
