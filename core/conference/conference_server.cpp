#include "core/conference/conference_server.h"

#include "core/base/log.h"
#include "core/conference/conference_store.h"
#include "core/conference/endpoint.h"
#include "core/conference/server_address.h"
#include "core/conference/server_certificate.h"
#include "core/conference/tls_listener.h"

#include <QDir>
#include <QThread>

namespace sightline {
namespace {

QString describe(const QHostAddress& address, quint16 port)
{
    return isAnyAddress(address) ? QStringLiteral("port %1").arg(port)
                                 : QStringLiteral("port %1 of %2").arg(port).arg(address.toString());
}

Error listenError(const QTcpServer& server, const ServerOptions& options)
{
    switch (server.serverError()) {
    case QAbstractSocket::AddressInUseError:
        return {ErrorCode::PortInUse,
            QStringLiteral("%1 is used by another program").arg(describe(options.address, options.port))};
    case QAbstractSocket::SocketAccessError:
        return {ErrorCode::NotAllowed,
            QStringLiteral("this user may not listen on %1").arg(describe(options.address, options.port))};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return {ErrorCode::InvalidArgument,
            QStringLiteral("this machine does not have the address %1").arg(options.address.toString())};
    default:
        return {ErrorCode::ConnectFailed,
            QStringLiteral("cannot listen on %1: %2")
                .arg(describe(options.address, options.port), server.errorString())};
    }
}

Result<void> listen(QTcpServer& server, const ServerOptions& options)
{
    if (server.listen(options.address, options.port))
        return {};
    const bool isTaken = server.serverError() == QAbstractSocket::AddressInUseError;
    if (isTaken && options.anotherPortIfTaken && server.listen(options.address, 0))
        return {};
    return listenError(server, options);
}

Result<ServerCertificate> certificateFor(const ServerOptions& options, const QHostAddress& machine)
{
    return options.certificateFile.isEmpty()
        ? ServerCertificate::loadOrCreate(options.dataDirectory, certificateNames(options, machine))
        : ServerCertificate::load(options.certificateFile, options.keyFile);
}

/// Null for a second embedded server of the same user: its meetings do not outlive it.
Result<std::unique_ptr<ConferenceStore>> openStore(const ServerOptions& options)
{
    const QString& directory = options.dataDirectory;
    if (!QDir().mkpath(directory))
        return Error(
            ErrorCode::FileFailed, QStringLiteral("the data directory %1 cannot be made").arg(directory));
    auto store = ConferenceStore::open(ConferenceStore::fileIn(directory));
    if (!store && store.error().code() == ErrorCode::Busy && options.anotherPortIfTaken)
        return std::unique_ptr<ConferenceStore>();
    return store;
}

} // namespace

class ConferenceServer::Private {
public:
    ~Private() { stop(); }

    Result<void> start(const ServerOptions& serverOptions, const ServerLimits& limits);
    void stop();

    ServerOptions options;
    quint16 port = 0;
    QByteArray fingerprint;
    bool isOwnCertificate = false;
    QUrl baseUrl;

private:
    Result<void> open(const ServerLimits& limits);

    QThread m_thread;
    QObject m_home; ///< lives on the thread, to call something there
    Endpoint* m_endpoint = nullptr; ///< likewise; deletes itself when it has finished
};

Result<void> ConferenceServer::Private::start(const ServerOptions& serverOptions, const ServerLimits& limits)
{
    options = serverOptions;
    m_home.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("conference"));
    m_thread.start();
    Result<void> result;
    QMetaObject::invokeMethod(
        &m_home, [&] { result = open(limits); }, Qt::BlockingQueuedConnection);
    return result;
}

/// On the thread: sockets and timers stay where they are made.
Result<void> ConferenceServer::Private::open(const ServerLimits& limits)
{
    const QHostAddress machine = machineAddress();
    const Result<ServerCertificate> certificate = certificateFor(options, machine);
    if (!certificate)
        return certificate.error();
    if (!certificate->notice().isEmpty())
        qCWarning(logConference).noquote() << "Certificate:" << certificate->notice();
    const auto secret = readSecret(options.c3pSecretFile, kC3pSecretSize);
    if (!secret)
        return secret.error();
    const auto turnSecret = readSecret(options.turnSecretFile, 1);
    if (!turnSecret)
        return turnSecret.error();
    auto listener = std::make_unique<TlsListener>(*certificate);
    if (const auto result = listen(*listener, options); !result)
        return result.error();
    std::unique_ptr<ConferenceStore> store;
    if (options.role != ServerOptions::Role::Sharing) {
        auto opened = openStore(options);
        if (!opened)
            return opened.error();
        store = *std::move(opened);
    }
    port = listener->serverPort();
    fingerprint = certificate->fingerprint();
    isOwnCertificate = certificate->isOwn();
    baseUrl = linkBaseUrl(options, port, machine);
    m_endpoint = std::make_unique<Endpoint>(std::move(listener),
        Endpoint::Settings{.limits = limits,
            .baseUrl = baseUrl,
            .pin = isOwnCertificate ? fingerprint : QByteArray(),
            .options = options,
            .c3pSecret = *secret,
            .turnSecret = *turnSecret},
        std::move(store))
                     .release();
    QObject::connect(m_endpoint, &Endpoint::finished, m_endpoint, &QObject::deleteLater);
    QObject::connect(m_endpoint, &QObject::destroyed, &m_thread, &QThread::quit, Qt::DirectConnection);
    qCInfo(logConference) << "Serving on port" << port;
    return {};
}

void ConferenceServer::Private::stop()
{
    if (!m_thread.isRunning())
        return;
    if (m_endpoint)
        QMetaObject::invokeMethod(m_endpoint, &Endpoint::shutDown, Qt::QueuedConnection);
    else
        m_thread.quit();
    m_thread.wait();
}

Result<std::unique_ptr<ConferenceServer>> ConferenceServer::start(
    const ServerOptions& options, const ServerLimits& limits)
{
    auto d = std::make_unique<Private>();
    if (const auto result = d->start(options, limits); !result)
        return result.error();
    return std::unique_ptr<ConferenceServer>(new ConferenceServer(std::move(d)));
}

ConferenceServer::ConferenceServer(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

ConferenceServer::~ConferenceServer() = default;

void ConferenceServer::stop()
{
    m_d->stop();
}

quint16 ConferenceServer::port() const
{
    return m_d->port;
}

QByteArray ConferenceServer::fingerprint() const
{
    return m_d->fingerprint;
}

bool ConferenceServer::isSelfSigned() const
{
    return m_d->isOwnCertificate;
}

QUrl ConferenceServer::baseUrl() const
{
    return m_d->baseUrl;
}

QUrl ConferenceServer::localSignalingUrl() const
{
    const QHostAddress address
        = isAnyAddress(m_d->options.address) ? QHostAddress(QHostAddress::LocalHost) : m_d->options.address;
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(address.toString());
    url.setPort(m_d->port);
    url.setPath(QLatin1StringView(kSignalingPath));
    return url;
}

} // namespace sightline
