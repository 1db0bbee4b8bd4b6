#pragma once

#include "core/base/result.h"
#include "core/graphics/screen_capture.h"

#include <cstdint>
#include <vector>

namespace sightline {

/// What of the desktop is shared.
struct ShareTarget {
    enum class Kind { WholeDesktop, Monitor, Region, Window };
    Kind kind = Kind::WholeDesktop;
    int monitor = 0; ///< index into ScreenCapture::monitors()
    Rect region; ///< in desktop coordinates
    std::uint64_t window = 0; ///< the system's number, see ScreenCapture::setWindow()

    bool operator==(const ShareTarget&) const = default;

    /// Where the target, which is no window, is on a desktop with these monitors. CaptureFailed when it is
    /// not there (any more).
    Result<Rect> areaOn(const std::vector<Monitor>& monitors) const;
    /// Where the target is on this desktop; a window is captured from then on. Errors as there, and NoWindow.
    Result<Rect> locate(ScreenCapture& capture) const;
};

} // namespace sightline
