#include "core/relay/source_acks.h"

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kLongest = 250ms;
// A sharer does not send more without an acknowledgement.
constexpr std::size_t kMostFrames = 256;

} // namespace

void SourceAcks::sent(std::uint32_t source, std::uint32_t relayed, std::size_t viewers, TimePoint now)
{
    m_frames.push_back({source, relayed, now});
    if (viewers == 0 || m_frames.size() > kMostFrames)
        acknowledged(relayed);
}

void SourceAcks::acknowledged(std::uint32_t relayed)
{
    // Numbers may wrap around.
    while (!m_frames.empty() && static_cast<std::int32_t>(relayed - m_frames.front().relayed) >= 0) {
        m_ready = m_frames.front().source;
        m_frames.pop_front();
    }
}

std::optional<std::uint32_t> SourceAcks::take(TimePoint now)
{
    while (!m_frames.empty() && now - m_frames.front().at >= kLongest) {
        m_ready = m_frames.front().source;
        m_frames.pop_front();
    }
    return std::exchange(m_ready, std::nullopt);
}

void SourceAcks::clear()
{
    m_frames.clear();
    m_ready.reset();
}

} // namespace sightline
