#include "core/graphics/zgfx_decoder.h"

#include <freerdp/codec/zgfx.h>

#include <algorithm>
#include <cstdlib>

using namespace sightline;

namespace {

constexpr std::size_t kLimit = 1024 * 1024;

/// FreeRDP's decoder makes the same of what ours takes.
void compare(ZGFX_CONTEXT* peer, ByteView message, ByteView expected)
{
    BYTE* out = nullptr;
    UINT32 size = 0;
    const int status
        = zgfx_decompress(peer, message.data(), static_cast<UINT32>(message.size()), &out, &size, 0);
    if (status < 0 || size != expected.size() || !std::equal(expected.begin(), expected.end(), out))
        std::abort();
    std::free(out);
}

} // namespace

/// Messages of one channel; two octets before each are its length.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    ZgfxDecoder decoder;
    ZGFX_CONTEXT* const peer = zgfx_context_new(FALSE);
    ByteView rest(data, size);
    while (rest.size() > 2) {
        const std::size_t length = std::min<std::size_t>(rest[0] | rest[1] << 8, rest.size() - 2);
        const ByteView message = rest.subspan(2, length);
        rest = rest.subspan(2 + length);
        Bytes out;
        if (!decoder.decodeMessage(message, kLimit, out))
            break;
        if (out.size() > kLimit)
            std::abort();
        if (!out.empty())
            compare(peer, message, out);
    }
    zgfx_context_free(peer);
    return 0;
}
