// Congestion control by a model of the path instead of by losses (BBR,
// draft-cardwell-iccrg-bbr-congestion-control).
//
// The model is two numbers: the largest delivery rate of the last round trips and the least round trip of the
// last seconds. Their product is what the path holds without a queue. Data is paced at the rate, and the
// window caps what is in flight at twice the product, for when the model is wrong. They cannot be measured at
// the same time, so states alternate: Startup more than doubles the rate each round until it grows no more or
// a queue shows; Drain empties that queue; ProbeBandwidth sends a little more for one round trip of eight,
// and less in the next; ProbeRoundTrip keeps the path nearly empty for a moment every five seconds.
//
// What is ours: a source that is often idle measures the round trip whenever it starts again, so it is never
// held up by ProbeRoundTrip, and probes for bandwidth then; a growing queue ends Startup a round or two
// earlier; and when more than a tenth is lost, which no usual radio link does, a ceiling on the window falls,
// for the sake of short queues and small socket buffers.

#include "core/transport/congestion_control.h"

#include <algorithm>
#include <array>

namespace sightline {

namespace {

using namespace std::chrono_literals;

constexpr double kInitialWindow = 32; // packets
constexpr double kMinWindow = 8; // packets
constexpr Duration kAssumedRoundTrip = 20ms; // until it is known
constexpr double kMinPacingRate = 150e3;
// A rate that is measured a little too high must not build a queue.
constexpr double kPacingMargin = 0.99;

constexpr double kStartupGain = 2.77; // the least that doubles the rate each round (draft, section 4.1.1.3)
constexpr double kDrainGain = 1 / kStartupGain;
constexpr double kWindowGain = 2;
constexpr std::array kPhaseGains{1.25, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
constexpr std::size_t kProbeUp = 0;
constexpr std::size_t kProbeDown = 1;
constexpr std::size_t kCruise = 2;

constexpr double kFullPipeGrowth = 1.25;
constexpr int kFullPipeRounds = 3;
constexpr Duration kQueueMargin = 8ms;

constexpr Duration kMinRoundTripLifetime = 5s;
constexpr Duration kMinProbeTime = 20ms;
constexpr double kProbeWindowGain = 0.5;

// On a LAN a round trip is shorter than what the scheduler makes of it: rounds of less say nothing.
constexpr Duration kMinRound = 5ms;
constexpr Duration kMaxRoundSlack = 20ms;
// Feedback is up to 2 ms late, and so are both event loops; what arrives meanwhile needs room in the window.
constexpr double kSlackSeconds = 0.005;
constexpr double kSlackPackets = 4;
constexpr double kMaxSlack = 128 * 1024; // fits the default receive buffer of a socket

constexpr double kManyLosses = 0.1;
constexpr double kManyLostPackets = 8;
constexpr double kMinCeiling = 16; // packets
constexpr double kCeilingCut = 0.8;
constexpr double kCeilingGrowth = 1.25;
constexpr double kNoCeiling = 1e12;

double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

CongestionControl::CongestionControl(std::size_t packetSize, bool lossless)
    : m_packetSize(static_cast<double>(packetSize))
    , m_lossless(lossless)
    , m_window(packets(kInitialWindow))
    , m_ceiling(kNoCeiling)
{
    updatePacing();
}

double CongestionControl::deliveryProduct(double gain) const
{
    return gain * bandwidth() * seconds(m_minRoundTrip);
}

double CongestionControl::slack() const
{
    return packets(kSlackPackets) + std::min(bandwidth() * kSlackSeconds, kMaxSlack);
}

std::uint64_t CongestionControl::window() const
{
    auto window = std::min(m_window, m_ceiling);
    if (m_state == State::ProbeRoundTrip)
        window = std::min(window, deliveryProduct(kProbeWindowGain));
    return static_cast<std::uint64_t>(std::max(window, packets(kMinWindow)));
}

void CongestionControl::onAcknowledged(const Ack& ack)
{
    updateRound(ack);
    updateBandwidth(ack);
    updateMinRoundTrip(ack);
    if (m_isRoundStart) {
        if (!m_lossless)
            updateCeiling();
        if (!m_isPipeFull && !m_isRoundAppLimited)
            checkFullPipe();
        m_isRoundAppLimited = true;
        m_roundMinRoundTrip = Duration::max();
        m_roundAcknowledged = m_roundLost = 0;
    }
    updateState(ack);
    updateWindow(ack);
    updatePacing();
}

void CongestionControl::onRestartFromIdle(TimePoint now)
{
    if (m_state == State::ProbeRoundTrip)
        enter(State::ProbeBandwidth, now);
    // The queue is empty, so a burst may try for more; a source of short bursts would never come to it
    // otherwise.
    if (m_state == State::ProbeBandwidth)
        enterPhase(kProbeUp, now);
    if (now - m_minRoundTripAt > kMinRoundTripLifetime)
        m_isMinRoundTripStale = true;
}

void CongestionControl::updateRound(const Ack& ack)
{
    m_roundAcknowledged += static_cast<double>(ack.acknowledgedBytes);
    m_roundLost += static_cast<double>(ack.lostBytes);
    if (ack.roundTrip)
        m_roundMinRoundTrip = std::min(m_roundMinRoundTrip, *ack.roundTrip);
    m_isRoundStart = ack.sample.priorDelivered >= m_roundEnd && ack.now - m_roundStart >= kMinRound;
    if (m_isRoundStart) {
        // An outage ages nothing: what was measured before it is the best guess of what comes after.
        m_filterTime += std::min<Duration>(ack.now - m_roundStart, 2 * m_minRoundTrip + kMaxRoundSlack);
        m_roundEnd = ack.delivered;
        m_roundStart = ack.now;
    }
}

void CongestionControl::updateBandwidth(const Ack& ack)
{
    const auto& sample = ack.sample;
    if (sample.octetsPerSecond <= 0)
        return;
    if (!sample.isAppLimited)
        m_isRoundAppLimited = false;
    if (sample.isAppLimited && sample.octetsPerSecond < bandwidth())
        return;
    const auto window = std::clamp<Duration>(10 * m_minRoundTrip, 400ms, 4s);
    m_bandwidth.update(sample.octetsPerSecond, m_filterTime, window);
}

void CongestionControl::updateMinRoundTrip(const Ack& ack)
{
    if (!ack.roundTrip)
        return;
    const auto roundTrip = *ack.roundTrip;
    const bool isFirst = m_minRoundTrip == Duration::zero();
    if (isFirst) // the assumption that the first pacing rate was made of is wrong now
        m_pacingRate = kStartupGain * m_window / seconds(std::max(roundTrip, Duration(1ms)));
    if (isFirst || m_isMinRoundTripStale || roundTrip <= m_minRoundTrip) {
        m_minRoundTrip = roundTrip;
        m_minRoundTripAt = ack.now;
        m_isMinRoundTripStale = false;
    }
}

void CongestionControl::updateCeiling()
{
    const auto total = m_roundAcknowledged + m_roundLost;
    if (m_roundLost > kManyLosses * total && m_roundLost > packets(kManyLostPackets)) {
        m_ceiling = std::max(
            {kCeilingCut * std::min(m_ceiling, m_window), packets(kMinCeiling), deliveryProduct(1)});
        m_isPipeFull = true;
    } else if (m_ceiling < m_window) {
        m_ceiling *= kCeilingGrowth;
    } else {
        m_ceiling = kNoCeiling;
    }
}

void CongestionControl::checkFullPipe()
{
    if (bandwidth() >= kFullPipeGrowth * m_fullBandwidth) {
        m_fullBandwidth = bandwidth();
        m_roundsWithoutGrowth = 0;
        return;
    }
    ++m_roundsWithoutGrowth;
    const bool hasQueue = m_roundMinRoundTrip != Duration::max()
        && m_roundMinRoundTrip > m_minRoundTrip * 5 / 4 + kQueueMargin;
    m_isPipeFull = hasQueue || m_roundsWithoutGrowth >= kFullPipeRounds;
}

void CongestionControl::updateState(const Ack& ack)
{
    if (m_state == State::Startup && m_isPipeFull)
        enter(State::Drain, ack.now);
    if (m_state == State::Drain
        && static_cast<double>(ack.bytesInFlight) <= deliveryProduct(1) + packets(kSlackPackets))
        enter(State::ProbeBandwidth, ack.now);
    if (m_state == State::ProbeBandwidth) {
        updateCycle(ack);
        if (ack.now - m_minRoundTripAt > kMinRoundTripLifetime && !m_isMinRoundTripStale)
            enter(State::ProbeRoundTrip, ack.now);
    }
    if (m_state == State::ProbeRoundTrip)
        updateProbeRoundTrip(ack);
}

void CongestionControl::updateCycle(const Ack& ack)
{
    const auto elapsed = ack.now - m_phaseStart;
    const auto length = std::max(m_minRoundTrip, kMinRound);
    const auto inFlight = static_cast<double>(ack.bytesInFlight);
    bool isOver = elapsed > length;
    if (m_phase == kProbeUp)
        isOver = isOver && (inFlight >= deliveryProduct(kPhaseGains[kProbeUp]) || elapsed > 3 * length);
    else if (m_phase == kProbeDown) // until the queue is gone that probing made
        isOver = inFlight <= deliveryProduct(1) || elapsed > 4 * length;
    if (isOver)
        enterPhase((m_phase + 1) % kPhaseGains.size(), ack.now);
}

void CongestionControl::updateProbeRoundTrip(const Ack& ack)
{
    if (!m_probeEnd && ack.bytesInFlight <= window()) {
        m_probeEnd = ack.now + std::max(m_minRoundTrip, kMinProbeTime);
        m_probeMinRoundTrip = Duration::max();
    }
    if (!m_probeEnd)
        return;
    if (ack.roundTrip)
        m_probeMinRoundTrip = std::min(m_probeMinRoundTrip, *ack.roundTrip);
    if (ack.now < *m_probeEnd)
        return;
    if (m_probeMinRoundTrip != Duration::max())
        m_minRoundTrip = m_probeMinRoundTrip;
    m_minRoundTripAt = ack.now;
    enter(State::ProbeBandwidth, ack.now);
}

void CongestionControl::enter(State state, TimePoint now)
{
    m_state = state;
    m_probeEnd.reset();
    if (state == State::ProbeBandwidth)
        enterPhase(kCruise, now);
}

void CongestionControl::enterPhase(std::size_t phase, TimePoint now)
{
    m_phase = phase;
    m_phaseStart = now;
}

void CongestionControl::updateWindow(const Ack& ack)
{
    if (bandwidth() <= 0)
        return;
    const auto target = deliveryProduct(kWindowGain) + slack();
    const auto grown = m_window + static_cast<double>(ack.acknowledgedBytes);
    if (m_isPipeFull)
        m_window = std::min(grown, target);
    else if (m_window < target)
        m_window = std::min(grown, std::max(target, m_window));
}

void CongestionControl::updatePacing()
{
    if (bandwidth() <= 0) {
        if (m_pacingRate <= 0)
            m_pacingRate = kStartupGain * m_window / seconds(kAssumedRoundTrip);
        return;
    }
    double gain = 1;
    if (m_state == State::Startup)
        gain = kStartupGain;
    else if (m_state == State::Drain)
        gain = kDrainGain;
    else if (m_state == State::ProbeBandwidth)
        gain = kPhaseGains[m_phase];
    const auto rate = std::max(gain * kPacingMargin * bandwidth(), kMinPacingRate);
    // Samples of a source that never filled the path are far too low to slow it down.
    m_pacingRate = m_isPipeFull ? rate : std::max(rate, m_pacingRate);
}

} // namespace sightline
