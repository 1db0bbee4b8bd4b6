#pragma once

#include "core/base/clock.h"
#include "core/transport/bandwidth_filter.h"
#include "core/transport/delivery_rate.h"

#include <optional>

namespace sightline {

/// How much may be in flight and how fast it may leave, from the delivery rate and the least round trip that
/// were seen, as BBR does: losses that are not many do not slow it down, and queues on the path are kept
/// short.
class CongestionControl {
public:
    struct Ack {
        TimePoint now{};
        DeliveryRate::Sample sample;
        std::uint64_t delivered = 0; ///< octets in total
        std::uint64_t acknowledgedBytes = 0; ///< since the last Ack
        std::uint64_t lostBytes = 0; ///< since the last Ack
        std::uint64_t bytesInFlight = 0;
        std::optional<Duration> roundTrip;
    };

    /// `lossless`: losses say nothing about the path.
    CongestionControl(std::size_t packetSize, bool lossless);

    void onAcknowledged(const Ack& ack);
    /// Something is about to be sent while nothing is in flight.
    void onRestartFromIdle(TimePoint now);

    std::uint64_t window() const; ///< octets that may be in flight
    double pacingRate() const { return m_pacingRate; } ///< octets a second
    double bandwidth() const { return m_bandwidth.maximum(); } ///< octets a second; 0: unknown
    Duration minRoundTrip() const { return m_minRoundTrip; } ///< 0: unknown

private:
    enum class State { Startup, Drain, ProbeBandwidth, ProbeRoundTrip };

    double deliveryProduct(double gain) const;
    double slack() const;
    double packets(double count) const { return count * m_packetSize; }

    void updateRound(const Ack& ack);
    void updateBandwidth(const Ack& ack);
    void updateMinRoundTrip(const Ack& ack);
    void updateCeiling();
    void checkFullPipe();
    void updateState(const Ack& ack);
    void updateCycle(const Ack& ack);
    void updateProbeRoundTrip(const Ack& ack);
    void enter(State state, TimePoint now);
    void enterPhase(std::size_t phase, TimePoint now);
    void updateWindow(const Ack& ack);
    void updatePacing();

    double m_packetSize;
    bool m_lossless;

    State m_state = State::Startup;
    BandwidthFilter m_bandwidth;
    TimePoint m_filterTime{}; ///< the clock of m_bandwidth: stands still while nothing arrives
    double m_window;
    double m_ceiling; ///< what many losses allow in flight
    double m_pacingRate = 0;

    Duration m_minRoundTrip{};
    TimePoint m_minRoundTripAt{};
    bool m_isMinRoundTripStale = false; ///< the next sample replaces it

    std::uint64_t m_roundEnd = 0; ///< delivered() when what is in flight now will have arrived
    TimePoint m_roundStart{};
    bool m_isRoundStart = false;
    bool m_isRoundAppLimited = true;
    Duration m_roundMinRoundTrip = Duration::max();
    double m_roundAcknowledged = 0;
    double m_roundLost = 0;

    bool m_isPipeFull = false;
    double m_fullBandwidth = 0;
    int m_roundsWithoutGrowth = 0;

    std::size_t m_phase = 0;
    TimePoint m_phaseStart{};
    std::optional<TimePoint> m_probeEnd; ///< of the round trip, once the path has drained
    Duration m_probeMinRoundTrip = Duration::max();
};

} // namespace sightline
