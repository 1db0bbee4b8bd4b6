#include "core/graphics/yuv_picture.h"

#include <algorithm>
#include <array>

// The loops are written for the vectoriser: whole rows, no branches, 32 bits throughout.

namespace sightline {

namespace {

int red(std::uint32_t pixel)
{
    return static_cast<int>(pixel >> 16 & 0xFF);
}

int green(std::uint32_t pixel)
{
    return static_cast<int>(pixel >> 8 & 0xFF);
}

int blue(std::uint32_t pixel)
{
    return static_cast<int>(pixel & 0xFF);
}

void lumaRow(const std::uint32_t* row, int width, std::uint8_t* out)
{
    // 0.2126, 0.7152 and 0.0722 in 1/65536; their sum is 1.
    for (int x = 0; x < width; ++x)
        out[x] = static_cast<std::uint8_t>(
            (13933 * red(row[x]) + 46871 * green(row[x]) + 4732 * blue(row[x]) + 32768) >> 16);
}

/// Of the mean of two pixels in each of two rows.
void chromaRow(
    const std::uint32_t* upper, const std::uint32_t* lower, int width, std::uint8_t* outU, std::uint8_t* outV)
{
    constexpr int kHalf = 128 * 4 * 65536 + 2 * 65536 - 1;
    for (int x = 0; x < width / 2; ++x) {
        const std::uint32_t a = upper[2 * x];
        const std::uint32_t b = upper[2 * x + 1];
        const std::uint32_t c = lower[2 * x];
        const std::uint32_t d = lower[2 * x + 1];
        const int r = red(a) + red(b) + red(c) + red(d);
        const int g = green(a) + green(b) + green(c) + green(d);
        const int bl = blue(a) + blue(b) + blue(c) + blue(d);
        outU[x] = static_cast<std::uint8_t>((-7509 * r - 25259 * g + 32768 * bl + kHalf) >> 18);
        outV[x] = static_cast<std::uint8_t>((32768 * r - 29763 * g - 3005 * bl + kHalf) >> 18);
    }
}

std::uint32_t clamped(int value)
{
    return static_cast<std::uint32_t>(std::clamp(value, 0, 255));
}

/// What one row of chroma adds to each pixel of two rows of luma.
struct ChromaOffsets {
    static constexpr int kMost = 256; ///< pixels
    std::array<std::int16_t, kMost> red;
    std::array<std::int16_t, kMost> green;
    std::array<std::int16_t, kMost> blue;

    void assign(const std::uint8_t* chromaU, const std::uint8_t* chromaV, int count)
    {
        // 1.5748, 0.1873, 0.4681 and 1.8556 in 1/65536
        for (int i = 0; i < count; ++i) {
            const int u = chromaU[i] - 128;
            const int v = chromaV[i] - 128;
            const auto r = static_cast<std::int16_t>((103206 * v + 32768) >> 16);
            const auto g = static_cast<std::int16_t>((12275 * u + 30677 * v + 32768) >> 16);
            const auto b = static_cast<std::int16_t>((121609 * u + 32768) >> 16);
            const auto at = static_cast<std::size_t>(2 * i);
            red[at] = red[at + 1] = r;
            green[at] = green[at + 1] = g;
            blue[at] = blue[at + 1] = b;
        }
    }
};

void rgbRow(const std::uint8_t* luma, const ChromaOffsets& offsets, int count, std::uint32_t* out)
{
    for (int x = 0; x < count; ++x) {
        const auto at = static_cast<std::size_t>(x);
        const int y = luma[x];
        const int r = y + offsets.red[at];
        const int g = y - offsets.green[at];
        const int b = y + offsets.blue[at];
        out[x] = clamped(r) << 16 | clamped(g) << 8 | clamped(b);
    }
}

} // namespace

void YuvPicture::assign(const PictureView& picture)
{
    m_width = picture.width;
    m_height = picture.height;
    const auto pixels = static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height);
    m_planes.resize(pixels + pixels / 2);
    std::uint8_t* y = m_planes.data();
    std::uint8_t* u = y + pixels;
    std::uint8_t* v = u + pixels / 4;
    for (int row = 0; row < m_height; row += 2) {
        lumaRow(picture.row(row), m_width, y);
        lumaRow(picture.row(row + 1), m_width, y + m_width);
        chromaRow(picture.row(row), picture.row(row + 1), m_width, u, v);
        y += 2 * m_width;
        u += m_width / 2;
        v += m_width / 2;
    }
}

YuvView YuvPicture::view() const
{
    const auto pixels = static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height);
    const std::uint8_t* y = m_planes.data();
    return {y, y + pixels, y + pixels + pixels / 4, m_width, m_width / 2, m_width, m_height};
}

void drawYuv(const YuvView& from, const Rect& area, std::uint32_t* to, std::ptrdiff_t stride)
{
    ChromaOffsets offsets;
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint8_t* const luma = from.y + y * from.lumaStride;
        const std::ptrdiff_t chroma = y / 2 * from.chromaStride;
        for (int x = area.x; x < area.right(); x += ChromaOffsets::kMost) {
            const int end = std::min(x + ChromaOffsets::kMost, area.right());
            offsets.assign(from.u + chroma + x / 2, from.v + chroma + x / 2, (end - x + 1) / 2);
            rgbRow(luma + x, offsets, end - x, to + y * stride + x);
        }
    }
}

} // namespace sightline
