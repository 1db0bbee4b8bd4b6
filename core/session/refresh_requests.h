#pragma once

#include "core/base/clock.h"
#include "core/graphics/geometry.h"

#include <optional>

namespace sightline {

/// What a viewer asks to be sent anew: requests that come too fast become one, and however many there are, a
/// few rectangles are kept. Pure.
class RefreshRequests {
public:
    /// No area: everything.
    void add(const Rects& areas);
    /// When take() gives something; TimePoint::max() when nothing was asked for.
    TimePoint dueAt() const;
    /// The areas, clipped to `whole`, once they are due; `whole` alone stands for everything.
    std::optional<Rects> take(const Rect& whole, TimePoint now);

private:
    Rects m_areas;
    bool m_isAll = false;
    TimePoint m_last{}; ///< when something was taken
};

} // namespace sightline
