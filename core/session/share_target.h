#pragma once

#include "core/base/result.h"
#include "core/graphics/screen_capture.h"

#include <vector>

namespace sightline {

/// What of the desktop is shared.
struct ShareTarget {
    enum class Kind { WholeDesktop, Monitor, Region };
    Kind kind = Kind::WholeDesktop;
    int monitor = 0; ///< index into ScreenCapture::monitors()
    Rect region; ///< in desktop coordinates

    /// Where the target is on a desktop with these monitors. CaptureFailed when it is not there (any more).
    Result<Rect> areaOn(const std::vector<Monitor>& monitors) const;
};

} // namespace sightline
