#include "core/transport/ice_candidate.h"

#include <cstdint>
#include <cstdlib>

// Candidates come from the other side by signaling. What parse accepts has to be what libnice can hold.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    using sightline::IceCandidate;
    const QByteArray text(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const auto candidate = IceCandidate::parse(text);
    if (candidate
        && (candidate->foundation.isEmpty() || candidate->foundation.size() > 32 || candidate->port == 0
            || candidate->priority == 0 || candidate->address.size() > 45))
        std::abort();
    return 0;
}
