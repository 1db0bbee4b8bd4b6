#include "core/graphics/remotefx_color.h"

#include <algorithm>
#include <cassert>

namespace sightline {

namespace {

constexpr std::size_t kHalf = kRemoteFxTile / 2;

// The factors of MS-RDPRFX 3.1.8.1.3 times 2^14. Samples are scaled by 2^7 and products lose 16 bits, which
// leaves the five bits of fraction. Everything stays in 16 bits, eight pixels to an SSE2 register. Each row
// of factors sums up to 1 (luma) or 0 (chroma), so that greys stay grey.
constexpr int kRedY = 4899;
constexpr int kGreenY = 9617;
constexpr int kBlueY = 1868;
constexpr int kRedCb = 2768;
constexpr int kGreenCb = 5434;
constexpr int kBlueCb = 8202;
constexpr int kRedCr = 8189;
constexpr int kGreenCr = 6857;
constexpr int kBlueCr = 1332;

std::int16_t scaled(std::int16_t sample, int factor)
{
    return static_cast<std::int16_t>((sample * factor) >> 16);
}

/// Every second pixel of a row, from the first one given.
void convertHalf(const std::uint32_t* pixels, std::int16_t* y, std::int16_t* cb, std::int16_t* cr)
{
    std::array<std::int16_t, kHalf> red;
    std::array<std::int16_t, kHalf> green;
    std::array<std::int16_t, kHalf> blue;
    for (std::size_t i = 0; i < kHalf; ++i) {
        const std::uint32_t pixel = pixels[2 * i];
        red[i] = static_cast<std::int16_t>(pixel >> 9 & 0x7F80);
        green[i] = static_cast<std::int16_t>(pixel >> 1 & 0x7F80);
        blue[i] = static_cast<std::int16_t>(pixel << 7 & 0x7F80);
    }
    for (std::size_t i = 0; i < kHalf; ++i) {
        const auto r = red[i];
        const auto g = green[i];
        const auto b = blue[i];
        y[i] = static_cast<std::int16_t>(scaled(r, kRedY) + scaled(g, kGreenY) + scaled(b, kBlueY) - 4096);
        cb[i] = static_cast<std::int16_t>(scaled(b, kBlueCb) - scaled(r, kRedCb) - scaled(g, kGreenCb));
        cr[i] = static_cast<std::int16_t>(scaled(r, kRedCr) - scaled(g, kGreenCr) - scaled(b, kBlueCr));
    }
}

/// A row of the tile, with the area's edges repeated at both ends.
void extend(const std::uint32_t* row, const Rect& area, int left, std::uint32_t* out)
{
    for (int x = 0; x < kRemoteFxTile; ++x)
        out[x] = row[std::clamp(left + x, area.x, area.right() - 1)];
}

} // namespace

void toRemoteFxPlanes(const PictureView& screen, const Rect& area, Point origin, RemoteFxPlanes& planes)
{
    assert(!area.isEmpty() && Rect({origin.x, origin.y, kRemoteFxTile, kRemoteFxTile}).contains(area));
    std::array<std::uint32_t, kRemoteFxTile> extended;
    std::size_t at = 0;
    for (int y = 0; y < kRemoteFxTile; ++y, at += kRemoteFxTile) {
        const std::uint32_t* row = screen.row(std::clamp(origin.y + y, area.y, area.bottom() - 1));
        if (area.width == kRemoteFxTile) {
            row += area.x;
        } else {
            extend(row, area, origin.x, extended.data());
            row = extended.data();
        }
        std::int16_t* luma = planes.components[0].values.data() + at;
        std::int16_t* cb = planes.components[1].values.data() + at;
        std::int16_t* cr = planes.components[2].values.data() + at;
        convertHalf(row, luma, cb, cr);
        convertHalf(row + 1, luma + kHalf, cb + kHalf, cr + kHalf);
    }
}

} // namespace sightline
