#include "core/conference/http_request.h"

#include <QUrl>

#include <array>
#include <utility>

namespace sightline {
namespace {

bool equals(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// RFC 9110 5.6.2.
bool isToken(QByteArrayView text)
{
    static constexpr QByteArrayView kOthers("!#$%&'*+-.^_`|~");
    for (const char c : text) {
        const bool isAlphanumeric
            = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isAlphanumeric && !kOthers.contains(c))
            return false;
    }
    return !text.isEmpty();
}

/// Whether a header that is a list of tokens has this one.
bool listHas(QByteArrayView list, QByteArrayView token)
{
    for (const QByteArray& entry : list.toByteArray().split(',')) {
        if (equals(QByteArrayView(entry).trimmed(), token))
            return true;
    }
    return false;
}

struct Headers {
    QByteArray host;
    QByteArray origin;
    QByteArray upgrade;
    QByteArray connection;
    QByteArray webSocketKey;
    QByteArray webSocketVersion;
    QByteArray authorization;
    QByteArray contentLength;
    QByteArray transferEncoding;

    /// False when one that must come once came twice.
    bool set(QByteArrayView name, QByteArrayView value)
    {
        const std::array<std::pair<QByteArrayView, QByteArray*>, 9> known{
            {{"host", &host}, {"origin", &origin}, {"upgrade", &upgrade}, {"connection", &connection},
                {"sec-websocket-key", &webSocketKey}, {"sec-websocket-version", &webSocketVersion},
                {"authorization", &authorization}, {"content-length", &contentLength},
                {"transfer-encoding", &transferEncoding}}};
        for (const auto& [knownName, field] : known) {
            if (!equals(name, knownName))
                continue;
            if (!field->isEmpty())
                return false;
            *field = value.toByteArray();
        }
        return true;
    }

    bool isWebSocket() const
    {
        return equals(upgrade, "websocket") && listHas(connection, "upgrade") && webSocketVersion == "13"
            && QByteArray::fromBase64(webSocketKey).size() == 16;
    }

    bool isFromElsewhere() const { return !origin.isEmpty() && !equals(origin, "https://" + host); }
};

bool readRequestLine(QByteArrayView line, HttpRequest& request)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first)
        return false;
    const QByteArrayView version = line.sliced(last + 1);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return false;
    if (!isToken(line.first(first)) || !target.startsWith('/') || target.contains(' '))
        return false;
    request.method = line.first(first).toByteArray();
    const qsizetype query = target.indexOf('?');
    request.path = QByteArray::fromPercentEncoding((query < 0 ? target : target.first(query)).toByteArray());
    return true;
}

bool readHeader(QByteArrayView line, Headers& headers)
{
    // Folded lines are obsolete and refused (RFC 9112 5.2).
    const qsizetype colon = line.indexOf(':');
    return colon > 0 && isToken(line.first(colon))
        && headers.set(line.first(colon), line.sliced(colon + 1).trimmed());
}

/// Digits alone, not too many: nobody may read another number in it (RFC 9112 6.3).
bool readLength(const QByteArray& text, qint64& length)
{
    constexpr qsizetype kMaxDigits = 12;
    if (text.isEmpty())
        return true;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return false;
    }
    length = text.toLongLong();
    return text.size() <= kMaxDigits;
}

bool hasControls(QByteArrayView text)
{
    for (const char c : text) {
        if ((c >= 0 && c < ' ' && c != '\t') || c == '\x7f')
            return true;
    }
    return false;
}

QByteArrayView reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 426:
        return "Upgrade Required";
    case 431:
        return "Request Header Fields Too Large";
    default:
        return "Bad Request";
    }
}

} // namespace

HttpRequest::Status HttpRequest::parse(QByteArrayView received, HttpRequest& request)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0)
        return received.size() >= kMaxHead ? Status::TooLarge : Status::Incomplete;
    if (end > kMaxHead - 4)
        return Status::TooLarge;
    HttpRequest result;
    Headers headers;
    const bool isCurrent = received.first(received.indexOf("\r\n")).endsWith("HTTP/1.1");
    QByteArrayView rest = received.first(end + 2);
    for (bool isFirst = true; !rest.isEmpty(); isFirst = false) {
        const qsizetype lineEnd = rest.indexOf("\r\n");
        const QByteArrayView line = rest.first(lineEnd);
        rest = rest.sliced(lineEnd + 2);
        if (hasControls(line) || !(isFirst ? readRequestLine(line, result) : readHeader(line, headers)))
            return Status::Malformed;
    }
    if (headers.host.isEmpty() || !headers.transferEncoding.isEmpty()
        || !readLength(headers.contentLength, result.bodySize))
        return Status::Malformed;
    result.headSize = end + 4;
    result.authorization = headers.authorization;
    result.isPersistent = isCurrent && !listHas(headers.connection, "close");
    result.isWebSocket = result.method == "GET" && headers.isWebSocket();
    result.isFromElsewhere = headers.isFromElsewhere();
    request = std::move(result);
    return Status::Complete;
}

QByteArray HttpResponse::toBytes(bool withBody, bool isLast) const
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status).toByteArray()
        + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\nCache-Control: no-store"
          // No page of ours runs a script, loads anything or may be framed, and the address of a meeting is a
          // secret.
          "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
          "form-action 'none'; frame-ancestors 'none'"
          "\r\nReferrer-Policy: no-referrer"
          "\r\nX-Content-Type-Options: nosniff"
          "\r\nX-Frame-Options: DENY";
    if (isLast)
        head += "\r\nConnection: close";
    if (status == 401)
        head += "\r\nWWW-Authenticate: Bearer";
    if (status == 405)
        head += "\r\nAllow: GET, HEAD";
    if (status == 426)
        head += "\r\nUpgrade: websocket";
    head += "\r\n\r\n";
    return withBody ? head + body : head;
}

} // namespace sightline
