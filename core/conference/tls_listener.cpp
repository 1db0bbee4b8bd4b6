#include "core/conference/tls_listener.h"

#include "core/base/log.h"
#include "core/conference/first_octet.h"
#include "core/conference/server_certificate.h"

#include <QHostAddress>
#include <QSslSocket>

#include <chrono>
#include <memory>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace std::chrono_literals;

namespace sightline {
namespace {

/// How long nothing is accepted after the process ran out of file descriptors.
constexpr auto kAcceptPause = 1s;

/// Connections that have said nothing yet.
constexpr std::size_t kMaxUndecided = 256;

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

TlsListener::~TlsListener() = default;

void TlsListener::incomingConnection(qintptr descriptor)
{
    if (m_acceptRdp)
        sort(descriptor);
    else
        beginTls(descriptor);
}

void TlsListener::sort(qintptr descriptor)
{
    auto& first = m_undecided[descriptor];
    first = std::make_unique<FirstOctet>(descriptor, m_patience);
    if (m_undecided.size() > kMaxUndecided) {
        m_undecided.erase(descriptor); // and closed
        return;
    }
    // Queued: it goes with what it says.
    connect(
        first.get(), &FirstOctet::lost, this, [this, descriptor] { m_undecided.erase(descriptor); },
        Qt::QueuedConnection);
    const auto decide = [this, descriptor](quint8 octet) {
        const auto found = m_undecided.find(descriptor);
        if (found == m_undecided.end())
            return;
        const qintptr taken = found->second->take();
        m_undecided.erase(found);
        if (octet == FirstOctet::kTpkt)
            giveToRdp(taken);
        else
            beginTls(taken);
    };
    connect(first.get(), &FirstOctet::known, this, decide, Qt::QueuedConnection);
}

void TlsListener::giveToRdp(qintptr descriptor)
{
    // Small and often: what a picture waits for must not wait for more.
    const int socket = static_cast<int>(descriptor);
    const int noDelay = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &noDelay, sizeof noDelay);
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size);
    m_acceptRdp(socket, QHostAddress(reinterpret_cast<const sockaddr*>(&peer)).toString());
}

void TlsListener::beginTls(qintptr descriptor)
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
