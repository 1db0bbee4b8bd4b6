#pragma once

#include "core/base/result.h"
#include "core/conference/focus.h"
#include "core/conference/server_limits.h"
#include "core/conference/tls_listener.h"
#include "core/conference/web_pages.h"

#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

#include <map>
#include <memory>
#include <set>

namespace sightline {

class HttpVisitor;
class SignalingSocket;

/// The one port of a server: every connection from its acceptance to its end, and the focus that they talk
/// to. Lives on the server's thread.
///
/// HTTP is our own few lines (http_request.h) and not QHttpServer: the one of Qt 6.4 keeps a request body of
/// any size in memory and a silent connection for ever.
class Endpoint : public QObject, private Focus::Sink {
    Q_OBJECT
public:
    struct Settings {
        ServerLimits limits;
        QUrl baseUrl;
        QByteArray pin;
        bool hasPresence = true;
    };

    /// `listener` listens already.
    Endpoint(std::unique_ptr<TlsListener> listener, const Settings& settings);
    ~Endpoint() override;

    /// Accepts nothing more, says goodbye to everybody; then `finished`.
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

    void send(Id to, const QByteArray& document) override;
    void signedIn(Id id) override;
    void close(Id id, Focus::CloseReason reason) override;

    const ServerLimits m_limits;
    const WebPages m_pages;
    Focus m_focus;
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
    bool m_isShuttingDown = false;
};

} // namespace sightline
