#include "core/conference/endpoint.h"

#include "core/base/log.h"
#include "core/conference/http_visitor.h"
#include "core/conference/local_sharing_link.h"
#include "core/conference/random_name.h"
#include "core/conference/sharing_factory.h"
#include "core/conference/sharing_service.h"
#include "core/conference/signaling_socket.h"

#include <QSslSocket>
#include <QWebSocket>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace sightline {
namespace {

constexpr std::chrono::milliseconds kExpiryInterval = 30s;
constexpr std::chrono::milliseconds kInvitationInterval = 1s;
constexpr std::chrono::milliseconds kShortestExpiryInterval = 20ms;
constexpr auto kDrainTime = 200ms;
constexpr auto kSavingTime = 100ms; ///< changes of this long are saved together
constexpr auto kMoveTime = 10s; ///< for the conferences of a sharing server that stops

} // namespace

Endpoint::Endpoint(
    std::unique_ptr<TlsListener> listener, const Settings& settings, std::unique_ptr<ConferenceStore> store)
    : m_limits(settings.limits)
    , m_pages(settings.baseUrl, settings.pin)
    , m_isFocus(settings.options.role != ServerOptions::Role::Sharing)
    , m_secret(settings.c3pSecret)
    , m_process(QStringLiteral("urn:sightline:server:") + randomName())
    , m_store(std::move(store))
    , m_focus(*this,
          {.limits = settings.limits,
              .baseUrl = settings.baseUrl,
              .pin = settings.pin,
              .product = QStringLiteral("Sightline/" SIGHTLINE_VERSION),
              .hasPresence = settings.options.hasPresence,
              .store = m_store.get(),
              .iceUris = settings.options.iceUris,
              .turnSecret = settings.turnSecret})
    , m_listener(std::move(listener))
    , m_upgrader(QStringLiteral("Sightline"), QWebSocketServer::NonSecureMode)
{
    m_upgrader.setMaxPendingConnections(static_cast<int>(m_limits.connections));
    m_upgrader.setHandshakeTimeout(m_limits.signIn);
    m_upgrader.setSupportedSubprotocols({QLatin1StringView(kSubprotocol)});
    connect(&m_upgrader, &QWebSocketServer::newConnection, this, &Endpoint::onWebSocket);
    connect(m_listener.get(), &TlsListener::arrived, this, &Endpoint::onArrived);
    m_keepAlive.setInterval(m_limits.pingInterval);
    connect(&m_keepAlive, &QTimer::timeout, this, &Endpoint::keepAlive);
    const auto shortest = std::min(m_limits.emptyMeeting, m_limits.absence);
    m_expiry.setInterval(std::clamp(shortest / 4, kShortestExpiryInterval, kExpiryInterval));
    connect(&m_expiry, &QTimer::timeout, this, [this] {
        m_focus.removeExpired(Clock::now());
        m_focus.saveChanges();
        if (m_focus.meetingCount() == 0)
            m_expiry.stop();
    });
    m_invitationExpiry.setInterval(std::min(m_limits.invitation, kInvitationInterval));
    connect(&m_invitationExpiry, &QTimer::timeout, this, [this] {
        m_focus.expireInvitations(Clock::now());
        if (!m_focus.hasInvitations())
            m_invitationExpiry.stop();
    });
    m_saving.setInterval(kSavingTime);
    m_saving.setSingleShot(true);
    connect(&m_saving, &QTimer::timeout, this, [this] { m_focus.saveChanges(); });
    setUpSharing(settings);
    if (m_store)
        m_focus.restore(m_store->meetings(), Clock::now());
    if (m_focus.meetingCount() > 0)
        m_expiry.start();
}

Endpoint::~Endpoint()
{
    m_focus.saveChanges();
}

void Endpoint::shutDown()
{
    if (m_isFocus || m_service->conferenceCount() == 0)
        return sayGoodbye();
    connect(m_service.get(), &SharingService::drained, this, &Endpoint::sayGoodbye);
    QTimer::singleShot(kMoveTime, this, &Endpoint::sayGoodbye);
    m_service->drain();
}

void Endpoint::sayGoodbye()
{
    if (std::exchange(m_isShuttingDown, true))
        return;
    m_listener->close();
    while (!m_visitors.empty())
        m_visitors.begin()->second->drop();
    for (const auto& [id, socket] : m_sockets)
        socket->close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("the server stops"));
    if (m_sockets.empty())
        Q_EMIT finished();
}

void Endpoint::onArrived(QSslSocket* socket)
{
    if (!makeRoom()) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    const Id id = ++m_lastId;
    auto* const visitor = new HttpVisitor(socket, m_pages, *this, m_limits.signIn, this);
    m_visitors.emplace(id, visitor);
    m_strangers.insert(id);
    connect(visitor, &HttpVisitor::upgradeRequested, this,
        [this, id](QSslSocket* upgrading) { onUpgradeRequested(id, upgrading); });
    connect(visitor, &HttpVisitor::authenticated, this, [this, id] { m_strangers.erase(id); });
    connect(visitor, &HttpVisitor::finished, this, [this, id, visitor] {
        m_visitors.erase(id);
        if (!m_sockets.contains(id))
            m_strangers.erase(id);
        visitor->deleteLater();
    });
}

bool Endpoint::makeRoom()
{
    const auto isFull = [this] {
        return m_strangers.size() >= m_limits.strangers
            || m_visitors.size() + m_sockets.size() >= m_limits.connections;
    };
    if (!isFull())
        return true;
    if (m_strangers.empty())
        return false;
    const Id oldest = *m_strangers.begin();
    if (const auto visitor = m_visitors.find(oldest); visitor != m_visitors.end()) {
        visitor->second->drop();
    } else {
        m_strangers.erase(oldest);
        m_sockets.at(oldest)->drop();
    }
    return true;
}

void Endpoint::onUpgradeRequested(Id id, QSslSocket* socket)
{
    if (!m_isFocus) { // clients have no business here
        socket->abort();
        socket->deleteLater();
        return;
    }
    auto* const client = new SignalingSocket(socket, m_limits, this);
    m_sockets.emplace(id, client);
    connect(client, &SignalingSocket::textReceived, this,
        [this, id](const QByteArray& text) { onText(id, text); });
    connect(client, &SignalingSocket::binaryReceived, this,
        [this, id] { m_focus.receivedBinary(id, Clock::now()); });
    connect(client, &SignalingSocket::closed, this, [this, id] { onClosed(id); });
    if (!m_keepAlive.isActive())
        m_keepAlive.start();
    m_upgrader.handleConnection(socket);
}

void Endpoint::onWebSocket()
{
    while (m_upgrader.hasPendingConnections()) {
        std::unique_ptr<QWebSocket> webSocket(m_upgrader.nextPendingConnection());
        webSocket->setParent(nullptr);
        const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
            [&](const auto& entry) { return entry.second->isFor(*webSocket); });
        if (found == m_sockets.end())
            continue; // gone meanwhile
        m_focus.opened(found->first, Clock::now(), webSocket->peerAddress().toString());
        found->second->attach(std::move(webSocket));
    }
}

void Endpoint::onText(Id id, const QByteArray& text)
{
    m_focus.received(id, text, Clock::now());
    if (!m_expiry.isActive() && m_focus.meetingCount() > 0)
        m_expiry.start();
    if (!m_invitationExpiry.isActive() && m_focus.hasInvitations())
        m_invitationExpiry.start();
    if (!m_saving.isActive() && m_focus.hasChanges())
        m_saving.start();
}

void Endpoint::onClosed(Id id)
{
    m_focus.closed(id, Clock::now());
    if (!m_saving.isActive() && m_focus.hasChanges())
        m_saving.start();
    const auto found = m_sockets.find(id);
    found->second->deleteLater();
    m_sockets.erase(found);
    m_strangers.erase(id);
    if (!m_sockets.empty())
        return;
    m_keepAlive.stop();
    if (m_isShuttingDown)
        Q_EMIT finished();
}

void Endpoint::keepAlive()
{
    const TimePoint now = Clock::now();
    for (const auto& [id, socket] : m_sockets)
        socket->keepAlive(now);
}

void Endpoint::send(Id to, const QByteArray& document)
{
    if (const auto found = m_sockets.find(to); found != m_sockets.end())
        found->second->send(document);
}

void Endpoint::signedIn(Id id)
{
    m_strangers.erase(id);
    m_sockets.at(id)->setSignedIn();
}

void Endpoint::close(Id id, Focus::CloseReason reason)
{
    SignalingSocket* const socket = m_sockets.at(id);
    if (reason == Focus::CloseReason::Done)
        return socket->close(QWebSocketProtocol::CloseCodeNormal, {});
    // What is under way is read first (and ignored): closing a socket with unread data resets the connection,
    // and the client would not learn why.
    QTimer::singleShot(kDrainTime, socket, [socket] {
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated, QStringLiteral("too many documents"));
    });
}

} // namespace sightline
