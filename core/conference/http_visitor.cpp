#include "core/conference/http_visitor.h"

#include "core/conference/http_request.h"
#include "core/conference/web_pages.h"
#include "core/signaling/documents.h"

#include <QSslSocket>

#include <utility>

namespace sightline {

HttpVisitor::HttpVisitor(
    QSslSocket* socket, const WebPages& pages, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_pages(pages)
{
    socket->setParent(this);
    socket->setReadBufferSize(2 * HttpRequest::kMaxHead);
    connect(socket, &QSslSocket::readyRead, this, &HttpVisitor::onReadyRead);
    connect(socket, &QSslSocket::errorOccurred, this, &HttpVisitor::drop);
    connect(socket, &QSslSocket::disconnected, this, &HttpVisitor::finish);
    connect(&m_deadline, &QTimer::timeout, this, &HttpVisitor::drop);
    m_deadline.setSingleShot(true);
    m_deadline.start(patience);
}

void HttpVisitor::drop()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    finish();
}

void HttpVisitor::onReadyRead()
{
    if (m_isAnswered) {
        m_socket->readAll(); // a body; keeping it would turn our close into a reset that eats the response
        return;
    }
    HttpRequest request;
    const QByteArray received = m_socket->peek(HttpRequest::kMaxHead);
    switch (HttpRequest::parse(received, request)) {
    case HttpRequest::Status::Incomplete:
        return;
    case HttpRequest::Status::Malformed:
        return respond(WebPages::malformed(), true);
    case HttpRequest::Status::TooLarge:
        return respond(WebPages::tooLarge(), true);
    case HttpRequest::Status::Complete:
        break;
    }
    if (request.isWebSocket && request.path == kSignalingPath && !request.isFromElsewhere) {
        QSslSocket* const socket = m_socket;
        socket->disconnect(this);
        socket->setParent(nullptr);
        Q_EMIT upgradeRequested(socket);
        return finish();
    }
    respond(m_pages.respond(request), request.method != "HEAD");
}

void HttpVisitor::respond(const HttpResponse& response, bool withBody)
{
    m_isAnswered = true;
    m_socket->readAll();
    m_socket->write(response.toBytes(withBody));
    m_socket->disconnectFromHost();
}

void HttpVisitor::finish()
{
    if (!std::exchange(m_socket, nullptr))
        return;
    m_deadline.stop();
    Q_EMIT finished();
}

} // namespace sightline
