#pragma once

#include "core/transport/send_ledger.h"

namespace sightline {

/// How fast packets get through, measured over about a round trip whenever some are acknowledged
/// (draft-cheng-iccrg-delivery-rate-estimation). Arrival times come from the receiver, so late or bundled
/// feedback does not blur it.
class DeliveryRate {
public:
    struct Sample {
        double octetsPerSecond = 0; ///< 0: no measurement
        bool isAppLimited = false; ///< there was not enough to send to fill the path: a lower bound only
        std::uint64_t priorDelivered = 0; ///< delivered() when the newest acknowledged packet was sent
    };

    /// Notes the state of now in a packet about to be sent.
    void onSent(SentPacket& packet, bool isIdle);
    /// A packet was acknowledged that arrived at `arrivedAt` (our clock).
    void onAcknowledged(const SentPacket& packet, TimePoint arrivedAt);
    /// There is nothing to send although more could be in flight.
    void markAppLimited(std::uint64_t bytesInFlight) { m_appLimitedUntil = m_delivered + bytesInFlight + 1; }

    /// The measurement over what was acknowledged since the last call.
    Sample takeSample(Duration minRoundTrip);
    std::uint64_t delivered() const { return m_delivered; } ///< octets

private:
    std::uint64_t m_delivered = 0;
    TimePoint m_deliveredAt{};
    TimePoint m_flightStart{};
    std::uint64_t m_appLimitedUntil = 0; ///< packets sent before so much is delivered are app-limited
    SentPacket m_newest; ///< of those acknowledged since the last sample
    bool m_hasNewest = false;
};

} // namespace sightline
