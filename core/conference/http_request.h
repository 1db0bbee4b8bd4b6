#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sightline {

/// The head of an HTTP/1.x request (RFC 9112), as far as this server needs it: it serves a few pages, one
/// WebSocket and C3P of other servers. A body has a Content-Length or is refused. Pure.
struct HttpRequest {
    enum class Status { Incomplete, Complete, Malformed, TooLarge };
    static constexpr qsizetype kMaxHead = 8 * 1024; ///< octets

    QByteArray method;
    QByteArray path; ///< decoded, without the query
    QByteArray authorization;
    qsizetype headSize = 0; ///< octets
    qint64 bodySize = -1; ///< Content-Length; -1: none is given
    bool isPersistent = false; ///< the client would like to ask more on this connection
    bool isWebSocket = false; ///< asks for an upgrade that RFC 6455 4.2.1 allows
    bool isFromElsewhere = false; ///< a browser sends it for a page of another server (Origin against Host)

    /// Reads what came so far; `request` is set when the head is complete.
    static Status parse(QByteArrayView received, HttpRequest& request);
};

/// A response with all its headers.
struct HttpResponse {
    int status = 200;
    QByteArray contentType;
    QByteArray body;

    /// `withBody` is false for HEAD.
    QByteArray toBytes(bool withBody, bool isLast = true) const;
};

} // namespace sightline
