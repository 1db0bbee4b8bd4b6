#pragma once

#include "core/graphics/geometry.h"

#include <cstddef>
#include <optional>

namespace sightline {

/// Which of the remote monitors a viewer wants to see: one, or all. The choice survives another layout where
/// the monitor can be told again, and comes back when it can be told later. Pure.
class MonitorChoice {
public:
    /// Of the monitors of the last follow(); none: all.
    void choose(std::optional<std::size_t> index);
    void follow(const Rects& monitors);

    const Rects& monitors() const { return m_monitors; }
    std::optional<std::size_t> index() const { return m_index; } ///< none: all
    /// To be shown; empty: all.
    Rect part() const { return m_index ? m_monitors[*m_index] : Rect{}; }

    /// The one after (or before) the present, all of them being one in this row.
    std::optional<std::size_t> next(bool isBackwards) const;

private:
    std::optional<std::size_t> wantedAmong(const Rects& monitors) const;

    Rects m_monitors;
    std::optional<std::size_t> m_index;
    // The layout in which the wanted one was told last.
    Rects m_known;
    std::optional<std::size_t> m_wanted;
};

} // namespace sightline
