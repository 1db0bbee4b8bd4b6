#pragma once

#include "core/base/result.h"
#include "core/conference/conference_store.h"
#include "core/conference/focus.h"
#include "core/conference/http_visitor.h"
#include "core/conference/server_limits.h"
#include "core/conference/server_options.h"
#include "core/conference/tls_listener.h"
#include "core/conference/web_pages.h"

#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

#include <map>
#include <memory>
#include <set>

namespace sightline {

class LocalSharingLink;
class SharingFactory;
class SharingService;
class SignalingSocket;

/// The one port of a server: every connection from its acceptance to its end, and the focus that they talk
/// to. Lives on the server's thread.
///
/// HTTP is our own few lines (http_request.h) and not QHttpServer: the one of Qt 6.4 keeps a request body of
/// any size in memory and a silent connection for ever.
class Endpoint : public QObject, private Focus::Sink, private C3pDoor {
    Q_OBJECT
public:
    struct Settings {
        ServerLimits limits;
        QUrl baseUrl;
        QByteArray pin;
        ServerOptions options;
        QByteArray c3pSecret;
        QByteArray turnSecret;
    };

    /// `listener` listens already; `store` may be null.
    Endpoint(std::unique_ptr<TlsListener> listener, const Settings& settings,
        std::unique_ptr<ConferenceStore> store);
    ~Endpoint() override;

    /// Accepts nothing more, says goodbye to everybody; then `finished`. With the role sharing its
    /// conferences move elsewhere first, if they do so in time.
    void shutDown();

Q_SIGNALS:
    void finished();

private:
    using Id = Focus::ConnectionId;

    void onArrived(QSslSocket* socket);
    void onUpgradeRequested(Id id, QSslSocket* socket);
    void onWebSocket();
    void onClosed(Id id);
    void onText(Id id, const QByteArray& text);
    bool makeRoom();
    void keepAlive();
    void sayGoodbye();

    // Pictures, and C3P with other servers (endpoint_sharing.cpp).
    void setUpSharing(const Settings& settings);
    void setUpFocus(const Settings& settings);
    void setUpService(const Settings& settings);
    bool isOpenFor(const QByteArray& authorization) const override;
    QByteArray answer(const QByteArray& document) override;
    QByteArray metrics() override;
    std::optional<Focus::SharingId> pickSharing() override;
    void sendToSharing(Focus::SharingId server, const SharingRequest::Body& body) override;

    void send(Id to, const QByteArray& document) override;
    void signedIn(Id id) override;
    void close(Id id, Focus::CloseReason reason) override;

    const ServerLimits m_limits;
    const WebPages m_pages;
    const bool m_isFocus; ///< else a sharing server alone, to which no client comes
    const QByteArray m_secret; ///< of the servers; empty: no other one may ask anything
    const QString m_process; ///< names this one in C3P
    std::unique_ptr<ConferenceStore> m_store;
    Focus m_focus;
    std::unique_ptr<SharingFactory> m_factory; ///< with the role focus or all
    std::unique_ptr<SharingService> m_service; ///< with the role sharing
    LocalSharingLink* m_local = nullptr; ///< with the role all; the factory's
    std::unique_ptr<TlsListener> m_listener;
    QWebSocketServer m_upgrader; ///< answers the upgrades; it does not listen
    // A connection is in exactly one of the two; ids grow, so the first stranger is the oldest.
    std::map<Id, HttpVisitor*> m_visitors;
    std::map<Id, SignalingSocket*> m_sockets;
    std::set<Id> m_strangers;
    Id m_lastId = 0;
    QTimer m_keepAlive; ///< runs while there is a socket
    QTimer m_expiry; ///< runs while there is a meeting
    QTimer m_invitationExpiry; ///< runs while there is an invitation
    QTimer m_saving; ///< runs while something is to be saved
    bool m_isShuttingDown = false;
};

} // namespace sightline
