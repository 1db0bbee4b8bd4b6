#include "core/conference/tls_listener.h"

#include "core/base/log.h"
#include "core/conference/server_certificate.h"

#include <QSslSocket>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;

namespace sightline {
namespace {

/// How long nothing is accepted after the process ran out of file descriptors.
constexpr auto kAcceptPause = 1s;

} // namespace

TlsListener::TlsListener(const ServerCertificate& certificate, QObject* parent)
    : QTcpServer(parent)
    , m_configuration(QSslConfiguration::defaultConfiguration())
{
    m_configuration.setLocalCertificateChain(certificate.chain());
    m_configuration.setPrivateKey(certificate.key());
    m_configuration.setProtocol(QSsl::TlsV1_2OrLater);
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);

    // Qt stops accepting for good on such an error.
    m_resume.setSingleShot(true);
    m_resume.setInterval(kAcceptPause);
    connect(&m_resume, &QTimer::timeout, this, &QTcpServer::resumeAccepting);
    connect(this, &QTcpServer::acceptError, this, [this] {
        qCWarning(logConference) << "Cannot accept a connection:" << errorString();
        m_resume.start();
    });
}

void TlsListener::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<QSslSocket>();
    socket->setSslConfiguration(m_configuration);
    if (!socket->setSocketDescriptor(descriptor))
        return;
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->startServerEncryption();
    Q_EMIT arrived(socket.release());
}

} // namespace sightline
