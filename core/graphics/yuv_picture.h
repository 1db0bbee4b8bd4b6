#pragma once

#include "core/graphics/picture.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sightline {

/// The planes of a picture as video codecs take it: luma, and chroma at half the size in both directions
/// (4:2:0), BT.709 in full range (MS-RDPEGFX 3.3.8.3.1). Somebody else owns them. Width and height are even;
/// strides in octets.
struct YuvView {
    const std::uint8_t* y = nullptr;
    const std::uint8_t* u = nullptr;
    const std::uint8_t* v = nullptr;
    std::ptrdiff_t lumaStride = 0;
    std::ptrdiff_t chromaStride = 0;
    int width = 0;
    int height = 0;
};

/// One that owns its planes. Keeps its memory between pictures.
class YuvPicture {
public:
    /// Becomes `picture`, whose width and height are even.
    void assign(const PictureView& picture);
    YuvView view() const;

private:
    int m_width = 0;
    int m_height = 0;
    std::vector<std::uint8_t> m_planes;
};

/// Draws `area` of a picture, whose left edge is even, at the same place of `to`, which has `stride` pixels a
/// row.
void drawYuv(const YuvView& from, const Rect& area, std::uint32_t* to, std::ptrdiff_t stride);

} // namespace sightline
