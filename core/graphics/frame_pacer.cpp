#include "core/graphics/frame_pacer.h"

#include <algorithm>
#include <cmath>

namespace sightline {

namespace {

// Two frames are always allowed: one on its way while the next one is made, also without any round trip.
constexpr int kMinUnacknowledged = 2;

// While the delivery rate is unknown, this many octets count as maxQueueDelay.
constexpr double kBytesWhileRateUnknown = 256 * 1024;

double toSeconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

FramePacer::FramePacer(Config config)
    : m_config(config)
    , m_interval(std::chrono::duration_cast<Duration>(
          std::chrono::duration<double>(1.0 / std::max(1, config.maxFramesPerSecond))))
{
}

void FramePacer::refinementSent(std::uint32_t frame, std::size_t bytes, TimePoint now)
{
    m_sent.push_back({frame, bytes, now});
    m_sentBytes += bytes;
}

void FramePacer::frameSent(std::uint32_t frame, std::size_t bytes, TimePoint now)
{
    refinementSent(frame, bytes, now);

    // A frame that comes late (the screen was grabbed a little after the due time) does not delay the ones
    // after it, or a 60 Hz animation would end at 50; but half a frame is all the credit that can be saved
    // up.
    const TimePoint earliest = now + m_interval / 2;
    const bool wasEver = m_nextDue != TimePoint::min();
    m_nextDue = wasEver ? std::max(m_nextDue + m_interval, earliest) : earliest;
}

void FramePacer::frameAcknowledged(std::uint32_t frame, TimePoint now)
{
    const auto acknowledged = std::find_if(
        m_sent.begin(), m_sent.end(), [frame](const SentFrame& f) { return f.number == frame; });
    if (acknowledged == m_sent.end())
        return;
    m_lastLatency = now - acknowledged->time;
    const auto end = std::next(acknowledged);
    for (auto it = m_sent.begin(); it != end; ++it)
        m_sentBytes -= it->bytes;
    m_sent.erase(m_sent.begin(), end);
}

void FramePacer::reset()
{
    m_sent.clear();
    m_sentBytes = 0;
    m_lastLatency = {};
    m_nextDue = TimePoint::min();
}

TimePoint FramePacer::earliestSend(const Path& path, TimePoint now) const
{
    if (unacknowledged() >= window(path))
        return TimePoint::max();
    const Duration excess = queueExcess(path);
    return excess > Duration::zero() ? std::max(m_nextDue, now + excess) : m_nextDue;
}

int FramePacer::window(const Path& path) const
{
    const double framesPerRoundTrip = std::max(0.0, toSeconds(path.roundTrip)) * m_config.maxFramesPerSecond;
    const int largest = std::max(kMinUnacknowledged, m_config.maxUnacknowledged);
    const double wanted = std::min(std::ceil(framesPerRoundTrip), static_cast<double>(largest));
    return std::clamp(static_cast<int>(wanted) + kMinUnacknowledged, kMinUnacknowledged, largest);
}

/// How long the queue below the encoder needs until it is short enough.
Duration FramePacer::queueExcess(const Path& path) const
{
    const double allowed = toSeconds(m_config.maxQueueDelay);
    const double rate = path.deliveryRate > 0 ? path.deliveryRate : kBytesWhileRateUnknown / allowed;
    // An hour is as good as for ever, and keeps the sum with `now` inside its range.
    const double excess = std::min(static_cast<double>(path.bytesQueued) / rate - allowed, 3600.0);
    return excess > 0 ? std::chrono::ceil<Duration>(std::chrono::duration<double>(excess)) : Duration::zero();
}

} // namespace sightline
