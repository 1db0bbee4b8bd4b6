#pragma once

#include "core/graphics/screen_capture.h"

#include <memory>

namespace sightline {

/// Opens the desktop that this process runs on, as DISPLAY names it. NoDisplay: there is none; CaptureFailed:
/// there is one, but of a kind that this version cannot capture (Wayland). From any thread; the object
/// belongs to the calling one.
Result<std::unique_ptr<ScreenCapture>> openScreenCapture();

} // namespace sightline
