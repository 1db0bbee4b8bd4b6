#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>
#include <deque>

namespace sightline {

/// Decides whether another frame may be encoded: arithmetic on frame numbers, times and what the transport
/// reports; no I/O and no clock of its own. A window of unacknowledged frames (from the round trip, 16 at
/// most), at most about `maxQueueDelay` of octets below the encoder, and a cap on frames a second that never
/// delays the first frame after a pause.
class FramePacer {
public:
    struct Config {
        int maxFramesPerSecond = 60;
        int maxUnacknowledged = 16;
        Duration maxQueueDelay = std::chrono::milliseconds(50);
    };
    struct Path {
        Duration roundTrip{};
        double deliveryRate = 0; ///< octets a second, 0: unknown
        std::uint64_t bytesQueued = 0; ///< below the encoder, not on the wire yet
        double compression = 1; ///< octets that leave for each octet that the encoder makes
    };

    explicit FramePacer(Config config);

    void frameSent(std::uint32_t frame, std::size_t bytes, TimePoint now);
    /// A frame that shows nothing new: the one that does need not wait for the next tick.
    void refinementSent(std::uint32_t frame, std::size_t bytes, TimePoint now);
    /// Acknowledges all frames up to this one; unknown and old numbers are ignored.
    void frameAcknowledged(std::uint32_t frame, TimePoint now);
    /// Forgets what is unacknowledged: a new viewer, or a graphics channel opened anew.
    void reset();

    /// The earliest time at which a frame may be grabbed and encoded: `now` or before when at once;
    /// TimePoint::max() when only an acknowledgement can open the window (ask again after it).
    TimePoint earliestSend(const Path& path, TimePoint now) const;

    int unacknowledged() const { return static_cast<int>(m_sent.size()); }
    std::uint64_t unacknowledgedBytes() const { return m_sentBytes; }
    /// From sending the last acknowledged frame to its acknowledgement: network, decoding and queues
    /// together.
    Duration lastLatency() const { return m_lastLatency; }

private:
    struct SentFrame {
        std::uint32_t number = 0;
        std::size_t bytes = 0;
        TimePoint time;
    };

    int window(const Path& path) const;
    Duration queueExcess(const Path& path) const;

    Config m_config;
    Duration m_interval;
    std::deque<SentFrame> m_sent; ///< and not acknowledged, oldest first
    std::uint64_t m_sentBytes = 0;
    Duration m_lastLatency{};
    TimePoint m_nextDue = TimePoint::min();
};

} // namespace sightline
