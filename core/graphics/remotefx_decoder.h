#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/graphics/geometry.h"
#include "core/graphics/remotefx_inverse.h"
#include "core/graphics/rlgr_decoder.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sightline {

/// What a RemoteFX message of one frame says, with its tiles still encoded (MS-RDPRFX 2.2.2).
struct RemoteFxMessage {
    struct Tile {
        int column = 0;
        int row = 0;
        std::array<std::uint8_t, 3> quantisers{}; ///< indices
        std::array<ByteView, 3> components; ///< Y, Cb, Cr
    };

    RlgrMode mode = RlgrMode::Rlgr3;
    Size size; ///< of the channel
    Rects areas; ///< what is drawn, inside `size`
    std::vector<RemoteFxQuantisers> quantisers;
    std::vector<Tile> tiles;
};

/// Takes a message apart that begins with its headers and needs nothing from messages before it, as
/// MS-RDPEGFX wants it. Views point into `octets`. ParseFailed when it is malformed.
Result<RemoteFxMessage> parseRemoteFx(ByteView octets);

/// Decodes such messages. Takes hostile octets; memory is a tile, and the message taken apart. Portable,
/// pure.
class RemoteFxDecoder {
public:
    /// Draws the message's areas, as far as they are inside `size`, at `to`, which has `stride` pixels a row.
    /// What was drawn comes back.
    Result<Rects> decode(ByteView octets, Size size, std::uint32_t* to, std::ptrdiff_t stride);

private:
    void decodeTile(const RemoteFxMessage& message, const RemoteFxMessage::Tile& tile);

    RlgrDecoder m_rlgr;
    RemoteFxCoefficients m_coefficients;
    std::array<RemoteFxValues, 3> m_values;
    alignas(64) std::array<std::uint32_t, kRemoteFxTile * kRemoteFxTile> m_pixels;
};

} // namespace sightline
