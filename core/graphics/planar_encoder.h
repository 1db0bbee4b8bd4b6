#pragma once

#include "core/graphics/picture.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

/// Encodes pictures losslessly as MS-RDPEGDI 2.2.2.5.1 (RDP6_BITMAP_STREAM): planes of red, green and blue,
/// no alpha, first row on top as MS-RDPEGFX wants it; run-length encoded or plain, whichever is smaller.
/// Keeps its memory.
class PlanarEncoder {
public:
    /// Valid until the next call. `picture` is not empty.
    std::span<const std::uint8_t> encode(const PictureView& picture);

private:
    void split(const PictureView& picture);
    std::size_t encodePlane(const std::uint8_t* plane, int width, int height, std::uint8_t* out);

    std::vector<std::uint8_t> m_planes; ///< red, green, blue, one after the other
    std::vector<std::uint8_t> m_row; ///< of differences, with room behind it for reads of whole words
    std::vector<std::uint8_t> m_encoded;
};

} // namespace sightline
