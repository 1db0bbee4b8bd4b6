#include "ui/drawing_tally.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kMemory = 1s;

} // namespace

void DrawingTally::add(DrawnFrame frame, TimePoint now)
{
    m_frames.push_back({now, std::move(frame)});
    expire(now);
}

bool DrawingTally::expire(TimePoint now)
{
    const std::size_t before = m_frames.size();
    while (!m_frames.empty() && now - m_frames.front().at >= kMemory)
        m_frames.pop_front();
    return m_frames.size() != before;
}

DrawingTally::Summary DrawingTally::summary() const
{
    Summary summary;
    for (const Entry& entry : m_frames) {
        summary.slowest = std::max(summary.slowest, entry.frame.decoding);
        for (const DrawnArea& area : entry.frame.areas) {
            Kind& kind = summary.kinds[static_cast<std::size_t>(area.kind)];
            ++kind.areas;
            kind.octets += area.octets;
        }
    }
    return summary;
}

std::vector<DrawnArea> DrawingTally::areasSince(TimePoint since) const
{
    std::vector<DrawnArea> areas;
    for (const Entry& entry : m_frames) {
        if (entry.at > since)
            areas.insert(areas.end(), entry.frame.areas.begin(), entry.frame.areas.end());
    }
    return areas;
}

} // namespace sightline
