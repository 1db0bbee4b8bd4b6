#include "core/transport/ice_agent.h"

#include "core/base/log.h"
#include "core/transport/local_addresses.h"

#include <gio/gio.h>
#include <nice/agent.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

struct CandidateDeleter {
    void operator()(NiceCandidate* candidate) const { nice_candidate_free(candidate); }
};
struct StringDeleter {
    void operator()(gchar* text) const { g_free(text); }
};
struct ErrorDeleter {
    void operator()(GError* error) const { g_error_free(error); }
};
struct SocketsDeleter {
    void operator()(GPtrArray* sockets) const { g_ptr_array_unref(sockets); }
};
using CandidatePtr = std::unique_ptr<NiceCandidate, CandidateDeleter>;
using StringPtr = std::unique_ptr<gchar, StringDeleter>;
using ErrorPtr = std::unique_ptr<GError, ErrorDeleter>;
using SocketsPtr = std::unique_ptr<GPtrArray, SocketsDeleter>;

/// Ends the agent: TURN allocations are given back first, which takes the loop a moment.
struct AgentDeleter {
    bool hasRelays = false;
    void operator()(NiceAgent* agent) const
    {
        if (hasRelays)
            nice_agent_close_async(agent, nullptr, nullptr);
        g_object_unref(agent);
    }
};
using AgentPtr = std::unique_ptr<NiceAgent, AgentDeleter>;

constexpr guint kComponent = NICE_COMPONENT_TYPE_RTP;

// RFC 8445 14.2 allows a check every 5 ms; libnice's own 20 ms are felt when there are many addresses.
constexpr guint kPacing = 5;

// Bursts of a whole picture arrive at once: with the usual 200 KB a third of them was lost on the same
// machine.
constexpr int kReceiveBuffer = 8 * 1024 * 1024;
constexpr int kSendBuffer = 2 * 1024 * 1024;

// What TCP holds beyond its window is time that a newer picture has to wait for.
constexpr int kUnsentLimit = 128 * 1024;

// How soon a blocked path is tried again when its socket does not tell.
constexpr Duration kRetryInterval = std::chrono::milliseconds(2);

// Ours are numbered as libnice's.
static_assert(int(IceCandidate::Type::Host) == NICE_CANDIDATE_TYPE_HOST);
static_assert(int(IceCandidate::Type::ServerReflexive) == NICE_CANDIDATE_TYPE_SERVER_REFLEXIVE);
static_assert(int(IceCandidate::Type::PeerReflexive) == NICE_CANDIDATE_TYPE_PEER_REFLEXIVE);
static_assert(int(IceCandidate::Type::Relayed) == NICE_CANDIDATE_TYPE_RELAYED);
static_assert(int(IceCandidate::Transport::Udp) == NICE_CANDIDATE_TRANSPORT_UDP);
static_assert(int(IceCandidate::Transport::TcpActive) == NICE_CANDIDATE_TRANSPORT_TCP_ACTIVE);
static_assert(int(IceCandidate::Transport::TcpPassive) == NICE_CANDIDATE_TRANSPORT_TCP_PASSIVE);
static_assert(int(IceCandidate::Transport::TcpSimultaneousOpen) == NICE_CANDIDATE_TRANSPORT_TCP_SO);

QString toText(const NiceAddress& address)
{
    const StringPtr host(nice_address_dup_string(&address));
    const QString text = QString::fromLatin1(host.get());
    const bool isV6 = nice_address_ip_version(&address) == 6;
    return (isV6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(text)
        .arg(nice_address_get_port(&address));
}

} // namespace

class IceAgent::Private {
public:
    Private(EventLoop& loop, Config config, Handlers handlers);
    ~Private();

    Result<void> setUp();
    Result<void> gather();
    void addRemoteCandidate(const IceCandidate& candidate);
    SendResult send(ByteView datagram);
    TransportPath path() const;

    NiceAgent* agent() const { return m_agent.get(); }
    guint stream() const { return m_stream; }

private:
    bool addLocalAddress(const char* text);
    bool addLocalAddresses();
    void addServers();
    void connectSignals();
    void tuneSockets();
    void onCandidate(NiceCandidate* candidate);
    void onPathChanged();
    void onState(guint state);
    void unblock();

    EventLoop& m_loop;
    const Config m_config;
    const Handlers m_handlers;
    EventLoop::Timer m_retry;
    bool m_isConnected = false;
    bool m_isBlocked = false;
    guint m_stream = 0;
    AgentPtr m_agent;
};

IceAgent::Private::Private(EventLoop& loop, Config config, Handlers handlers)
    : m_loop(loop)
    , m_config(std::move(config))
    , m_handlers(std::move(handlers))
    , m_retry(loop, [this] { unblock(); })
{
}

IceAgent::Private::~Private()
{
    if (!m_agent)
        return;
    g_signal_handlers_disconnect_by_data(m_agent.get(), this);
    nice_agent_attach_recv(m_agent.get(), m_stream, kComponent, m_loop.context(), nullptr, nullptr);
}

Result<void> IceAgent::Private::setUp()
{
    // Without its consent freshness: that fails for good after 10 s, also of a process that was stopped for
    // so long. Authenticated packets are our consent (RTP.md).
    constexpr auto kOptions
        = static_cast<NiceAgentOption>(NICE_AGENT_OPTION_REGULAR_NOMINATION | NICE_AGENT_OPTION_ICE_TRICKLE);
    m_agent.reset(nice_agent_new_full(m_loop.context(), NICE_COMPATIBILITY_RFC5245, kOptions));
    m_stream = m_agent ? nice_agent_add_stream(agent(), 1) : 0;
    if (m_stream == 0)
        return Error(ErrorCode::IceFailed, QStringLiteral("cannot set up ICE"));
    g_object_set(agent(), "controlling-mode", gboolean(m_config.controlling), "ice-udp",
        gboolean(m_config.udp), "ice-tcp", gboolean(m_config.tcp), "force-relay",
        gboolean(m_config.relayOnly), "upnp", FALSE, "stun-pacing-timer", kPacing, nullptr);
    addServers();
    if (!addLocalAddresses())
        return Error(ErrorCode::IceFailed, QStringLiteral("a local address is not one of IPv4 or IPv6"));
    connectSignals();
    return {};
}

bool IceAgent::Private::addLocalAddress(const char* text)
{
    NiceAddress address;
    nice_address_init(&address);
    return nice_address_set_from_string(&address, text) && nice_agent_add_local_address(agent(), &address);
}

bool IceAgent::Private::addLocalAddresses()
{
    if (!m_config.localAddresses.empty()) {
        return std::all_of(m_config.localAddresses.begin(), m_config.localAddresses.end(),
            [this](const QString& text) { return addLocalAddress(text.toLatin1().constData()); });
    }
    // Not left to libnice: Debian's ignores interfaces by their names (veth, virbr, docker), those that a
    // container has among them.
    for (const QString& address : localAddresses())
        addLocalAddress(address.toLatin1().constData());
    return true;
}

void IceAgent::Private::addServers()
{
    bool hasStunServer = false;
    for (const IceServer& server : m_config.servers) {
        const QByteArray host = server.host.toUtf8();
        if (!server.user.isEmpty()) {
            m_agent.get_deleter().hasRelays = true;
            nice_agent_set_relay_info(agent(), m_stream, kComponent, host.constData(), server.port,
                server.user.toUtf8().constData(), server.password.toUtf8().constData(),
                server.turnOverTcp ? NICE_RELAY_TYPE_TURN_TCP : NICE_RELAY_TYPE_TURN_UDP);
        } else if (!std::exchange(hasStunServer, true)) { // libnice asks one only
            g_object_set(
                agent(), "stun-server", host.constData(), "stun-server-port", guint(server.port), nullptr);
        }
    }
}

void IceAgent::Private::connectSignals()
{
    const auto connect = [this](const char* signal, GCallback callback) {
        g_signal_connect(agent(), signal, callback, this);
    };
    connect("new-candidate-full", G_CALLBACK(+[](NiceAgent*, NiceCandidate* candidate, gpointer self) {
        static_cast<Private*>(self)->onCandidate(candidate);
    }));
    connect("candidate-gathering-done", G_CALLBACK(+[](NiceAgent*, guint, gpointer self) {
        static_cast<Private*>(self)->m_handlers.localCandidatesDone();
    }));
    connect("component-state-changed", G_CALLBACK(+[](NiceAgent*, guint, guint, guint state, gpointer self) {
        static_cast<Private*>(self)->onState(state);
    }));
    connect("new-selected-pair-full",
        G_CALLBACK(+[](NiceAgent*, guint, guint, NiceCandidate*, NiceCandidate*, gpointer self) {
            static_cast<Private*>(self)->onPathChanged();
        }));
    connect("reliable-transport-writable",
        G_CALLBACK(+[](NiceAgent*, guint, guint, gpointer self) { static_cast<Private*>(self)->unblock(); }));
    nice_agent_attach_recv(
        agent(), m_stream, kComponent, m_loop.context(),
        [](NiceAgent*, guint, guint, guint size, gchar* data, gpointer self) {
            static_cast<Private*>(self)->m_handlers.received(
                {reinterpret_cast<const std::uint8_t*>(data), std::size_t(size)});
        },
        this);
}

Result<void> IceAgent::Private::gather()
{
    if (!nice_agent_gather_candidates(agent(), m_stream))
        return Error(ErrorCode::IceFailed, QStringLiteral("this machine has no usable network address"));
    tuneSockets();
    return {};
}

void IceAgent::Private::addRemoteCandidate(const IceCandidate& candidate)
{
    const CandidatePtr nice(nice_candidate_new(static_cast<NiceCandidateType>(candidate.type)));
    nice->transport = static_cast<NiceCandidateTransport>(candidate.transport);
    nice->component_id = kComponent;
    nice->stream_id = m_stream;
    nice->priority = candidate.priority;
    g_strlcpy(nice->foundation, candidate.foundation.constData(), sizeof nice->foundation);
    if (!nice_address_set_from_string(&nice->addr, candidate.address.constData()))
        return;
    nice_address_set_port(&nice->addr, candidate.port);
    const GSList list{nice.get(), nullptr};
    nice_agent_set_remote_candidates(agent(), m_stream, kComponent, &list);
}

void IceAgent::Private::onCandidate(NiceCandidate* candidate)
{
    const StringPtr line(nice_agent_generate_local_candidate_sdp(agent(), candidate));
    QByteArray text(line.get());
    if (text.startsWith("a="))
        text.remove(0, 2);
    m_handlers.localCandidate(text);
}

void IceAgent::Private::onState(guint state)
{
    qCDebug(logIce) << "ICE state" << nice_component_state_to_string(static_cast<NiceComponentState>(state));
    if (state == NICE_COMPONENT_STATE_FAILED) {
        m_handlers.failed();
    } else if (state == NICE_COMPONENT_STATE_CONNECTED || state == NICE_COMPONENT_STATE_READY) {
        if (!std::exchange(m_isConnected, true))
            m_handlers.connected();
    }
}

void IceAgent::Private::onPathChanged()
{
    tuneSockets(); // that of a TCP pair is new
    m_handlers.pathChanged();
    unblock();
}

void IceAgent::Private::tuneSockets()
{
    const SocketsPtr sockets(nice_agent_get_sockets(agent(), m_stream, kComponent));
    for (guint i = 0; sockets && i < sockets->len; ++i) {
        auto* socket = static_cast<GSocket*>(g_ptr_array_index(sockets.get(), i));
        if (g_socket_get_socket_type(socket) == G_SOCKET_TYPE_DATAGRAM) {
            g_socket_set_option(socket, SOL_SOCKET, SO_RCVBUF, kReceiveBuffer, nullptr);
            g_socket_set_option(socket, SOL_SOCKET, SO_SNDBUF, kSendBuffer, nullptr);
        } else {
#ifdef TCP_NOTSENT_LOWAT
            g_socket_set_option(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsentLimit, nullptr);
#endif
            g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, TRUE, nullptr);
        }
    }
}

IceAgent::SendResult IceAgent::Private::send(ByteView datagram)
{
    GOutputVector buffer{datagram.data(), datagram.size()};
    const NiceOutputMessage message{&buffer, 1};
    GError* rawError = nullptr;
    const gint sent = nice_agent_send_messages_nonblocking(
        agent(), m_stream, kComponent, &message, 1, nullptr, &rawError);
    const ErrorPtr error(rawError);
    if (sent == 1)
        return SendResult::Sent;
    if (!error || error->code != G_IO_ERROR_WOULD_BLOCK)
        return SendResult::Lost;
    m_isBlocked = true;
    m_retry.setDeadline(Clock::now() + kRetryInterval);
    return SendResult::Blocked;
}

void IceAgent::Private::unblock()
{
    if (!std::exchange(m_isBlocked, false))
        return;
    m_retry.cancel();
    m_handlers.writable();
}

TransportPath IceAgent::Private::path() const
{
    NiceCandidate* local = nullptr;
    NiceCandidate* remote = nullptr;
    if (!nice_agent_get_selected_pair(agent(), m_stream, kComponent, &local, &remote))
        return {};
    TransportPath path;
    const bool isRelayed = local->type == NICE_CANDIDATE_TYPE_RELAYED;
    // libnice does not tell by which of several servers a path goes.
    const bool isTurnOverTcp = isRelayed
        && std::all_of(m_config.servers.begin(), m_config.servers.end(),
            [](const IceServer& server) { return server.user.isEmpty() || server.turnOverTcp; });
    const bool isTcp = isRelayed ? isTurnOverTcp : local->transport != NICE_CANDIDATE_TRANSPORT_UDP;
    path.kind = isRelayed || remote->type == NICE_CANDIDATE_TYPE_RELAYED ? TransportPath::Kind::Relay
                                                                         : TransportPath::Kind::Direct;
    path.protocol = isTcp ? TransportPath::Protocol::Tcp : TransportPath::Protocol::Udp;
    path.local = toText(local->addr);
    path.remote = toText(remote->addr);
    return path;
}

IceAgent::IceAgent(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

IceAgent::~IceAgent() = default;

Result<std::unique_ptr<IceAgent>> IceAgent::create(EventLoop& loop, const Config& config, Handlers handlers)
{
    auto d = std::make_unique<Private>(loop, config, std::move(handlers));
    if (auto result = d->setUp(); !result)
        return std::move(result).error();
    return std::unique_ptr<IceAgent>(new IceAgent(std::move(d)));
}

Result<void> IceAgent::gather()
{
    return m_d->gather();
}

IceAgent::Credentials IceAgent::localCredentials() const
{
    gchar* rawUfrag = nullptr;
    gchar* rawPassword = nullptr;
    nice_agent_get_local_credentials(m_d->agent(), m_d->stream(), &rawUfrag, &rawPassword);
    const StringPtr ufrag(rawUfrag);
    const StringPtr password(rawPassword);
    return {ufrag.get(), password.get()};
}

void IceAgent::setRemoteCredentials(const Credentials& credentials)
{
    nice_agent_set_remote_credentials(
        m_d->agent(), m_d->stream(), credentials.ufrag.constData(), credentials.password.constData());
}

void IceAgent::addRemoteCandidate(const IceCandidate& candidate)
{
    m_d->addRemoteCandidate(candidate);
}

void IceAgent::setRemoteCandidatesDone()
{
    nice_agent_peer_candidate_gathering_done(m_d->agent(), m_d->stream());
}

IceAgent::SendResult IceAgent::send(ByteView datagram)
{
    return m_d->send(datagram);
}

TransportPath IceAgent::path() const
{
    return m_d->path();
}

} // namespace sightline
