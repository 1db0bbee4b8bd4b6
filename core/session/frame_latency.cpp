#include "core/session/frame_latency.h"

#include <algorithm>

namespace sightline {

void FrameLatency::sent(std::uint32_t frame, TimePoint at)
{
    m_sent[m_nextSent] = {frame, at, true};
    m_nextSent = (m_nextSent + 1) % kKept;
}

void FrameLatency::acknowledged(std::uint32_t frame, TimePoint at)
{
    for (Entry& entry : m_sent) {
        // Serial number arithmetic: frame numbers wrap.
        if (!entry.isOpen || static_cast<std::int32_t>(entry.frame - frame) > 0)
            continue;
        entry.isOpen = false;
        m_samples[m_sampleCount % kKept] = at - entry.at;
        ++m_sampleCount;
    }
}

Duration FrameLatency::median() const
{
    const std::size_t count = std::min(m_sampleCount, kKept);
    if (count == 0)
        return {};
    std::array<Duration, kKept> sorted = m_samples;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(count));
    return *middle;
}

} // namespace sightline
