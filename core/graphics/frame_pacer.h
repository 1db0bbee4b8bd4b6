#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <memory>

namespace sightline {

/// Decides whether another frame may be encoded: arithmetic on frame numbers, times and what the transport reports; no
/// I/O and no clock of its own. A window of unacknowledged frames (from the round trip, 16 at most), at most about
/// `maxQueueDelay` of octets below the encoder, and a cap on frames a second that never delays the first frame after a
/// pause.
class FramePacer {
public:
    struct Config {
        int maxFramesPerSecond = 60;
        int maxUnacknowledged = 16;
        Duration maxQueueDelay = std::chrono::milliseconds(50);
    };
    struct Path {
        Duration roundTrip {};
        double deliveryRate = 0; ///< octets a second, 0: unknown
        std::uint64_t bytesQueued = 0; ///< below the encoder, not on the wire yet
    };

    explicit FramePacer(Config config);

    void frameSent(std::uint32_t frame, std::size_t bytes, TimePoint now);
    /// Acknowledges all frames up to this one; unknown and old numbers are ignored.
    void frameAcknowledged(std::uint32_t frame, TimePoint now);
    void reset();

    /// The earliest time at which a frame may be grabbed and encoded: `now` or before when at once; TimePoint::max()
    /// when only an acknowledgement can open the window (ask again after it).
    TimePoint earliestSend(const Path& path, TimePoint now) const;

    int unacknowledged() const;

private:
    Config m_config;
};

} // namespace sightline
