#include "core/session/media_leg.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

DtlsSetup toDtls(SessionDescription::Setup setup)
{
    switch (setup) {
    case SessionDescription::Setup::Active:
        return DtlsSetup::Active;
    case SessionDescription::Setup::Passive:
        return DtlsSetup::Passive;
    case SessionDescription::Setup::ActPass:
        break;
    }
    return DtlsSetup::ActPass;
}

SessionDescription::Setup toSdp(DtlsSetup setup)
{
    switch (setup) {
    case DtlsSetup::Active:
        return SessionDescription::Setup::Active;
    case DtlsSetup::Passive:
        return SessionDescription::Setup::Passive;
    case DtlsSetup::ActPass:
        break;
    }
    return SessionDescription::Setup::ActPass;
}

double milliseconds(Duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

} // namespace

MediaLeg::MediaLeg(EventLoop& loop, SessionDescription::Role role)
    : m_loop(loop)
    , m_role(role)
    , m_lastStatistics(Clock::now())
{
}

Result<std::unique_ptr<MediaLeg>> MediaLeg::create(EventLoop& loop, SessionDescription::Role role)
{
    std::unique_ptr<MediaLeg> leg(new MediaLeg(loop, role));
    MediaLeg* const self = leg.get();
    MediaTransport::Config config;
    config.controlling = role == SessionDescription::Role::Sharer;
    // The handlers run on the network thread; what they post to a leg that is gone falls on the floor.
    MediaTransport::Handlers handlers;
    handlers.localCandidate = [self](const QByteArray& candidate) {
        QMetaObject::invokeMethod(
            self, [self, candidate] { Q_EMIT self->localCandidate(candidate); }, Qt::QueuedConnection);
    };
    handlers.localCandidatesDone = [self] {
        QMetaObject::invokeMethod(
            self, [self] { Q_EMIT self->localCandidatesDone(); }, Qt::QueuedConnection);
    };
    handlers.stateChanged = [self](MediaTransport::State state, const Error* error) {
        const std::optional<Error> reason = error ? std::optional<Error>(*error) : std::nullopt;
        QMetaObject::invokeMethod(
            self, [self, state, reason] { self->onStateChanged(state, reason); }, Qt::QueuedConnection);
    };
    Result<std::unique_ptr<MediaTransport>> transport
        = MediaTransport::create(loop, std::move(config), std::move(handlers));
    if (!transport)
        return std::move(transport).error();
    leg->m_transport = std::move(transport).value();
    return leg;
}

SessionDescription MediaLeg::localDescription() const
{
    const TransportDescription transport = m_transport->localDescription();
    SessionDescription description;
    description.role = m_role;
    description.setup = toSdp(transport.setup);
    description.iceUfrag = transport.iceUfrag;
    description.icePwd = transport.icePwd;
    description.fingerprint = transport.fingerprint;
    return description;
}

Result<void> MediaLeg::setRemoteDescription(const SessionDescription& description)
{
    if (description.role == m_role)
        return Error(ErrorCode::ParseFailed, QStringLiteral("both sides of the call claim the same role"));
    const Result<void> set = m_transport->setRemoteDescription(
        {description.iceUfrag, description.icePwd, description.fingerprint, toDtls(description.setup)});
    if (!set)
        return set.error();
    for (const QByteArray& candidate : description.candidates)
        addRemoteCandidate(candidate);
    if (description.endOfCandidates)
        setRemoteCandidatesDone();
    return {};
}

void MediaLeg::addRemoteCandidate(const QByteArray& candidate)
{
    if (const Result<void> added = m_transport->addRemoteCandidate(candidate); !added)
        qCInfo(logSession) << "Ignored a candidate:" << added.error().toString();
}

void MediaLeg::setRemoteCandidatesDone()
{
    m_transport->setRemoteCandidatesDone();
}

Result<SocketBridge::Ends> MediaLeg::openBridge()
{
    return SocketBridge::create(m_loop, m_transport->stream());
}

QString MediaLeg::securityCode() const
{
    return m_transport->securityCode();
}

TransportStatistics MediaLeg::transportStatistics() const
{
    return m_transport->statistics();
}

std::optional<Error> MediaLeg::failure() const
{
    return m_transport->failure();
}

void MediaLeg::addStatistics(SessionStatistics& statistics)
{
    const TransportStatistics now = m_transport->statistics();
    const TimePoint at = Clock::now();
    const double elapsed = std::max(milliseconds(at - m_lastStatistics), 1.0);
    const std::uint64_t bytes = now.bytesSent + now.bytesReceived;
    const std::uint64_t sent = now.packetsSent - m_lastPacketsSent;
    const std::uint64_t lost = now.packetsLost - m_lastPacketsLost;
    statistics.path = now.path;
    statistics.roundTripMs = milliseconds(now.roundTrip);
    statistics.kbitPerSecond = static_cast<double>(bytes - m_lastBytes) * 8.0 / elapsed;
    statistics.lossPercent
        = sent == 0 ? 0 : std::min(100.0, 100.0 * static_cast<double>(lost) / static_cast<double>(sent));
    statistics.securityCode = m_transport->securityCode();
    m_lastBytes = bytes;
    m_lastPacketsSent = now.packetsSent;
    m_lastPacketsLost = now.packetsLost;
    m_lastStatistics = at;
}

void MediaLeg::close()
{
    m_transport->close();
}

void MediaLeg::onStateChanged(MediaTransport::State state, const std::optional<Error>& error)
{
    if (state == MediaTransport::State::Connected) {
        Q_EMIT connected();
    } else if (state == MediaTransport::State::Failed) {
        Q_EMIT failed(
            error.value_or(Error(ErrorCode::ConnectionLost, QStringLiteral("the connection failed"))));
    }
}

} // namespace sightline
