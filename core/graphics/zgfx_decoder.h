#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/graphics/zgfx_tokens.h"

namespace sightline {

/// Decodes what a ZgfxEncoder, or any other RDP8 bulk compressor, has made (MS-RDPEGFX 3.1.9.1). Takes
/// hostile octets: memory is bounded by the history and the limit of the caller. After a failure the decoder
/// is of no use until reset(). Portable, pure.
class ZgfxDecoder {
public:
    void reset();

    /// Appends what an RDP_SEGMENTED_DATA (2.2.5.1) stands for to `out`, `limit` octets at most.
    Result<void> decodeMessage(ByteView message, std::size_t limit, Bytes& out);
    /// The same for one RDP8_BULK_ENCODED_DATA (2.2.5.3): kZgfxSegment octets at most.
    Result<void> decodeSegment(ByteView segment, Bytes& out);

private:
    class BitReader;

    // `start`: where the segment's octets begin in `out`.
    static bool copyRaw(BitReader& reader, std::size_t room, Bytes& out);
    bool decodeTokens(BitReader& reader, std::size_t start, Bytes& out);
    bool copyMatch(BitReader& reader, std::size_t distance, std::size_t start, Bytes& out);
    void remember(ByteView octets);

    Bytes m_history; ///< a ring once it is full
    std::size_t m_next = 0; ///< where its next octet goes
};

} // namespace sightline
