#include "core/signaling/ice_syntax.h"
#include "core/signaling/session_description.h"

#include <cstdlib>

using namespace sightline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    (void)isCandidate(canonicalCandidate(text));
    const auto description = SessionDescription::parse(text);
    if (!description)
        return 0;
    const auto again = SessionDescription::parse(description->toSdp());
    // Our own lines may make a full description too large; nothing else may change.
    if (again ? !(*again == *description) : again.error().code() != ErrorCode::TooLarge)
        std::abort();
    return 0;
}
