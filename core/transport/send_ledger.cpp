#include "core/transport/send_ledger.h"

#include <algorithm>

namespace sightline {

SendLedger::SendLedger(std::uint64_t firstNumber)
    : m_packets(64)
    , m_begin(firstNumber)
    , m_next(firstNumber)
    , m_undecided(firstNumber)
{
}

void SendLedger::onSent(const SentPacket& packet)
{
    if (m_next - m_begin == m_packets.size())
        grow();
    at(m_next++) = packet;
    m_bytesInFlight += packet.size;
    ++m_packetsInFlight;
    m_lastSentAt = packet.sentAt;
}

void SendLedger::grow()
{
    std::vector<SentPacket> larger(2 * m_packets.size());
    for (auto number = m_begin; number < m_next; ++number)
        larger[number & (larger.size() - 1)] = at(number);
    m_packets.swap(larger);
}

void SendLedger::resolve(SentPacket& packet, SentPacket::State state)
{
    if (packet.state == SentPacket::State::InFlight) {
        m_bytesInFlight -= packet.size;
        --m_packetsInFlight;
    }
    packet.state = state;
}

void SendLedger::skipAcknowledged()
{
    const auto it = m_acknowledged.firstEndingAfter(m_undecided);
    if (it != m_acknowledged.ranges().end() && it->begin <= m_undecided)
        m_undecided = it->end;
}

std::optional<TimePoint> SendLedger::oldestOvertaken() const
{
    if (!m_largestAcknowledged || m_undecided >= *m_largestAcknowledged)
        return std::nullopt;
    return at(m_undecided).sentAt;
}

void SendLedger::forget(TimePoint lostBefore)
{
    while (m_begin < m_undecided) {
        const auto& packet = at(m_begin);
        if (packet.state == SentPacket::State::Lost && packet.sentAt > lostBefore
            && m_next - m_begin < kMaxPackets / 2)
            break;
        ++m_begin;
    }
    m_acknowledged.removeBelow(m_begin);
}

} // namespace sightline
