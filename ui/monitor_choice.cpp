#include "ui/monitor_choice.h"

#include <algorithm>

namespace sightline {

void MonitorChoice::choose(std::optional<std::size_t> index)
{
    if (index && *index >= m_monitors.size())
        return;
    m_index = index;
    m_wanted = index;
    m_known = m_monitors;
}

void MonitorChoice::follow(const Rects& monitors)
{
    m_monitors = monitors;
    m_index = wantedAmong(monitors);
    if (!m_index)
        return;
    m_wanted = m_index;
    m_known = monitors;
}

// The host tells places and sizes, no names. As many monitors as before: they were moved, turned or given
// another resolution, and their order is the host's. Another number: some came or went, and the one that is
// as large as ours was is ours, if there is one such.
std::optional<std::size_t> MonitorChoice::wantedAmong(const Rects& monitors) const
{
    if (!m_wanted || monitors.size() < 2)
        return std::nullopt;
    if (monitors.size() == m_known.size())
        return m_wanted;
    const Rect& ours = m_known[*m_wanted];
    const auto isAsLarge
        = [&](const Rect& other) { return other.width == ours.width && other.height == ours.height; };
    if (std::count_if(monitors.begin(), monitors.end(), isAsLarge) != 1
        || std::count_if(m_known.begin(), m_known.end(), isAsLarge) != 1)
        return std::nullopt;
    return static_cast<std::size_t>(
        std::find_if(monitors.begin(), monitors.end(), isAsLarge) - monitors.begin());
}

std::optional<std::size_t> MonitorChoice::next(bool isBackwards) const
{
    const std::size_t count = m_monitors.size();
    if (isBackwards)
        return m_index == 0U || count == 0 ? std::nullopt : std::optional(m_index.value_or(count) - 1);
    const std::size_t after = m_index ? *m_index + 1 : 0;
    return after < count ? std::optional(after) : std::nullopt;
}

} // namespace sightline
