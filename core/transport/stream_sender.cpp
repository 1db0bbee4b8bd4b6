#include "core/transport/stream_sender.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kInitialReorderThreshold = 8;
constexpr std::uint64_t kMaxReorderThreshold = 128;
constexpr std::uint64_t kLosslessReorderThreshold = 64;

// A peer may announce any window; so much is kept for it at most.
constexpr std::uint64_t kMaxUnacknowledged = 8 * 1024 * 1024;

// Written octets wait here only as long as the path needs them to stay busy: what waits longer is an old
// picture.
constexpr double kQueueSeconds = 0.05;
constexpr double kMinQueue = 64 * 1024;

constexpr Duration kMaxWindowProbeInterval = 1s;

} // namespace

StreamSender::StreamSender(const Config& config)
    : m_config(config)
    , m_maxChunk(config.maxPacketSize - RtpPacket::kOverhead)
    , m_ledger(config.firstNumber)
    , m_roundTrip(config.lossless)
    , m_congestion(config.maxPacketSize, config.lossless)
    , m_pacer(config.maxPacketSize)
    , m_reorderThreshold(config.lossless ? kLosslessReorderThreshold : kInitialReorderThreshold)
{
    m_pacer.setRate(m_congestion.pacingRate());
}

std::size_t StreamSender::writableBytes() const
{
    if (m_queue.isFinished())
        return 0;
    const auto useful = std::max(m_congestion.pacingRate() * kQueueSeconds, kMinQueue);
    const auto queue = std::min(static_cast<double>(m_config.sendBuffer), useful);
    const auto room = std::max(queue - static_cast<double>(m_queue.unsentBytes()), 0.0);
    const auto unacknowledged = m_queue.end() - m_queue.begin();
    return std::min(static_cast<std::size_t>(room),
        static_cast<std::size_t>(kMaxUnacknowledged - std::min(unacknowledged, kMaxUnacknowledged)));
}

std::size_t StreamSender::write(ByteView data)
{
    const auto size = std::min(data.size(), writableBytes());
    m_queue.append(data.first(size));
    return size;
}

bool StreamSender::isPlausible(const RtcpFeedback& feedback) const
{
    if (feedback.nextOffset > m_queue.sentEnd())
        return false;
    return !feedback.hasPackets()
        || (feedback.largestNumber() < m_ledger.nextNumber()
            && feedback.ranges[feedback.rangeCount - 1].begin >= m_config.firstNumber);
}

bool StreamSender::onFeedback(const RtcpFeedback& feedback, TimePoint now)
{
    if (!isPlausible(feedback))
        return false;
    // Feedback may be overtaken by newer one, so a window never shrinks.
    if (feedback.receiveLimit > m_receiveLimit) {
        m_receiveLimit = feedback.receiveLimit;
        m_windowProbes = 0;
    }
    m_lastNews = now;

    Progress progress;
    acknowledge(feedback, now, progress);
    m_queue.acknowledgeBelow(feedback.nextOffset);
    if (progress.acknowledgedBytes > 0) {
        m_probesWithoutNews = 0;
        m_isProbeDue = false;
        if (progress.roundTrip)
            m_roundTrip.addSample(*progress.roundTrip);
    }
    detectLosses(now);
    if (progress.acknowledgedBytes > 0)
        updateCongestion(progress, now);
    m_ledger.forget(now - 2 * m_roundTrip.smoothed() - 100ms);
    return true;
}

void StreamSender::acknowledge(const RtcpFeedback& feedback, TimePoint now, Progress& progress)
{
    if (!feedback.hasPackets())
        return;
    const auto largest = feedback.largestNumber();
    const auto largestAge = feedback.ageOf(largest).value_or(Duration::zero());
    const auto onPacket = [&](std::uint64_t number, const SentPacket& packet) {
        if (packet.state == SentPacket::State::Lost)
            onSpuriousLoss(number, largest);
        // The receiver's word on its own delay counts only as far as it is possible.
        const auto elapsed = now - packet.sentAt;
        const auto age = feedback.ageOf(number).value_or(largestAge);
        const auto plausibleAge = age < elapsed ? age : Duration::zero();
        m_rate.onAcknowledged(packet, now - plausibleAge);
        m_queue.onAcknowledged(packet.chunk);
        progress.acknowledgedBytes += packet.size;
        if (number >= progress.newestNumber) {
            progress.newestNumber = number;
            progress.roundTrip = elapsed - plausibleAge;
        }
    };
    for (auto i = feedback.rangeCount; i-- > 0;)
        m_ledger.acknowledge(feedback.ranges[i].begin, feedback.ranges[i].end, onPacket);
}

void StreamSender::onSpuriousLoss(std::uint64_t number, std::uint64_t largest)
{
    --m_packetsLost;
    m_reorderThreshold = std::clamp(largest - number + 1, m_reorderThreshold, kMaxReorderThreshold);
}

void StreamSender::detectLosses(TimePoint now)
{
    m_ledger.detectLosses(m_reorderThreshold, now - m_roundTrip.lossDelay(), [&](const SentPacket& packet) {
        m_queue.onLost(packet.chunk);
        m_lostBytes += packet.size;
        ++m_packetsLost;
    });
}

void StreamSender::updateCongestion(const Progress& progress, TimePoint now)
{
    m_congestion.onAcknowledged({
        .now = now,
        .sample = m_rate.takeSample(m_congestion.minRoundTrip()),
        .delivered = m_rate.delivered(),
        .acknowledgedBytes = progress.acknowledgedBytes,
        .lostBytes = std::exchange(m_lostBytes, 0),
        .bytesInFlight = m_ledger.bytesInFlight(),
        .roundTrip = progress.roundTrip,
    });
    m_pacer.setRate(m_congestion.pacingRate());
}

std::optional<SendQueue::Chunk> StreamSender::nextChunk() const
{
    if (m_ledger.isFull())
        return std::nullopt;
    return m_queue.next(m_maxChunk, m_receiveLimit);
}

bool StreamSender::isWindowBlocked() const
{
    return m_queue.unsentBytes() > 0 && m_queue.sentEnd() >= m_receiveLimit;
}

std::optional<TimePoint> StreamSender::timerDeadline() const
{
    if (const auto oldest = m_ledger.oldestOvertaken())
        return *oldest + m_roundTrip.lossDelay();
    if (m_ledger.packetsInFlight() > 0)
        return m_ledger.lastSentAt() + m_roundTrip.probeTimeout(m_probesWithoutNews);
    if (isWindowBlocked()) {
        const auto interval = m_roundTrip.probeTimeout(0) * (1 << std::min(m_windowProbes, 6));
        return std::max(m_ledger.lastSentAt(), m_lastNews) + std::min(interval, kMaxWindowProbeInterval);
    }
    return std::nullopt;
}

void StreamSender::onTimer(TimePoint now)
{
    if (m_ledger.oldestOvertaken()) {
        detectLosses(now);
        return;
    }
    m_isProbeDue = true;
    if (m_ledger.packetsInFlight() > 0)
        ++m_probesWithoutNews;
    else
        ++m_windowProbes;
}

std::optional<StreamSender::Outgoing> StreamSender::takePacket(TimePoint now)
{
    // Losses found leave the probe's deadline behind, and that may have passed as well.
    while (!m_isProbeDue && timerDeadline().value_or(TimePoint::max()) <= now)
        onTimer(now);
    if (m_isProbeDue) {
        m_isProbeDue = false;
        // Under TCP the octets will arrive; the probe only asks whether they did.
        const auto chunk = m_queue.probe(m_config.lossless ? 0 : m_maxChunk);
        return send(chunk, true, now);
    }
    const auto chunk = nextChunk();
    if (!chunk) {
        if (m_ledger.bytesInFlight() < m_congestion.window())
            m_rate.markAppLimited(m_ledger.bytesInFlight());
        return std::nullopt;
    }
    if (m_ledger.bytesInFlight() >= m_congestion.window() || !m_pacer.maySend(now))
        return std::nullopt;
    return send(*chunk, false, now);
}

StreamSender::Outgoing StreamSender::send(const SendQueue::Chunk& chunk, bool wantsFeedback, TimePoint now)
{
    const bool isIdle = m_ledger.packetsInFlight() == 0;
    if (isIdle)
        m_congestion.onRestartFromIdle(now);
    SentPacket packet;
    packet.chunk = chunk;
    packet.sentAt = now;
    packet.size = chunk.size + static_cast<std::uint32_t>(RtpPacket::kOverhead);
    m_rate.onSent(packet, isIdle);
    const auto number = m_ledger.nextNumber();
    m_ledger.onSent(packet);
    m_queue.onSent(chunk);
    m_pacer.onSent(packet.size, now);
    return {number, chunk, wantsFeedback};
}

TimePoint StreamSender::nextTimeout() const
{
    if (m_isProbeDue)
        return TimePoint::min();
    auto next = timerDeadline().value_or(TimePoint::max());
    if (nextChunk() && m_ledger.bytesInFlight() < m_congestion.window())
        next = std::min(next, m_pacer.wakeTime());
    return next;
}

} // namespace sightline
