#pragma once

#include "core/graphics/geometry.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sightline {

/// Pixels that somebody else owns: 32 bits each, 0xXXRRGGBB in a host-endian word (B,G,R,X in memory on the
/// machines we run on). The X octet is undefined and never compared, hashed or sent.
/// `stride` is the distance between rows in pixels.
struct PictureView {
    const std::uint32_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    std::ptrdiff_t stride = 0;

    const std::uint32_t* row(int y) const { return pixels + y * stride; }
    Rect rect() const { return {0, 0, width, height}; }
    PictureView part(const Rect& r) const { return {row(r.y) + r.x, r.width, r.height, stride}; }
};

inline constexpr std::uint32_t kColorMask = 0x00FFFFFF;

/// A picture that owns its pixels; rows follow each other without a gap.
class Picture {
public:
    Picture() = default;
    Picture(int width, int height, std::uint32_t color = 0)
        : m_width(width)
        , m_height(height)
        , m_pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), color)
    {
    }

    int width() const { return m_width; }
    int height() const { return m_height; }
    bool isEmpty() const { return m_pixels.empty(); }
    Rect rect() const { return {0, 0, m_width, m_height}; }
    std::uint32_t* row(int y) { return m_pixels.data() + static_cast<std::ptrdiff_t>(y) * m_width; }
    const std::uint32_t* row(int y) const
    {
        return m_pixels.data() + static_cast<std::ptrdiff_t>(y) * m_width;
    }
    PictureView view() const { return {m_pixels.data(), m_width, m_height, m_width}; }

private:
    int m_width = 0;
    int m_height = 0;
    std::vector<std::uint32_t> m_pixels;
};

} // namespace sightline
