#include "core/transport/transport_session.h"

#include "core/base/log.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// So often an idle session says that it lives; a fraction of the silence that the peer would take for death.
constexpr Duration kKeepaliveInterval = 2s;
constexpr int kKeepalivesPerSilence = 4;

// How long the end of a session may take to reach the peer.
constexpr Duration kShortestLinger = 150ms;
constexpr Duration kLongestLinger = 700ms;

Error lostError(const QString& message)
{
    return Error(ErrorCode::ConnectionLost, message);
}

QString pathText(const TransportPath& path)
{
    const bool isTcp = path.protocol == TransportPath::Protocol::Tcp;
    const bool isRelay = path.kind == TransportPath::Kind::Relay;
    return QStringLiteral("%1 %2, %3 to %4")
        .arg(QLatin1StringView(isRelay ? "relay" : "direct"), QLatin1StringView(isTcp ? "TCP" : "UDP"),
            path.local, path.remote);
}

} // namespace

TransportSession::TransportSession(EventLoop& loop, const MediaTransport::Config& config, Events events)
    : m_config(config)
    , m_events(std::move(events))
    , m_loop(loop)
    , m_timer(loop, [this] { onTimer(); })
    , m_stream(loop, [this](const RtpStream::Outgoing& packet) { return sendPacket(packet); })
{
    m_stream.onPeerFinished = [this] { endByPeer(); };
    m_stream.onActivity = [this] { onActivity(); };
}

TransportSession::~TransportSession() = default;

Result<void> TransportSession::open(std::unique_ptr<DtlsIdentity> identity)
{
    m_identity = std::move(identity);
    const IceAgent::Config config{.controlling = m_config.controlling,
        .udp = m_config.udp,
        .tcp = m_config.tcp,
        .relayOnly = m_config.relayOnly,
        .servers = m_config.servers,
        .localAddresses = m_config.localAddresses};
    IceAgent::Handlers handlers;
    handlers.localCandidate = m_events.localCandidate;
    handlers.localCandidatesDone = m_events.localCandidatesDone;
    handlers.connected = [this] { onIceConnected(); };
    handlers.failed = [this] { onIceFailed(); };
    handlers.pathChanged = [this] { onPathChanged(); };
    handlers.received = [this](ByteView datagram) { onDatagram(datagram); };
    handlers.writable = [this] { onWritable(); };
    auto ice = IceAgent::create(m_loop, config, std::move(handlers));
    if (!ice)
        return std::move(ice).error();
    m_ice = *std::move(ice);
    return m_ice->gather();
}

void TransportSession::connect(const Peer& peer)
{
    if (m_state != State::New)
        return;
    m_peer = peer;
    m_connectStart = Clock::now();
    setState(State::Connecting);
    m_ice->setRemoteCredentials(peer.credentials);
    armTimer();
}

void TransportSession::addRemoteCandidate(const IceCandidate& candidate)
{
    if (m_ice)
        m_ice->addRemoteCandidate(candidate);
}

void TransportSession::setRemoteCandidatesDone()
{
    if (m_ice)
        m_ice->setRemoteCandidatesDone();
}

void TransportSession::onIceConnected()
{
    m_isIceConnected = true;
    if (m_state != State::Connecting)
        return;
    m_channel.start(*m_identity, m_peer.ownRole, m_peer.fingerprint);
    advanceChannel();
}

void TransportSession::onIceFailed()
{
    if (m_state == State::Connecting)
        fail(Error(ErrorCode::IceFailed,
            QStringLiteral("none of the addresses of the other side could be reached")));
    else if (m_state == State::Connected)
        fail(lostError(QStringLiteral("the path to the other side broke")));
    else
        releaseSoon();
}

void TransportSession::onPathChanged()
{
    m_path = m_ice->path();
    qCInfo(logIce).noquote() << "Path:" << pathText(m_path);
    // A stream that was promised a path without loss would never repeat what a lossy one drops.
    if (m_isLossless && m_state == State::Connected && m_path.protocol == TransportPath::Protocol::Udp)
        fail(lostError(QStringLiteral("the path fell from TCP to UDP")));
    updateSnapshot();
}

void TransportSession::onDatagram(ByteView datagram)
{
    const TimePoint now = Clock::now();
    m_bytesReceived += datagram.size();
    if (const auto media = m_channel.onDatagram(datagram, now)) {
        m_lastReceived = now;
        m_stream.onPacket(media->packet, now);
    } else {
        advanceChannel();
    }
}

void TransportSession::onWritable()
{
    if (!m_blocked.empty() && !sendDatagram(std::exchange(m_blocked, {})))
        return;
    sendHandshake();
    m_stream.resume();
}

void TransportSession::onActivity()
{
    updateSnapshot();
    if (m_isLingering && m_stream.isFinishAcknowledged())
        releaseSoon();
}

void TransportSession::advanceChannel()
{
    sendHandshake();
    switch (m_channel.state()) {
    case SecureChannel::State::New:
    case SecureChannel::State::Handshaking:
        break;
    case SecureChannel::State::Established:
        if (m_state == State::Connecting)
            becomeConnected();
        break;
    case SecureChannel::State::Closed:
        if (m_isLingering)
            releaseSoon();
        else
            m_stream.endAfterReading(Error(ErrorCode::Gone, QStringLiteral("the other side left")));
        break;
    case SecureChannel::State::Failed:
        if (m_state == State::Connecting || m_state == State::Connected)
            fail(*m_channel.error());
        break;
    }
    armTimer();
}

void TransportSession::becomeConnected()
{
    const TimePoint now = Clock::now();
    m_lastSent = m_lastReceived = now;
    m_isLossless
        = m_path.kind == TransportPath::Kind::Direct && m_path.protocol == TransportPath::Protocol::Tcp;
    RtpStream::Config config;
    config.localSsrc = QRandomGenerator::system()->generate();
    config.randomSeed = QRandomGenerator::system()->generate64();
    config.lossless = m_isLossless;
    m_stream.start(config);
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_connectStart);
    qCInfo(logIce) << "Connected after" << elapsed.count() << "ms";
    setState(State::Connected);
}

void TransportSession::endByPeer()
{
    if (m_state != State::Connected)
        return;
    const Error gone(ErrorCode::Gone, QStringLiteral("the other side left"));
    setState(State::Failed, gone);
    m_stream.fail(gone);
    linger();
}

void TransportSession::fail(const Error& error)
{
    setState(State::Failed, error);
    m_stream.fail(error);
    m_stream.stop();
    releaseSoon();
}

void TransportSession::setState(State state, const std::optional<Error>& error)
{
    m_state = state;
    {
        const std::lock_guard lock(m_mutex);
        m_snapshot.state = state;
        m_snapshot.failure = error;
    }
    m_events.stateChanged(state, error);
}

bool TransportSession::sendPacket(const RtpStream::Outgoing& packet)
{
    using Kind = SecureChannel::Kind;
    const auto datagram = m_channel.protect(packet.packet, packet.isRtcp ? Kind::Rtcp : Kind::Rtp);
    return !datagram || sendDatagram(*datagram);
}

bool TransportSession::sendDatagram(ByteView datagram)
{
    if (!m_ice)
        return true;
    if (m_ice->send(datagram) == IceAgent::SendResult::Blocked) {
        m_blocked.assign(datagram.begin(), datagram.end());
        return false;
    }
    m_bytesSent += datagram.size();
    m_lastSent = Clock::now();
    return true;
}

void TransportSession::sendHandshake()
{
    while (m_blocked.empty()) {
        const auto datagram = m_channel.takeDatagram();
        if (!datagram)
            return;
        sendDatagram(*datagram);
    }
}

void TransportSession::close()
{
    if (m_state == State::Closed || m_state == State::Failed)
        return;
    const bool wasConnected = m_state == State::Connected;
    setState(State::Closed);
    m_stream.fail(Error(ErrorCode::Cancelled, QStringLiteral("the session was closed")));
    if (wasConnected)
        linger();
    else
        releaseSoon();
}

void TransportSession::linger()
{
    const Duration roundTrip = m_stream.statistics().roundTrip;
    m_isLingering = true;
    m_lingerDeadline = Clock::now() + std::clamp(4 * roundTrip, kShortestLinger, kLongestLinger);
    m_stream.finish();
    armTimer();
}

void TransportSession::releaseSoon()
{
    // We may be inside a callback of the agent that release() destroys.
    m_isReleaseDue = true;
    armTimer();
}

void TransportSession::release()
{
    if (!m_ice)
        return;
    m_channel.close();
    sendHandshake();
    m_stream.stop();
    m_timer.cancel();
    m_ice.reset();
    m_isLingering = false;
    if (const auto released = std::exchange(m_released, nullptr))
        released();
}

void TransportSession::whenReleased(std::function<void()> handler)
{
    if (m_ice)
        m_released = std::move(handler);
    else if (handler)
        handler();
}

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
        next = std::min(m_lastSent + keepaliveInterval(), m_lastReceived + m_config.silenceTimeout);
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
    if (now - m_lastReceived >= m_config.silenceTimeout) {
        const auto seconds = std::chrono::duration<double>(now - m_lastReceived).count();
        fail(lostError(QStringLiteral("nothing came from the other side for %1 s").arg(seconds, 0, 'f', 1)));
    } else if (now - m_lastSent >= keepaliveInterval()) {
        m_lastSent = now;
        m_stream.requestKeepalive();
    }
}

Duration TransportSession::keepaliveInterval() const
{
    return std::min(kKeepaliveInterval, m_config.silenceTimeout / kKeepalivesPerSilence);
}

void TransportSession::updateSnapshot()
{
    const RtpStream::Statistics stream = m_stream.statistics();
    const std::uint64_t rejected = m_channel.rejectedPackets() + stream.packetsMalformed;
    const std::lock_guard lock(m_mutex);
    m_snapshot.statistics = {.path = m_path,
        .roundTrip = stream.roundTrip,
        .minRoundTrip = stream.minRoundTrip,
        .deliveryRate = stream.deliveryRate,
        .bytesQueued = stream.bytesQueued,
        .bytesInFlight = stream.bytesInFlight,
        .bytesSent = m_bytesSent,
        .bytesReceived = m_bytesReceived,
        .packetsSent = stream.packetsSent,
        .packetsLost = stream.packetsLost,
        .packetsRejected = rejected};
}

TransportSession::Snapshot TransportSession::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

} // namespace sightline
