#include "core/conference/signaling_socket.h"

#include "core/base/log.h"

#include <QSslSocket>
#include <QWebSocket>

#include <algorithm>

namespace sightline {
namespace {

/// A stranger says hello in less; the rest is for those who signed in.
constexpr quint64 kStrangerMessageSize = 2 * limits::kDocumentSize;
constexpr qint64 kStrangerBuffer = 2 * kStrangerMessageSize;
/// QWebSocket takes a frame from the buffer only when all of it is there.
constexpr qint64 kBuffer = limits::kFrameSize + 64 * 1024;

} // namespace

SignalingSocket::SignalingSocket(QSslSocket* socket, const ServerLimits& limits, QObject* parent)
    : QObject(parent)
    , m_limits(limits)
    , m_socket(socket)
    , m_lastBytes(Clock::now())
    , m_overhead(limits.overheadPerSecond, limits.overheadBurst, m_lastBytes)
{
    socket->setParent(this);
    socket->setReadBufferSize(kStrangerBuffer);
    connect(socket, &QSslSocket::readyRead, this, &SignalingSocket::onBytes);
    connect(socket, &QSslSocket::disconnected, this, &SignalingSocket::finish);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SignalingSocket::drop);
    m_deadline.start(limits.signIn);
}

SignalingSocket::~SignalingSocket()
{
    if (m_socket)
        m_socket->disconnect(this);
    if (m_webSocket)
        m_webSocket->disconnect(this);
}

bool SignalingSocket::isFor(const QWebSocket& webSocket) const
{
    return m_socket && !m_webSocket && m_socket->peerPort() == webSocket.peerPort()
        && m_socket->peerAddress() == webSocket.peerAddress();
}

void SignalingSocket::attach(std::unique_ptr<QWebSocket> webSocket)
{
    m_webSocket = std::move(webSocket);
    m_webSocket->setMaxAllowedIncomingFrameSize(kStrangerMessageSize);
    m_webSocket->setMaxAllowedIncomingMessageSize(kStrangerMessageSize);
    connect(
        m_socket, &QSslSocket::readyRead, this, &SignalingSocket::onBytesRead); // after the WebSocket's own
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &SignalingSocket::onText);
    connect(m_webSocket.get(), &QWebSocket::binaryMessageReceived, this, [this] {
        if (!m_isClosing)
            Q_EMIT binaryReceived();
    });
    // The client says goodbye, or the WebSocket does because of a broken frame.
    connect(m_webSocket.get(), &QWebSocket::aboutToClose, this, [this] {
        m_isClosing = true;
        m_deadline.start(m_limits.farewell);
    });
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &SignalingSocket::finish);
}

void SignalingSocket::send(const QByteArray& document)
{
    if (m_isClosing || !m_webSocket)
        return;
    m_webSocket->sendTextMessage(QString::fromUtf8(document));
    dropUnlessRead();
}

void SignalingSocket::setSignedIn()
{
    m_deadline.stop();
    if (m_socket)
        m_socket->setReadBufferSize(kBuffer);
    m_webSocket->setMaxAllowedIncomingFrameSize(limits::kFrameSize);
    m_webSocket->setMaxAllowedIncomingMessageSize(limits::kFrameSize);
}

void SignalingSocket::close(QWebSocketProtocol::CloseCode code, const QString& reason)
{
    if (m_isClosing)
        return;
    if (!m_webSocket)
        return drop();
    m_webSocket->close(code, reason);
}

void SignalingSocket::drop()
{
    m_isClosing = true;
    if (m_webSocket)
        m_webSocket->abort();
    else if (m_socket)
        m_socket->abort();
    finish();
}

void SignalingSocket::keepAlive(TimePoint now)
{
    dropUnlessRead();
    if (m_isClosing || !m_webSocket)
        return;
    if (now - m_lastBytes > m_limits.silence) {
        qCInfo(logConference) << "A client fell silent";
        return drop();
    }
    m_webSocket->ping();
}

void SignalingSocket::onBytes()
{
    m_lastBytes = Clock::now();
    dropUnlessRead(); // it may make us answer pings without reading the answers
    const qint64 arrived = std::max<qint64>(0, m_socket->bytesAvailable() - m_unread);
    if (!m_isFinished && !m_overhead.take(static_cast<double>(arrived), m_lastBytes)) {
        qCInfo(logConference) << "A client sent too much";
        drop();
    }
}

void SignalingSocket::onBytesRead()
{
    m_unread = m_socket->bytesAvailable();
}

void SignalingSocket::onText(const QString& text)
{
    if (m_isClosing)
        return;
    const QByteArray document = text.toUtf8();
    m_overhead.giveBack(static_cast<double>(document.size()));
    Q_EMIT textReceived(document);
}

void SignalingSocket::dropUnlessRead()
{
    // QWebSocket::bytesToWrite() is what TLS has not encrypted yet: always next to nothing.
    if (m_isFinished || !m_socket
        || m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() <= m_limits.unsentBytes)
        return;
    qCInfo(logConference) << "A client does not read";
    drop();
}

void SignalingSocket::finish()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_isClosing = true;
    m_deadline.stop();
    QMetaObject::invokeMethod(this, &SignalingSocket::closed, Qt::QueuedConnection);
}

} // namespace sightline
