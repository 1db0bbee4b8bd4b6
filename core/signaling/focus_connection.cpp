#include "core/signaling/focus_connection.h"

#include "core/base/log.h"
#include "core/signaling/documents.h"

#include <QCryptographicHash>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

QSslConfiguration tlsConfiguration(bool isPinned)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    // Who is pinned needs nobody's word: without authorities every certificate is questionable, so that none
    // passes without our own comparison.
    if (isPinned)
        configuration.setCaCertificates({});
    return configuration;
}

bool isTlsError(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::SslHandshakeFailedError || error == QAbstractSocket::SslInternalError
        || error == QAbstractSocket::SslInvalidUserDataError;
}

/// Qt's texts are sentences; ours are clauses.
QString clause(QString text)
{
    while (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

Error mismatch()
{
    return {ErrorCode::CertificateMismatch,
        QStringLiteral("the server's certificate is not the one that the link names")};
}

} // namespace

FocusConnection::FocusConnection(QObject* parent)
    : QObject(parent)
{
    m_connectTimer.setSingleShot(true);
    m_silenceTimer.setSingleShot(true);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] {
        fail({ErrorCode::ConnectFailed, QStringLiteral("the server does not answer")});
    });
    connect(&m_silenceTimer, &QTimer::timeout, this, [this] {
        fail({ErrorCode::ConnectionLost, QStringLiteral("the server fell silent")});
    });
    connect(&m_pingTimer, &QTimer::timeout, this, [this] { m_socket->ping(); });
}

FocusConnection::~FocusConnection()
{
    // Their destructors close them, and what they say then must not reach a half-destroyed object.
    for (QWebSocket* socket : {m_socket.get(), m_leaving.get()}) {
        if (socket)
            socket->disconnect(this);
    }
}

void FocusConnection::open(const Options& options)
{
    close();
    m_options = options;
    m_refusal.reset();
    m_socket = std::make_unique<QWebSocket>();
    m_socket->setMaxAllowedIncomingMessageSize(limits::kFrameSize);
    m_socket->setMaxAllowedIncomingFrameSize(limits::kFrameSize);
    m_socket->setSslConfiguration(tlsConfiguration(!options.pinnedFingerprint.isEmpty()));
    connectSocket();

    QWebSocketHandshakeOptions handshake;
    handshake.setSubprotocols({QLatin1StringView(kSubprotocol)});
    m_connectTimer.start(options.connectTimeout);
    m_socket->open(QNetworkRequest(options.url), handshake);
}

void FocusConnection::connectSocket()
{
    QWebSocket* const socket = m_socket.get();
    connect(socket, &QWebSocket::connected, this, &FocusConnection::onConnected);
    connect(socket, &QWebSocket::sslErrors, this, &FocusConnection::onSslErrors);
    connect(socket, &QWebSocket::disconnected, this, &FocusConnection::onDisconnected);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(socket, &QWebSocket::errorOccurred, this, &FocusConnection::onSocketError);
#else
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        &FocusConnection::onSocketError);
#endif
    connect(socket, &QWebSocket::pong, this, &FocusConnection::onFrame);
    connect(socket, &QWebSocket::textFrameReceived, this, &FocusConnection::onFrame);
    connect(socket, &QWebSocket::binaryFrameReceived, this, &FocusConnection::onFrame);
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        if (m_isOpen)
            Q_EMIT documentReceived(text.toUtf8());
    });
}

void FocusConnection::close()
{
    ++m_epoch;
    if (m_socket)
        letGo()->close();
}

QWebSocket* FocusConnection::letGo()
{
    m_connectTimer.stop();
    m_pingTimer.stop();
    m_silenceTimer.stop();
    m_isOpen = false;
    m_socket->disconnect(this);
    // Perhaps we are in a call from the one that left before.
    if (m_leaving)
        m_leaving.release()->deleteLater();
    m_leaving = std::move(m_socket);
    return m_leaving.get();
}

void FocusConnection::send(const QByteArray& document)
{
    if (m_isOpen)
        m_socket->sendTextMessage(QString::fromUtf8(document));
}

void FocusConnection::check()
{
    if (!m_isOpen)
        return;
    m_socket->ping();
    m_silenceTimer.start(std::min({m_options.silenceTimeout, m_silenceTimer.remainingTimeAsDuration(),
        std::chrono::milliseconds(limits::kCheckTimeout)}));
}

void FocusConnection::onConnected()
{
    if (!m_options.pinnedFingerprint.isEmpty() && !hasPinnedCertificate()) {
        fail(mismatch());
        return;
    }
    m_connectTimer.stop();
    m_isOpen = true;
    m_pingTimer.start(m_options.pingInterval);
    m_silenceTimer.start(m_options.silenceTimeout);
    Q_EMIT opened();
}

void FocusConnection::onSslErrors(const QList<QSslError>& errors)
{
    if (m_options.pinnedFingerprint.isEmpty()) {
        const QString why = errors.isEmpty() ? QString() : clause(errors.front().errorString());
        m_refusal = Error(ErrorCode::TlsFailed, QStringLiteral("the server's certificate is not trusted"),
            Error(ErrorCode::TlsFailed, why));
    } else if (hasPinnedCertificate()) {
        m_socket->ignoreSslErrors();
    } else {
        m_refusal = mismatch();
    }
}

bool FocusConnection::hasPinnedCertificate() const
{
    const QSslCertificate certificate = m_socket->sslConfiguration().peerCertificate();
    return !certificate.isNull()
        && certificate.digest(QCryptographicHash::Sha256) == m_options.pinnedFingerprint;
}

void FocusConnection::onFrame()
{
    if (m_isOpen)
        m_silenceTimer.start(m_options.silenceTimeout);
}

void FocusConnection::onSocketError()
{
    const Error cause(ErrorCode::ConnectFailed, clause(m_socket->errorString()));
    if (m_refusal)
        fail(*m_refusal);
    else if (isTlsError(m_socket->error()))
        fail({ErrorCode::TlsFailed, QStringLiteral("no secure connection to the server"), cause});
    else if (m_isOpen)
        fail({ErrorCode::ConnectionLost, QStringLiteral("the connection to the server broke"), cause});
    else
        fail({ErrorCode::ConnectFailed, QStringLiteral("the server cannot be reached"), cause});
}

void FocusConnection::onDisconnected()
{
    if (!m_isOpen) {
        fail({ErrorCode::ConnectFailed, QStringLiteral("the server refused the connection")});
        return;
    }
    const QString reason = m_socket->closeReason();
    qCInfo(logSignaling) << "The server closed the connection, code" << m_socket->closeCode() << reason;
    fail({ErrorCode::ConnectionLost, QStringLiteral("the server closed the connection")});
}

void FocusConnection::fail(Error error)
{
    letGo()->abort();
    // Queued: QWebSocket reports some errors while it is being opened, before our caller is ready for them.
    QMetaObject::invokeMethod(
        this,
        [this, epoch = m_epoch, reason = std::move(error)] {
            if (epoch == m_epoch)
                Q_EMIT failed(reason);
        },
        Qt::QueuedConnection);
}

} // namespace sightline
