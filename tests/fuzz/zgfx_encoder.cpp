#include "core/graphics/zgfx_encoder.h"
#include "core/graphics/zgfx_decoder.h"

#include <freerdp/codec/zgfx.h>

#include <algorithm>
#include <cstdlib>

using namespace sightline;

namespace {

void checkDecoded(ZgfxDecoder& decoder, ZGFX_CONTEXT* peer, const Bytes& message, ByteView segment)
{
    Bytes ours;
    if (!decoder.decodeMessage(message, kZgfxSegment, ours)
        || !std::equal(ours.begin(), ours.end(), segment.begin(), segment.end()))
        std::abort();
    BYTE* out = nullptr;
    UINT32 size = 0;
    const int status
        = zgfx_decompress(peer, message.data(), static_cast<UINT32>(message.size()), &out, &size, 0);
    if (status < 0 || !std::equal(out, out + size, segment.begin(), segment.end()))
        std::abort();
    std::free(out);
}

} // namespace

/// The first octet chooses scope and effort; then segments, before each of which an octet says how long it
/// is, how often it comes and whether the history is forgotten before it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    ZgfxEncoder encoder((data[0] & 1) != 0 ? ZgfxEncoder::Scope::Segment : ZgfxEncoder::Scope::Stream);
    encoder.setEffort((data[0] & 2) != 0 ? ZgfxEncoder::Effort::Thorough : ZgfxEncoder::Effort::Fast);
    ZgfxDecoder decoder;
    ZGFX_CONTEXT* const peer = zgfx_context_new(FALSE);
    ByteView rest(data + 1, size - 1);
    while (rest.size() > 1) {
        const std::uint8_t choice = rest[0];
        rest = rest.subspan(1);
        const std::size_t wanted = (choice & 0x80) != 0 ? rest.size() : 1 + std::size_t(choice & 0x1F) * 8;
        const ByteView segment = rest.first(std::min({wanted, rest.size(), kZgfxSegment}));
        if ((choice & 0x40) != 0)
            encoder.reset();
        for (int times = (choice & 0x20) != 0 ? 4 : 1; times > 0; --times) {
            Bytes message{kZgfxSingle};
            encoder.encode(segment, message);
            if (message.size() > segment.size() + 2)
                std::abort();
            checkDecoded(decoder, peer, message, segment);
        }
        rest = rest.subspan(segment.size());
    }
    zgfx_context_free(peer);
    return 0;
}
