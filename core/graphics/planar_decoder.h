#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sightline {

/// Decodes MS-RDPEGDI 2.2.2.5.1 (RDP6_BITMAP_STREAM) as MS-RDPEGFX uses it, with its first row on top: planes
/// of red, green and blue, run-length encoded or plain; an alpha plane is passed over. Colour loss and
/// subsampling are refused. Takes hostile octets: memory is two rows. Portable, pure.
class PlanarDecoder {
public:
    /// Draws the picture of `width` x `height`, neither 0, at `to`, which has `stride` pixels a row.
    /// ParseFailed when the octets are not one of that size; part of it may be drawn then.
    Result<void> decode(ByteView octets, int width, int height, std::uint32_t* to, std::ptrdiff_t stride);

private:
    bool decodePlane(ByteView& octets, int height, int shift, std::uint32_t* to, std::ptrdiff_t stride);
    bool decodeRow(ByteView& octets);

    std::vector<std::uint8_t> m_row; ///< of values, or of differences
    std::vector<std::uint8_t> m_above;
};

} // namespace sightline
