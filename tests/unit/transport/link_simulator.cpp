#include "link_simulator.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr std::size_t kHeaders = 28 + 16; // IPv4, UDP, and the tag of SRTP

}

void LinkSimulator::send(Packet packet, TimePoint now)
{
    const auto octets = packet.octets.size() + kHeaders;
    ++m_counters.sent;
    m_counters.octets += octets;
    if (m_isOut) {
        ++m_counters.lost;
        return;
    }
    const auto queued = std::max(m_busyUntil - now, Duration::zero());
    if (queued > m_config.queue) {
        ++m_counters.dropped;
        return;
    }
    m_counters.longestQueue = std::max(m_counters.longestQueue, queued);
    const std::chrono::duration<double> time(static_cast<double>(octets) * 8 / m_config.bitsPerSecond);
    m_busyUntil = std::max(m_busyUntil, now) + std::chrono::duration_cast<Duration>(time);
    if (chance(m_config.loss)) {
        ++m_counters.lost;
        return;
    }
    if (chance(m_config.duplication))
        m_flights.push({arrivalOf(m_busyUntil), m_order++, packet});
    m_flights.push({arrivalOf(m_busyUntil), m_order++, std::move(packet)});
}

TimePoint LinkSimulator::arrivalOf(TimePoint sent)
{
    auto arrival = sent + m_config.delay;
    if (m_config.jitter > Duration::zero())
        arrival
            += Duration(std::uniform_int_distribution<Duration::rep>(0, m_config.jitter.count())(m_random));
    if (!m_config.jitterReorders)
        m_lastArrival = arrival = std::max(arrival, m_lastArrival);
    if (chance(m_config.reordering))
        arrival += m_config.reorderDelay;
    return arrival;
}

std::optional<TimePoint> LinkSimulator::nextArrival() const
{
    if (m_flights.empty())
        return std::nullopt;
    return m_flights.top().arrival;
}

LinkSimulator::Packet LinkSimulator::takeArrived()
{
    auto packet = m_flights.top().packet;
    m_flights.pop();
    return packet;
}

} // namespace sightline
