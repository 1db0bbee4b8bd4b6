#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QSslSocket;

namespace sightline {

struct HttpResponse;
class WebPages;

/// A connection from its TLS handshake to its one HTTP request: answers it with a page, or gives the socket
/// on for a WebSocket. Whoever is slow is dropped.
class HttpVisitor : public QObject {
    Q_OBJECT
public:
    /// Owns `socket`; borrows `pages`. `patience` is the time for all of it.
    HttpVisitor(
        QSslSocket* socket, const WebPages& pages, std::chrono::milliseconds patience, QObject* parent);

    void drop();

Q_SIGNALS:
    /// The request for the WebSocket is complete but unread; the receiver owns the socket, and `finished`
    /// follows.
    void upgradeRequested(QSslSocket* socket);
    /// Nothing comes any more. Once.
    void finished();

private:
    void onReadyRead();
    void respond(const HttpResponse& response, bool withBody);
    void finish();

    QSslSocket* m_socket;
    const WebPages& m_pages;
    QTimer m_deadline;
    bool m_isAnswered = false;
};

} // namespace sightline
