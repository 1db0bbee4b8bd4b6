#include "core/graphics/tile_classifier.h"

#include "core/graphics/tile_grid.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace sightline {

namespace {

constexpr std::size_t kTile = TileGrid::kTile;
constexpr std::size_t kMaxColors = 64;

/// Per octet, as the planar encoder does it; the compiler makes vectors of it.
void subtractOctets(
    const std::uint32_t* row, const std::uint32_t* above, std::size_t width, std::uint32_t* difference)
{
    const auto* a = reinterpret_cast<const std::uint8_t*>(row);
    const auto* b = reinterpret_cast<const std::uint8_t*>(above);
    auto* out = reinterpret_cast<std::uint8_t*>(difference);
    for (std::size_t i = 0; i < width * sizeof(std::uint32_t); ++i)
        out[i] = static_cast<std::uint8_t>(a[i] - b[i]);
}

/// How often a pixel's difference is not that of the pixel before it: there the planar encoder has to spend
/// octets.
int countChanges(const std::uint32_t* differences, std::size_t width)
{
    int changes = differences[0] != 0 ? 1 : 0;
    for (std::size_t x = 1; x < width; ++x)
        changes += differences[x] != differences[x - 1] ? 1 : 0;
    return changes;
}

} // namespace

TileLook lookAt(const PictureView& area)
{
    assert(area.width > 0 && area.width <= static_cast<int>(kTile));
    const auto width = static_cast<std::size_t>(area.width);
    std::array<std::array<std::uint32_t, kTile>, 2> rows{};
    std::array<std::uint32_t, kTile> differences{};
    TileLook look{.color = *area.pixels & kColorMask};
    std::uint32_t other = 0;
    int changes = 0;
    for (int y = 0; y < area.height; ++y) {
        auto& row = rows[static_cast<std::size_t>(y & 1)];
        const auto& above = rows[static_cast<std::size_t>(y & 1) ^ 1U];
        const std::uint32_t* pixels = area.row(y);
        for (std::size_t x = 0; x < width; ++x) {
            row[x] = pixels[x] & kColorMask;
            other |= row[x] ^ look.color;
        }
        subtractOctets(row.data(), above.data(), width, differences.data());
        changes += countChanges(differences.data(), width);
    }
    look.isOneColor = other == 0;
    // Three planes with a value each, and an octet for each row and plane.
    look.planarBytes = 3 * (changes + area.height);
    return look;
}

bool hasMoreColorsThan(int limit, const PictureView& area)
{
    assert(limit < static_cast<int>(kMaxColors));
    std::array<std::uint32_t, kMaxColors> colors{};
    std::size_t count = 0;
    std::uint32_t last = ~*area.pixels;
    for (int y = 0; y < area.height; ++y) {
        const std::uint32_t* row = area.row(y);
        for (int x = 0; x < area.width; ++x) {
            const std::uint32_t color = row[x] & kColorMask;
            if (color == last)
                continue;
            last = color;
            const auto end = colors.begin() + static_cast<std::ptrdiff_t>(count);
            if (std::find(colors.begin(), end, color) != end)
                continue;
            if (count == static_cast<std::size_t>(limit))
                return true;
            colors[count++] = color;
        }
    }
    return false;
}

} // namespace sightline
