#pragma once

// For the .cpp files of this folder only.

#include <freerdp/update.h>

namespace sightline {

/// Everything that draws comes by the graphics channel. The older ways stay closed.
void refuseOldDrawing(rdpUpdate* update);

} // namespace sightline
