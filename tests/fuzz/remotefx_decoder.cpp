#include "core/graphics/remotefx_decoder.h"

#include <cstdlib>
#include <vector>

using namespace sightline;

/// Two octets say how large the place is; then the message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const Size place{1 + data[0], 1 + data[1]};
    const std::ptrdiff_t stride = place.width + 1;
    constexpr std::uint32_t kUntouched = 0x5A5A5A5A;
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(stride * place.height), kUntouched);
    RemoteFxDecoder decoder;
    (void)decoder.decode({data + 2, size - 2}, place, pixels.data(), stride);
    for (int y = 0; y < place.height; ++y) {
        if (pixels[static_cast<std::size_t>(y * stride + place.width)] != kUntouched)
            std::abort();
    }
    return 0;
}
