#pragma once

#include "core/transport/dtls_identity.h"
#include "core/transport/ice_agent.h"
#include "core/transport/media_stream.h"
#include "core/transport/media_transport.h"
#include "core/transport/secure_channel.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace sightline {

/// The part of a MediaTransport that lives on the loop: an IceAgent below, a SecureChannel over it, a
/// MediaStream on top, and the deadlines of the whole. Used on the loop's thread, but for snapshot().
class TransportSession {
public:
    using State = MediaTransport::State;

    struct Events {
        std::function<void(const QByteArray& candidate)> localCandidate;
        std::function<void()> localCandidatesDone;
        std::function<void(State, const std::optional<Error>&)> stateChanged;
    };

    struct Peer {
        IceAgent::Credentials credentials;
        QByteArray fingerprint;
        DtlsSession::Role ownRole = DtlsSession::Role::Client;
    };

    struct Snapshot {
        State state = State::New;
        std::optional<Error> failure; ///< why the state is Failed
        TransportStatistics statistics;
    };

    TransportSession(EventLoop& loop, const MediaTransport::Config& config, Events events);
    ~TransportSession();
    TransportSession(const TransportSession&) = delete;
    TransportSession& operator=(const TransportSession&) = delete;

    Result<void> open(std::unique_ptr<DtlsIdentity> identity);
    IceAgent::Credentials localCredentials() const { return m_ice->localCredentials(); }

    void connect(const Peer& peer);
    void addRemoteCandidate(const IceCandidate& candidate);
    void setRemoteCandidatesDone();

    /// Tells the peer, and lets go of the network once it knows, or after a moment.
    void close();
    /// Lets go of the network now; the peer is told, but nobody waits for it. Not from inside a handler of
    /// ours.
    void release();
    /// Calls `handler` once when the network is let go of, at once if it is.
    void whenReleased(std::function<void()> handler);

    MediaStream& stream() { return m_stream; }
    Snapshot snapshot() const; ///< from any thread

private:
    void onIceConnected();
    void onIceFailed();
    void onPathChanged();
    void onDatagram(ByteView datagram);
    void onWritable();
    void onActivity();
    void onTimer();
    void onConnectTimer(TimePoint now);
    void onHeartbeat(TimePoint now);
    Duration keepaliveInterval() const;

    void advanceChannel();
    void becomeConnected();
    void endByPeer();
    void fail(const Error& error);
    void setState(State state, const std::optional<Error>& error = std::nullopt);

    bool sendPacket(const RtpStream::Outgoing& packet);
    bool sendDatagram(ByteView datagram);
    void sendHandshake();

    void linger();
    void releaseSoon();
    void armTimer();
    void updateSnapshot();

    const MediaTransport::Config m_config;
    const Events m_events;
    EventLoop& m_loop;
    EventLoop::Timer m_timer;
    std::unique_ptr<DtlsIdentity> m_identity;
    SecureChannel m_channel;
    std::unique_ptr<IceAgent> m_ice; ///< null before open() and after release()
    MediaStream m_stream;

    State m_state = State::New;
    Peer m_peer;
    TransportPath m_path;
    Bytes m_blocked; ///< protected, but the path did not take it yet
    bool m_isIceConnected = false;
    bool m_isLossless = false;
    bool m_isLingering = false;
    bool m_isReleaseDue = false;
    std::function<void()> m_released;

    TimePoint m_connectStart{};
    TimePoint m_lingerDeadline{};
    TimePoint m_lastSent{};
    TimePoint m_lastReceived{};
    std::uint64_t m_bytesSent = 0;
    std::uint64_t m_bytesReceived = 0;

    mutable std::mutex m_mutex;
    Snapshot m_snapshot; ///< guarded by m_mutex
};

} // namespace sightline
