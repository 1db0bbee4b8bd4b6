#pragma once

#include "core/base/clock.h"

#include <cstddef>

namespace sightline {

/// Spreads packets over time. Unused time is credit for a short burst, so that a small message after silence
/// leaves at once, and a late timer costs no rate.
class PacketPacer {
public:
    explicit PacketPacer(std::size_t packetSize)
        : m_packetSize(packetSize)
    {
    }

    void setRate(double octetsPerSecond) { m_rate = octetsPerSecond; }
    bool maySend(TimePoint now) const { return now >= m_next; }
    void onSent(std::size_t size, TimePoint now);
    /// When to come back after maySend() said no: when a batch worth waking up for may leave.
    TimePoint wakeTime() const;

private:
    Duration timeOf(double octets) const;

    std::size_t m_packetSize;
    double m_rate = 1e6;
    TimePoint m_next{}; ///< when the next packet is due; the past: credit
};

} // namespace sightline
