#pragma once

#include "core/base/result.h"
#include "core/graphics/screen_capture.h"
#include "core/session/target_place.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace sightline {

/// What of the desktop is shared.
struct ShareTarget {
    enum class Kind { WholeDesktop, Monitor, Region, Window };
    Kind kind = Kind::WholeDesktop;
    int monitor = 0; ///< index into ScreenCapture::monitors()
    Rect region; ///< in desktop coordinates
    std::uint64_t window = 0; ///< the system's number, see ScreenCapture::setWindow()
    QString monitorName = {}; ///< the system's; empty: the index decides

    bool operator==(const ShareTarget&) const = default;

    /// The same on these monitors, with the name of the monitor: when monitors come and go, another one may
    /// get its index, which nobody chose to show.
    ShareTarget named(const std::vector<Monitor>& monitors) const;
    /// The monitor's index now; none: it is no monitor, or not there.
    std::optional<std::size_t> monitorOn(const std::vector<Monitor>& monitors) const;

    /// Where the target, which is no window, is on a desktop with these monitors. CaptureFailed when it is
    /// not there (any more).
    Result<Rect> areaOn(const std::vector<Monitor>& monitors) const;
    /// Where the target is on this desktop; a window is captured from then on. Errors as there, and NoWindow;
    /// a monitor with a name that is unplugged is none.
    Result<TargetPlace> locate(ScreenCapture& capture) const;
};

} // namespace sightline
