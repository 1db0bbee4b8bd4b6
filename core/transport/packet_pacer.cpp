#include "core/transport/packet_pacer.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr double kMinBurstPackets = 16;
constexpr double kMaxBurst = 64 * 1024; // fits the default receive buffer of a socket
constexpr Duration kBurstTime = 4ms;
constexpr Duration kWakeInterval = 1ms;

} // namespace

Duration PacketPacer::timeOf(double octets) const
{
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(octets / m_rate));
}

void PacketPacer::onSent(std::size_t size, TimePoint now)
{
    const auto credit = std::max(timeOf(kMinBurstPackets * static_cast<double>(m_packetSize)),
        std::min(kBurstTime, timeOf(kMaxBurst)));
    m_next = std::max(m_next, now - credit) + timeOf(static_cast<double>(size));
}

TimePoint PacketPacer::wakeTime() const
{
    const auto packet = timeOf(static_cast<double>(m_packetSize));
    return m_next + std::max(kWakeInterval - packet, Duration::zero());
}

} // namespace sightline
