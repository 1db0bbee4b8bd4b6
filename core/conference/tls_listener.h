#pragma once

#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

class QSslSocket;

namespace sightline {

class ServerCertificate;

/// Accepts TCP connections and begins TLS (1.2 or newer) on each. The handshake's end is its receiver's to
/// wait for: unlike QSslServer it never stops accepting because others are slow.
class TlsListener : public QTcpServer {
    Q_OBJECT
public:
    explicit TlsListener(const ServerCertificate& certificate, QObject* parent = nullptr);

Q_SIGNALS:
    /// The receiver owns the socket from now on; its handshake has begun.
    void arrived(QSslSocket* socket);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QSslConfiguration m_configuration;
    QTimer m_resume;
};

} // namespace sightline
