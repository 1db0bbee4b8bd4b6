#include "core/graphics/planar_decoder.h"

#include <cstdlib>
#include <vector>

using namespace sightline;

/// Two octets say how large the picture is; then the picture.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const int width = 1 + data[0] % 100;
    const int height = 1 + data[1] % 100;
    const std::ptrdiff_t stride = width + 1;
    constexpr std::uint32_t kUntouched = 0x5A5A5A5A;
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(stride * height), kUntouched);
    PlanarDecoder decoder;
    (void)decoder.decode({data + 2, size - 2}, width, height, pixels.data(), stride);
    for (int y = 0; y < height; ++y) {
        if (pixels[static_cast<std::size_t>(y * stride + width)] != kUntouched)
            std::abort();
    }
    return 0;
}
