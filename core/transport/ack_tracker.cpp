#include "core/transport/ack_tracker.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr int kPacketsPerFeedback = 4;
constexpr int kLosslessPacketsPerFeedback = 16;
constexpr Duration kMaxDelay = 2ms;
constexpr Duration kLosslessMaxDelay = 5ms;
// A sender has far fewer packets on the way; 16 bits of the wire format hold it.
constexpr std::uint64_t kHistory = 16384;

// At LAN rates feedback for every fourth packet would be most of the work; four of them a millisecond
// suffice.
constexpr int kMaxPacketsPerFeedback = 16;
constexpr Duration kBusyInterval = 250us;
constexpr Duration kCalmInterval = 1ms;

} // namespace

int AckTracker::minimumThreshold() const
{
    return m_lossless ? kLosslessPacketsPerFeedback : kPacketsPerFeedback;
}

bool AckTracker::isNew(std::uint64_t number) const
{
    return number >= m_floor && !m_received.contains(number);
}

void AckTracker::onPacket(std::uint64_t number, TimePoint now, bool urgent)
{
    const bool inOrder = !hasPackets() || number == largestNumber() + 1;
    m_received.add(number, number + 1);
    m_arrivals[number % m_arrivals.size()] = {number, now};
    trim();

    ++m_untold;
    if (urgent || m_untold >= m_threshold || (!inOrder && !m_lossless))
        requestFeedback();
    else
        m_deadline = std::min(m_deadline, now + (m_lossless ? kLosslessMaxDelay : kMaxDelay));
}

void AckTracker::trim()
{
    const auto largest = largestNumber();
    if (largest >= kHistory)
        m_floor = std::max(m_floor, largest + 1 - kHistory);
    if (m_received.rangeCount() > RtcpFeedback::kMaxRanges)
        m_floor = std::max(
            m_floor, m_received.ranges()[m_received.rangeCount() - RtcpFeedback::kMaxRanges].begin);
    m_received.removeBelow(m_floor);
}

void AckTracker::adaptThreshold(TimePoint now)
{
    const auto interval = now - m_lastFeedback;
    if (m_untold >= m_threshold && interval < kBusyInterval)
        m_threshold = std::min(2 * m_threshold, kMaxPacketsPerFeedback);
    else if (interval > kCalmInterval)
        m_threshold = minimumThreshold();
    m_lastFeedback = now;
}

std::uint16_t AckTracker::ageOf(std::uint64_t number, TimePoint now) const
{
    const auto& arrival = m_arrivals[number % m_arrivals.size()];
    if (arrival.number != number || !m_received.contains(number))
        return RtcpFeedback::kAgeUnknown;
    const auto age = std::max((now - arrival.time) / RtcpFeedback::kAgeUnit, Duration::rep{0});
    return static_cast<std::uint16_t>(std::min<Duration::rep>(age, RtcpFeedback::kAgeMax));
}

void AckTracker::fillFeedback(RtcpFeedback& feedback, TimePoint now)
{
    adaptThreshold(now);
    m_deadline = TimePoint::max();
    m_untold = 0;
    if (!hasPackets())
        return;
    const auto& ranges = m_received.ranges();
    feedback.rangeCount = ranges.size();
    std::copy(ranges.rbegin(), ranges.rend(), feedback.ranges.begin());

    const auto largest = largestNumber();
    const auto untold = largest + 1 - std::min(m_toldUpTo, largest);
    feedback.ageCount
        = static_cast<std::size_t>(std::min<std::uint64_t>({untold, largest + 1, feedback.ages.size()}));
    for (std::size_t i = 0; i < feedback.ageCount; ++i)
        feedback.ages[i] = ageOf(largest - i, now);
    m_toldUpTo = largest + 1;
}

} // namespace sightline
