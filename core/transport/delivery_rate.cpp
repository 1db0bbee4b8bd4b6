#include "core/transport/delivery_rate.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// Over less than this, what is measured is how the scheduler bundles packets.
constexpr Duration kShortestInterval = 1ms;

} // namespace

void DeliveryRate::onSent(SentPacket& packet, bool isIdle)
{
    if (isIdle)
        m_flightStart = m_deliveredAt = packet.sentAt;
    packet.delivered = m_delivered;
    packet.deliveredAt = m_deliveredAt;
    packet.flightStart = m_flightStart;
    packet.isAppLimited = m_delivered < m_appLimitedUntil;
}

void DeliveryRate::onAcknowledged(const SentPacket& packet, TimePoint arrivedAt)
{
    m_delivered += packet.size;
    m_deliveredAt = std::max(m_deliveredAt, arrivedAt);
    if (!m_hasNewest || packet.sentAt >= m_newest.sentAt) {
        m_newest = packet;
        m_hasNewest = true;
        m_flightStart = packet.sentAt;
    }
}

DeliveryRate::Sample DeliveryRate::takeSample(Duration minRoundTrip)
{
    if (!m_hasNewest)
        return {0, false, m_delivered};
    m_hasNewest = false;
    const auto sendTime = m_newest.sentAt - m_newest.flightStart;
    const auto arrivalTime = m_deliveredAt - m_newest.deliveredAt;
    const auto interval = std::max({sendTime, arrivalTime, minRoundTrip, kShortestInterval});
    const auto octets = static_cast<double>(m_delivered - m_newest.delivered);
    return {
        octets / std::chrono::duration<double>(interval).count(), m_newest.isAppLimited, m_newest.delivered};
}

} // namespace sightline
