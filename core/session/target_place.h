#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// Where what is shared is now.
struct TargetPlace {
    Rect area; ///< in desktop coordinates; empty: nowhere
    Rects monitors; ///< where in the area they are, as many as can be told apart; none: it is a window
    bool isHidden = false; ///< nothing to show now: the window is minimised, the monitor unplugged

    bool operator==(const TargetPlace&) const = default;
};

} // namespace sightline
