#include "core/conference/http_request.h"
#include "core/conference/web_pages.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// The one thing a stranger can send before the WebSocket. What was parsed must give a response that a
/// browser can read, whatever is in the path.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace sightline;
    static const WebPages pages(QUrl(QStringLiteral("https://share.example:7443")), QByteArray(32, '\x5a'));
    HttpRequest request;
    const QByteArrayView received(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (HttpRequest::parse(received, request) != HttpRequest::Status::Complete)
        return 0;
    const QByteArray response = pages.respond(request).toBytes(true);
    if (!response.startsWith("HTTP/1.1 ") || response.contains("<script"))
        std::abort();
    return 0;
}
