#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QSslSocket;

namespace sightline {

struct HttpRequest;
struct HttpResponse;
class WebPages;

/// What answers to C3P of other servers.
class C3pDoor {
public:
    virtual ~C3pDoor() = default;
    virtual bool isOpenFor(const QByteArray& authorization) const = 0;
    virtual QByteArray answer(const QByteArray& document) = 0;
    /// The figures of this server, for who may see them.
    virtual QByteArray metrics() = 0;
};

/// A connection from its TLS handshake to its one HTTP request: answers it with a page, or gives the socket
/// on for a WebSocket. Whoever is slow is dropped. Another server of ours, which knows the secret, may ask as
/// often as it likes.
class HttpVisitor : public QObject {
    Q_OBJECT
public:
    /// Owns `socket`; borrows the rest. `patience` is the time for all of it.
    HttpVisitor(QSslSocket* socket, const WebPages& pages, C3pDoor& c3p, std::chrono::milliseconds patience,
        QObject* parent);

    void drop();

Q_SIGNALS:
    /// The request for the WebSocket is complete but unread; the receiver owns the socket, and `finished`
    /// follows.
    void upgradeRequested(QSslSocket* socket);
    void authenticated(); ///< it is another server of ours
    /// Nothing comes any more. Once.
    void finished();

private:
    void onReadyRead();
    void onHead(const HttpRequest& request);
    void onC3p(const HttpRequest& request);
    void onBody();
    void respond(const HttpResponse& response, bool withBody = true);
    bool maySeeMetrics(const HttpRequest& request) const;
    void finish();

    QSslSocket* m_socket;
    const WebPages& m_pages;
    C3pDoor& m_c3p;
    QTimer m_deadline;
    QByteArray m_body; ///< of a C3P request, as far as it has come
    qint64 m_missing = 0; ///< octets of it
    bool m_isPersistent = false;
    bool m_isAnswered = false;
};

} // namespace sightline
