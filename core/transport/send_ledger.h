#pragma once

#include "core/base/clock.h"
#include "core/transport/range_set.h"
#include "core/transport/send_queue.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace sightline {

/// One packet that was sent, and what the delivery rate estimator wants to know of that moment.
struct SentPacket {
    enum class State : std::uint8_t { InFlight, Acknowledged, Lost };

    SendQueue::Chunk chunk;
    TimePoint sentAt{};
    std::uint32_t size = 0; ///< of the whole packet
    State state = State::InFlight;
    bool isAppLimited = false;
    std::uint64_t delivered = 0; ///< octets acknowledged until then
    TimePoint deliveredAt{}; ///< when the last of them arrived
    TimePoint flightStart{}; ///< when the packet was sent that was acknowledged last until then
};

/// The packets that were sent, by packet number, until their fate is known. Numbers are never reused. All
/// work is O(1) per packet whatever the feedback says.
class SendLedger {
public:
    /// More packets without a known fate are not sent: keeps 16-bit numbers unambiguous, and memory bounded.
    static constexpr std::uint64_t kMaxPackets = 8192;

    explicit SendLedger(std::uint64_t firstNumber);

    std::uint64_t nextNumber() const { return m_next; }
    std::optional<std::uint64_t> largestAcknowledged() const { return m_largestAcknowledged; }
    std::uint64_t bytesInFlight() const { return m_bytesInFlight; }
    std::uint64_t packetsInFlight() const { return m_packetsInFlight; }
    bool isFull() const { return m_next - m_begin >= kMaxPackets; }
    TimePoint lastSentAt() const { return m_lastSentAt; }

    void onSent(const SentPacket& packet);
    /// Calls visit(number, packet) for each packet of [begin, end) that is acknowledged for the first time;
    /// its state is still the former one. `end` <= nextNumber().
    template <typename Visit> void acknowledge(std::uint64_t begin, std::uint64_t end, Visit visit);
    /// Calls visit(packet) for each packet that is lost now: overtaken by `threshold` packets, or by any and
    /// sent before `sentBefore`.
    template <typename Visit> void detectLosses(std::uint64_t threshold, TimePoint sentBefore, Visit visit);
    /// When the oldest packet was sent that was overtaken and is not lost yet.
    std::optional<TimePoint> oldestOvertaken() const;
    /// Forgets packets whose fate is known; lost ones only when sent before `lostBefore`, since they may
    /// still turn up.
    void forget(TimePoint lostBefore);

private:
    SentPacket& at(std::uint64_t number) { return m_packets[number & (m_packets.size() - 1)]; }
    const SentPacket& at(std::uint64_t number) const { return m_packets[number & (m_packets.size() - 1)]; }
    void grow();
    void resolve(SentPacket& packet, SentPacket::State state);
    void skipAcknowledged();

    std::vector<SentPacket> m_packets; // INVARIANT: a power of two long; holds [m_begin, m_next)
    RangeSet m_acknowledged; ///< at or beyond m_begin
    std::uint64_t m_begin;
    std::uint64_t m_next;
    std::uint64_t m_undecided; ///< INVARIANT: everything below is acknowledged or lost
    std::optional<std::uint64_t> m_largestAcknowledged;
    std::uint64_t m_bytesInFlight = 0;
    std::uint64_t m_packetsInFlight = 0;
    TimePoint m_lastSentAt{};
};

template <typename Visit> void SendLedger::acknowledge(std::uint64_t begin, std::uint64_t end, Visit visit)
{
    begin = std::max(begin, m_begin);
    if (begin >= end)
        return;
    m_acknowledged.forEachMissing(begin, end, [&](std::uint64_t from, std::uint64_t to) {
        for (auto number = from; number < to; ++number) {
            visit(number, std::as_const(at(number)));
            resolve(at(number), SentPacket::State::Acknowledged);
        }
    });
    m_acknowledged.add(begin, end);
    m_largestAcknowledged = std::max(m_largestAcknowledged.value_or(0), end - 1);
    skipAcknowledged();
}

template <typename Visit>
void SendLedger::detectLosses(std::uint64_t threshold, TimePoint sentBefore, Visit visit)
{
    // Numbers and send times rise together, so what is lost is always a prefix of what is undecided.
    while (m_largestAcknowledged && m_undecided < *m_largestAcknowledged) {
        auto& packet = at(m_undecided);
        if (*m_largestAcknowledged - m_undecided < threshold && packet.sentAt > sentBefore)
            return;
        visit(std::as_const(packet));
        resolve(packet, SentPacket::State::Lost);
        ++m_undecided;
        skipAcknowledged();
    }
}

} // namespace sightline
