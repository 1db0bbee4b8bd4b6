#pragma once

#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

class QSslSocket;

namespace sightline {

class FirstOctet;
class ServerCertificate;

/// Accepts TCP connections and begins TLS (1.2 or newer) on each. The handshake's end is its receiver's to
/// wait for: unlike QSslServer it never stops accepting because others are slow. Whoever begins with RDP
/// instead, on the same port, is given to somebody who speaks it, if there is one.
class TlsListener : public QTcpServer {
    Q_OBJECT
public:
    explicit TlsListener(const ServerCertificate& certificate, QObject* parent = nullptr);
    ~TlsListener() override;

    /// What to do with a connected socket on which RDP begins; nothing of it has been read.
    using AcceptRdp = std::function<void(int descriptor, const QString& address)>;
    /// Who has said nothing at all after `patience` is let go.
    void setAcceptRdp(AcceptRdp acceptRdp, std::chrono::milliseconds patience)
    {
        m_acceptRdp = std::move(acceptRdp);
        m_patience = patience;
    }

Q_SIGNALS:
    /// The receiver owns the socket from now on; its handshake has begun.
    void arrived(QSslSocket* socket);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void sort(qintptr descriptor);
    void beginTls(qintptr descriptor);
    void giveToRdp(qintptr descriptor);

    AcceptRdp m_acceptRdp;
    std::chrono::milliseconds m_patience{};
    std::map<qintptr, std::unique_ptr<FirstOctet>> m_undecided;
    QSslConfiguration m_configuration;
    QTimer m_resume;
};

} // namespace sightline
