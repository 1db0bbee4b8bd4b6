#include "core/graphics/reference_picture.h"

#include "core/graphics/tile_diff.h"

#include <algorithm>
#include <cstring>

namespace sightline {

void ReferencePicture::reset(Size size)
{
    m_grid = {size};
    m_pixels = Picture(size.width, size.height, kUnknown);
    m_markedAt.assign(static_cast<std::size_t>(m_grid.count()), 0);
    m_marks = 0;
    m_lossyTiles = 0;
}

void ReferencePicture::store(const PictureView& screen, const Rect& area)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint32_t* from = screen.row(y);
        std::uint32_t* to = m_pixels.row(y);
        for (int x = area.x; x < area.right(); ++x)
            to[x] = from[x] & kColorMask;
    }
    if (!hasLossy())
        return;
    m_grid.forEachTile(area, [this](int tile, const Rect&) {
        if (m_markedAt[static_cast<std::size_t>(tile)] != 0 && lossyBox(tile).isEmpty())
            noteLossy(tile, false);
    });
}

void ReferencePicture::cover(const PictureView& screen, const Rect& area)
{
    store(screen, area);
    forget(area);
}

void ReferencePicture::forget(const Rect& area)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        std::uint32_t* row = m_pixels.row(y);
        for (int x = area.x; x < area.right(); ++x)
            row[x] |= kUnknown;
    }
}

void ReferencePicture::markLossy(const Rect& area)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        std::uint32_t* row = m_pixels.row(y);
        for (int x = area.x; x < area.right(); ++x)
            row[x] |= kLossy;
    }
    ++m_marks;
    m_grid.forEachTile(area, [this](int tile, const Rect&) { noteLossy(tile, true); });
}

void ReferencePicture::copy(const Rect& source, Point to)
{
    const std::size_t rowBytes = static_cast<std::size_t>(source.width) * sizeof(std::uint32_t);
    const bool upwards = to.y <= source.y;
    for (int i = 0; i < source.height; ++i) {
        const int y = upwards ? i : source.height - 1 - i;
        std::memmove(m_pixels.row(to.y + y) + to.x, m_pixels.row(source.y + y) + source.x, rowBytes);
    }
    if (!hasLossy())
        return;
    ++m_marks;
    m_grid.forEachTile({to.x, to.y, source.width, source.height},
        [this](int tile, const Rect&) { noteLossy(tile, !lossyBox(tile).isEmpty()); });
}

std::vector<int> ReferencePicture::lossyTiles() const
{
    std::vector<int> tiles;
    if (!hasLossy())
        return tiles;
    for (std::size_t tile = 0; tile < m_markedAt.size(); ++tile) {
        if (m_markedAt[tile] != 0)
            tiles.push_back(static_cast<int>(tile));
    }
    std::stable_sort(tiles.begin(), tiles.end(), [this](int a, int b) {
        return m_markedAt[static_cast<std::size_t>(a)] > m_markedAt[static_cast<std::size_t>(b)];
    });
    return tiles;
}

Rect ReferencePicture::lossyBox(int tile) const
{
    return markedBox(view(), m_grid.tile(tile), kLossy);
}

void ReferencePicture::noteLossy(int tile, bool isLossy)
{
    std::uint64_t& markedAt = m_markedAt[static_cast<std::size_t>(tile)];
    m_lossyTiles += static_cast<int>(isLossy) - static_cast<int>(markedAt != 0);
    markedAt = isLossy ? m_marks : 0;
}

} // namespace sightline
