#include "core/graphics/tile_diff.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace sightline {

namespace {

constexpr int kTile = TileGrid::kTile;

// The loops below are written for the vectoriser: whole rows without an exit inside.

struct Changed {
    PictureView screen;
    PictureView reference;
    struct Row {
        const std::uint32_t* screen;
        const std::uint32_t* reference;
        std::uint32_t operator[](int x) const
        {
            return (screen[x] & kColorMask) ^ (reference[x] & ReferencePicture::kCompared);
        }
    };
    Row row(const Rect& area, int y) const
    {
        return {screen.row(area.y + y) + area.x, reference.row(area.y + y) + area.x};
    }
};

struct Recolored {
    PictureView screen;
    PictureView reference;
    struct Row {
        const std::uint32_t* screen;
        const std::uint32_t* reference;
        std::uint32_t operator[](int x) const { return (screen[x] ^ reference[x]) & kColorMask; }
    };
    Row row(const Rect& area, int y) const
    {
        return {screen.row(area.y + y) + area.x, reference.row(area.y + y) + area.x};
    }
};

struct Marked {
    PictureView picture;
    std::uint32_t bits;
    struct Row {
        const std::uint32_t* pixels;
        std::uint32_t bits;
        std::uint32_t operator[](int x) const { return pixels[x] & bits; }
    };
    Row row(const Rect& area, int y) const { return {picture.row(area.y + y) + area.x, bits}; }
};

template <typename Row> std::uint32_t anyOf(const Row& row, int width)
{
    std::uint32_t any = 0;
    if (width == kTile) {
        for (int x = 0; x < kTile; ++x)
            any |= row[x];
    } else {
        for (int x = 0; x < width; ++x)
            any |= row[x];
    }
    return any;
}

template <typename Difference> Rect boxWhere(const Difference& difference, const Rect& area)
{
    assert(area.width <= kTile);
    std::array<std::uint32_t, kTile> columns{};
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < area.height; ++y) {
        const auto row = difference.row(area, y);
        if (anyOf(row, area.width) == 0)
            continue;
        if (top < 0)
            top = y;
        bottom = y + 1;
        for (int x = 0; x < area.width; ++x)
            columns[static_cast<std::size_t>(x)] |= row[x];
    }
    if (top < 0)
        return {};
    int left = 0;
    while (columns[static_cast<std::size_t>(left)] == 0)
        ++left;
    int right = area.width;
    while (columns[static_cast<std::size_t>(right - 1)] == 0)
        --right;
    return {area.x + left, area.y + top, right - left, bottom - top};
}

} // namespace

Rect changedBox(const PictureView& screen, const PictureView& reference, const Rect& area)
{
    return boxWhere(Changed{screen, reference}, area);
}

Rect recoloredBox(const PictureView& screen, const PictureView& reference, const Rect& area)
{
    Rect box;
    for (int x = area.x; x < area.right(); x += kTile) {
        const Rect column{x, area.y, std::min(kTile, area.right() - x), area.height};
        box = united(box, boxWhere(Recolored{screen, reference}, column));
    }
    return box;
}

Rect markedBox(const PictureView& picture, const Rect& area, std::uint32_t bits)
{
    return boxWhere(Marked{picture, bits}, area);
}

const std::vector<TileChange>& TileDiff::find(
    const PictureView& screen, const ReferencePicture& reference, std::span<const Rect> damage)
{
    const TileGrid& grid = reference.grid();
    m_changes.clear();
    m_damaged.resize(static_cast<std::size_t>(grid.count()));
    for (const Rect& rect : damage) {
        grid.forEachTile(rect, [this](int tile, const Rect& part) {
            Rect& damaged = m_damaged[static_cast<std::size_t>(tile)];
            damaged = united(damaged, part);
        });
    }
    for (int tile = 0; tile < grid.count(); ++tile) {
        Rect& damaged = m_damaged[static_cast<std::size_t>(tile)];
        if (damaged.isEmpty())
            continue;
        const Rect box = changedBox(screen, reference.view(), damaged);
        if (!box.isEmpty())
            m_changes.push_back({tile, box});
        damaged = {};
    }
    return m_changes;
}

} // namespace sightline
