#pragma once

#include "core/base/clock.h"
#include "core/conference/server_limits.h"
#include "core/conference/token_bucket.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWebSocketProtocol>

#include <memory>

class QSslSocket;
class QWebSocket;

namespace sightline {

/// A client's WebSocket, with everything that keeps one client from taking more than its share: it must sign
/// in in time, answer pings, read what it is sent, and not flood. Made when the upgrade begins, for the bytes
/// are counted below the WebSocket.
class SignalingSocket : public QObject {
    Q_OBJECT
public:
    /// Owns `socket` until attach().
    SignalingSocket(QSslSocket* socket, const ServerLimits& limits, QObject* parent);
    ~SignalingSocket() override;

    bool isFor(const QWebSocket& webSocket) const; ///< the upgrade of our socket
    void attach(std::unique_ptr<QWebSocket> webSocket);

    void send(const QByteArray& document);
    void setSignedIn(); ///< lifts what applies to strangers
    /// Says goodbye, and drops the client when it does not in time.
    void close(QWebSocketProtocol::CloseCode code, const QString& reason);
    void drop();
    /// To be called once per ping interval.
    void keepAlive(TimePoint now);

Q_SIGNALS:
    void textReceived(const QByteArray& text);
    void binaryReceived();
    /// The connection is over. Once, always from the event loop.
    void closed();

private:
    void onBytes();
    void onBytesRead();
    void onText(const QString& text);
    void dropUnlessRead();
    void finish();

    const ServerLimits m_limits;
    QPointer<QSslSocket> m_socket; ///< the WebSocket's, once attached
    std::unique_ptr<QWebSocket> m_webSocket;
    QTimer m_deadline; ///< of the sign-in, later of the farewell
    TimePoint m_lastBytes;
    TokenBucket m_overhead;
    qint64 m_unread = 0; ///< what the WebSocket left in the socket's buffer
    bool m_isClosing = false;
    bool m_isFinished = false;
};

} // namespace sightline
