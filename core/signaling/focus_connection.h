#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/signaling/limits.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>

class QSslError;
class QWebSocket;

namespace sightline {

/// One secure WebSocket to a focus (PROTOCOL.md, "Connection"): the certificate, keepalive and time-outs;
/// what the documents say is not its business. The only file of the client that knows QWebSocket. GUI thread.
class FocusConnection : public QObject {
    Q_OBJECT
public:
    struct Options {
        QUrl url;
        QByteArray pinnedFingerprint; ///< SHA-256, 32 octets; empty: the system's trust
        std::chrono::milliseconds connectTimeout = limits::kConnectTimeout;
        std::chrono::milliseconds pingInterval = limits::kPingInterval;
        std::chrono::milliseconds silenceTimeout = limits::kSilenceTimeout;
    };

    explicit FocusConnection(QObject* parent = nullptr);
    ~FocusConnection() override;

    /// Closes what was open before.
    void open(const Options& options);
    /// Sends what was handed in and closes. No signal comes any more.
    void close();
    /// Drops the document when there is no connection.
    void send(const QByteArray& document);
    /// There is reason to doubt that it still carries: a ping, and a shorter wait for anything to come back.
    void check();

Q_SIGNALS:
    void opened();
    void documentReceived(const QByteArray& document);
    /// Once: ConnectFailed, TlsFailed, CertificateMismatch, ConnectionLost. Never from within open() or
    /// send().
    void failed(const Error& error);

private:
    void connectSocket();
    void onConnected();
    void onSslErrors(const QList<QSslError>& errors);
    void onSocketError();
    void onDisconnected();
    void onFrame();
    bool hasPinnedCertificate() const;
    void fail(Error error);
    QWebSocket* letGo();

    Options m_options;
    std::unique_ptr<QWebSocket> m_socket;
    std::unique_ptr<QWebSocket> m_leaving; ///< closes while we have done with it
    std::optional<Error> m_refusal; ///< why we did not accept the certificate
    bool m_isOpen = false;
    int m_epoch = 0; ///< counts open() and close(): what was to be said before is not said any more
    QTimer m_connectTimer;
    QTimer m_pingTimer;
    QTimer m_silenceTimer;
};

} // namespace sightline
