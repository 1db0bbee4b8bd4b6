#include "core/session/refresh_requests.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// A server that speaks for many asks once a second, a viewer when its user does.
constexpr Duration kPause = 500ms;
constexpr std::size_t kMostAreas = 64;

} // namespace

void RefreshRequests::add(const Rects& areas)
{
    m_isAll = m_isAll || areas.empty();
    for (const Rect& area : areas) {
        if (area.isEmpty())
            continue;
        if (m_areas.size() < kMostAreas)
            m_areas.push_back(area);
        else
            m_areas.back() = united(m_areas.back(), area);
    }
}

TimePoint RefreshRequests::dueAt() const
{
    return m_isAll || !m_areas.empty() ? m_last + kPause : TimePoint::max();
}

std::optional<Rects> RefreshRequests::take(const Rect& whole, TimePoint now)
{
    if (now < dueAt())
        return std::nullopt;
    Rects wanted;
    for (const Rect& area : std::exchange(m_areas, {})) {
        if (const Rect inside = intersected(area, whole); !inside.isEmpty())
            wanted.push_back(inside);
        m_isAll = m_isAll || area.contains(whole);
    }
    if (std::exchange(m_isAll, false))
        wanted = {whole};
    m_last = now;
    return wanted;
}

} // namespace sightline
