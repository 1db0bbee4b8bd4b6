#include "core/conference/http_visitor.h"

#include "core/conference/http_request.h"
#include "core/conference/web_pages.h"
#include "core/signaling/documents.h"
#include "core/signaling/limits.h"

#include <QHostAddress>
#include <QSslSocket>

#include <utility>

namespace sightline {

HttpVisitor::HttpVisitor(QSslSocket* socket, const WebPages& pages, C3pDoor& c3p,
    std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_pages(pages)
    , m_c3p(c3p)
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
    if (!m_socket)
        return;
    if (m_isAnswered) {
        m_socket->readAll(); // a body; keeping it would turn our close into a reset that eats the response
        return;
    }
    if (m_missing > 0)
        return onBody();
    HttpRequest request;
    const QByteArray received = m_socket->peek(HttpRequest::kMaxHead);
    switch (HttpRequest::parse(received, request)) {
    case HttpRequest::Status::Incomplete:
        return;
    case HttpRequest::Status::Malformed:
        return respond(WebPages::malformed());
    case HttpRequest::Status::TooLarge:
        return respond(WebPages::tooLarge());
    case HttpRequest::Status::Complete:
        return onHead(request);
    }
}

void HttpVisitor::onHead(const HttpRequest& request)
{
    if (request.isWebSocket && request.path == kSignalingPath && !request.isFromElsewhere) {
        QSslSocket* const socket = m_socket;
        socket->disconnect(this);
        socket->setParent(nullptr);
        Q_EMIT upgradeRequested(socket);
        return finish();
    }
    if (request.path == "/c3p" && request.method == "POST")
        return onC3p(request);
    if (request.path == "/metrics" && request.method == "GET" && maySeeMetrics(request))
        return respond({200, "text/plain; version=0.0.4; charset=utf-8", m_c3p.metrics()});
    respond(m_pages.respond(request), request.method != "HEAD");
}

/// Who is on this machine, or knows the secret.
bool HttpVisitor::maySeeMetrics(const HttpRequest& request) const
{
    return m_socket->peerAddress().isLoopback() || m_c3p.isOpenFor(request.authorization);
}

void HttpVisitor::onC3p(const HttpRequest& request)
{
    if (!m_c3p.isOpenFor(request.authorization))
        return respond(WebPages::text(401, "Only servers that know the secret."));
    if (request.bodySize < 0)
        return respond(WebPages::text(411, "A document has a Content-Length."));
    if (request.bodySize == 0 || request.bodySize > limits::kRosterSize)
        return respond(WebPages::text(413, "A document has 1 octet to 512 KiB."));
    Q_EMIT authenticated();
    m_deadline.start();
    m_socket->read(request.headSize);
    m_isPersistent = request.isPersistent;
    m_missing = request.bodySize;
    m_body.clear();
    onBody();
}

void HttpVisitor::onBody()
{
    const QByteArray arrived = m_socket->read(m_missing);
    m_body += arrived;
    m_missing -= arrived.size();
    if (m_missing > 0)
        return;
    const HttpResponse response{200, "application/cccp+xml", m_c3p.answer(std::exchange(m_body, {}))};
    if (!m_isPersistent)
        return respond(response);
    m_deadline.start(); // from now on to the next request
    m_socket->write(response.toBytes(true, false));
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &HttpVisitor::onReadyRead, Qt::QueuedConnection);
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
