#include "core/conference/http_request.h"
#include "core/signaling/sharing_documents.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// A posted C3P document, head and body, as another server sends it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using namespace sightline;
    const QByteArray received(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    HttpRequest request;
    if (HttpRequest::parse(received, request) != HttpRequest::Status::Complete)
        return 0;
    if (request.headSize < 4 || request.headSize > received.size() || request.bodySize < -1)
        std::abort();
    const QByteArray body = received.mid(request.headSize, request.bodySize);
    const auto document = parseSharingDocument(body);
    if (document && !parseSharingDocument(serializeSharing(*document)) && body.size() < 16'384)
        std::abort();
    return 0;
}
