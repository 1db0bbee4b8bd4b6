#include "core/transport/rtt_estimator.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr Duration kInitialProbeTimeout = 200ms;
// An outage ends at most so long before it is noticed: a person waits for the picture.
constexpr Duration kMaxProbeTimeout = 400ms;
constexpr int kMaxDoublings = 6;

constexpr Duration kLossMargin = 8ms;
constexpr Duration kProbeMargin = 15ms;

// TCP below repeats what is late by itself; only a hole that stays is a packet that was dropped above TCP.
constexpr Duration kLosslessLossMargin = 250ms;
constexpr Duration kLosslessProbeTimeout = 3s;

} // namespace

void RttEstimator::addSample(Duration roundTrip)
{
    roundTrip = std::max(roundTrip, Duration(1us));
    if (!hasSample()) {
        m_smoothed = roundTrip;
        m_variation = roundTrip / 2;
        return;
    }
    const auto deviation = std::chrono::abs(m_smoothed - roundTrip);
    m_variation += (deviation - m_variation) / 4;
    m_smoothed += (roundTrip - m_smoothed) / 8;
}

Duration RttEstimator::lossDelay() const
{
    return m_lossless ? 2 * m_smoothed + kLosslessLossMargin : m_smoothed * 5 / 4 + kLossMargin;
}

Duration RttEstimator::probeTimeout(int probesBefore) const
{
    const auto base = hasSample() ? m_smoothed + 4 * m_variation + kProbeMargin : kInitialProbeTimeout;
    const auto doubled = base * (1 << std::min(probesBefore, kMaxDoublings));
    if (m_lossless)
        return std::max(doubled, kLosslessProbeTimeout);
    return std::min(doubled, std::max(base, kMaxProbeTimeout));
}

} // namespace sightline
