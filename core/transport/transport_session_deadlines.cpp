#include "core/base/log.h"
#include "core/transport/transport_session.h"

#include <algorithm>
#include <utility>

// What a TransportSession does because time has passed: time-outs, signs of life, and what follows from their
// absence.

namespace sightline {

namespace {

using namespace std::chrono_literals;

// So often an idle session says that it lives: four times in what the peer takes for an interruption.
constexpr Duration kHeartbeatInterval = 500ms;
constexpr int kHeartbeatsPerSilence = 6;
constexpr int kHeartbeatsPerInterruption = 4;

// The old path gets a moment to come back by itself; then a restart is tried, and another one with the
// addresses of that moment, for as long as it lasts.
constexpr Duration kRestartDelay = 1s;
constexpr Duration kRestartInterval = 4s;

} // namespace

void TransportSession::armTimer()
{
    if (!m_ice)
        return;
    const TimePoint now = Clock::now();
    TimePoint next = TimePoint::max();
    if (m_isReleaseDue)
        next = now;
    else if (m_isLingering)
        next = m_lingerDeadline;
    else if (m_state == State::Connecting)
        next = std::min(m_connectStart + m_config.connectTimeout, m_channel.nextTimeout(now));
    else if (m_state == State::Connected)
        next = m_silence.lastTick() + heartbeatInterval();
    m_timer.setDeadline(next);
}

void TransportSession::onTimer()
{
    const TimePoint now = Clock::now();
    if (m_isReleaseDue || (m_isLingering && now >= m_lingerDeadline)) {
        release();
        return;
    }
    if (m_state == State::Connecting)
        onConnectTimer(now);
    else if (m_state == State::Connected)
        onHeartbeat(now);
    armTimer();
}

void TransportSession::onConnectTimer(TimePoint now)
{
    if (now < m_connectStart + m_config.connectTimeout) {
        m_channel.onTimeout();
        advanceChannel();
        return;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_config.connectTimeout).count();
    if (m_isIceConnected)
        fail(Error(ErrorCode::DtlsFailed,
            QStringLiteral("the other side was reached, but did not finish the DTLS handshake in %1 s")
                .arg(seconds)));
    else
        fail(Error(
            ErrorCode::IceFailed, QStringLiteral("no way to the other side was found in %1 s").arg(seconds)));
}

void TransportSession::onHeartbeat(TimePoint now)
{
    m_silence.onTick(now);
    const Duration silence = m_silence.silence();
    if (silence >= m_config.silenceTimeout) {
        const auto seconds = std::chrono::duration<double>(silence).count();
        fail(Error(ErrorCode::ConnectionLost,
            QStringLiteral("nothing came from the other side for %1 s").arg(seconds, 0, 'f', 1)));
        return;
    }
    if (silence >= kHeartbeatsPerInterruption * heartbeatInterval())
        setInterrupted(true, now);
    if (m_isInterrupted)
        tryRestart(now);
    if (now - m_lastSent >= heartbeatInterval() / 2) {
        m_lastSent = now;
        m_stream.requestKeepalive();
    }
}

void TransportSession::tryRestart(TimePoint now)
{
    if (!m_config.controlling || now < m_nextRestart)
        return;
    if (!m_ice->hasNetwork())
        return; // at the next heartbeat it may be back
    m_nextRestart = now + kRestartInterval;
    m_ice->restart(m_isLossless);
}

void TransportSession::setInterrupted(bool isInterrupted, TimePoint now)
{
    if (m_state != State::Connected || std::exchange(m_isInterrupted, isInterrupted) == isInterrupted)
        return;
    qCInfo(logIce) << (isInterrupted ? "The path is interrupted" : "The path carries again");
    m_nextRestart = now + kRestartDelay;
    updateSnapshot();
    m_events.interruptionChanged(isInterrupted);
}

Duration TransportSession::heartbeatInterval() const
{
    return std::min(kHeartbeatInterval, m_config.silenceTimeout / kHeartbeatsPerSilence);
}

} // namespace sightline
