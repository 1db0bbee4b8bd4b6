#include "core/media/media_leg.h"

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
    , m_lastFigures(Clock::now())
{
}

Result<std::unique_ptr<MediaLeg>> MediaLeg::create(
    EventLoop& loop, SessionDescription::Role role, MediaTransport::Config config)
{
    std::unique_ptr<MediaLeg> leg(new MediaLeg(loop, role));
    config.controlling = role == SessionDescription::Role::Sharer;
    Result<std::unique_ptr<MediaTransport>> transport
        = MediaTransport::create(loop, std::move(config), leg->makeHandlers());
    if (!transport)
        return std::move(transport).error();
    leg->m_transport = std::move(transport).value();
    return leg;
}

MediaTransport::Handlers MediaLeg::makeHandlers()
{
    // They run on the network thread; what they post to a leg that is gone falls on the floor.
    const auto post = [this](auto call) { QMetaObject::invokeMethod(this, call, Qt::QueuedConnection); };
    MediaTransport::Handlers handlers;
    handlers.localCandidate = [this, post](const QByteArray& candidate) {
        post([this, candidate] { Q_EMIT localCandidate(candidate); });
    };
    handlers.localCandidatesDone = [this, post] { post([this] { Q_EMIT localCandidatesDone(); }); };
    handlers.stateChanged = [this, post](MediaTransport::State state, const Error* error) {
        const std::optional<Error> reason = error ? std::optional<Error>(*error) : std::nullopt;
        post([this, state, reason] { onStateChanged(state, reason); });
    };
    handlers.interruptionChanged = [this, post](bool isInterrupted) {
        post([this, isInterrupted] {
            m_isInterrupted = isInterrupted;
            Q_EMIT interruptionChanged();
        });
    };
    handlers.restartDescribed = [this, post](const IceRestart& own) {
        post([this, own] {
            SessionDescription description = localDescription();
            description.iceRestart = own.generation;
            description.iceUfrag = own.iceUfrag;
            description.icePwd = own.icePwd;
            description.candidates = {own.candidates.begin(), own.candidates.end()};
            description.endOfCandidates = true;
            Q_EMIT restartDescribed(description);
        });
    };
    return handlers;
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
    m_remoteFingerprint = description.fingerprint;
    for (const QByteArray& candidate : description.candidates)
        addRemoteCandidate(candidate);
    if (description.endOfCandidates)
        setRemoteCandidatesDone();
    return {};
}

void MediaLeg::addRemoteCandidate(const QByteArray& candidate)
{
    if (const Result<void> added = m_transport->addRemoteCandidate(candidate); !added)
        qCInfo(logMedia) << "Ignored a candidate:" << added.error().toString();
}

void MediaLeg::setRemoteCandidatesDone()
{
    m_transport->setRemoteCandidatesDone();
}

void MediaLeg::setRemoteRestart(const SessionDescription& description)
{
    // The DTLS association lives on (RFC 8842 4): with somebody else it cannot.
    Result<void> set;
    if (description.role == m_role || description.fingerprint != m_remoteFingerprint)
        set = Error(ErrorCode::FingerprintMismatch, QStringLiteral("it is of another side"));
    else
        set = m_transport->setRemoteRestart({.generation = description.iceRestart,
            .iceUfrag = description.iceUfrag,
            .icePwd = description.icePwd,
            .candidates = {description.candidates.begin(), description.candidates.end()}});
    if (!set)
        qCInfo(logMedia) << "Ignored an ICE restart:" << set.error().toString();
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

LegFigures MediaLeg::takeFigures()
{
    const TransportStatistics now = m_transport->statistics();
    const TimePoint at = Clock::now();
    const double elapsed = std::max(milliseconds(at - m_lastFigures), 1.0);
    const std::uint64_t bytes = now.bytesSent + now.bytesReceived;
    const std::uint64_t sent = now.packetsSent - m_lastPacketsSent;
    const std::uint64_t lost = now.packetsLost - m_lastPacketsLost;
    LegFigures figures;
    figures.path = now.path;
    figures.roundTripMs = milliseconds(now.roundTrip);
    figures.kbitPerSecond = static_cast<double>(bytes - m_lastBytes) * 8.0 / elapsed;
    figures.lossPercent
        = sent == 0 ? 0 : std::min(100.0, 100.0 * static_cast<double>(lost) / static_cast<double>(sent));
    m_lastBytes = bytes;
    m_lastPacketsSent = now.packetsSent;
    m_lastPacketsLost = now.packetsLost;
    m_lastFigures = at;
    return figures;
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
