#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace sightline {

/// The head of an HTTP/1.x request (RFC 9112), as far as this server needs it: it serves a few pages and one
/// WebSocket, reads no bodies and closes the connection after each response. Pure.
struct HttpRequest {
    enum class Status { Incomplete, Complete, Malformed, TooLarge };
    static constexpr qsizetype kMaxHead = 8 * 1024; ///< octets

    QByteArray method;
    QByteArray path; ///< decoded, without the query
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
    QByteArray toBytes(bool withBody) const;
};

} // namespace sightline
