#include "core/graphics/video_finder.h"

#include <algorithm>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// Slower than this is a slide show, which is better as single pictures.
constexpr Duration kLongestPause = 90ms;
constexpr int kFewestChanges = 8;
// Below this, tiles are as good.
constexpr long kSmallestFilm = 160L * 120;

/// From an even number to an even number, inside the picture.
Rect evened(const Rect& rect, const Rect& picture)
{
    const Rect inside = intersected(rect, picture);
    const int left = inside.x / 2 * 2;
    const int top = inside.y / 2 * 2;
    const int right = std::min((inside.right() + 1) / 2 * 2, picture.width / 2 * 2);
    const int bottom = std::min((inside.bottom() + 1) / 2 * 2, picture.height / 2 * 2);
    return {left, top, right - left, bottom - top};
}

} // namespace

void VideoFinder::reset(const TileGrid& grid)
{
    m_grid = grid;
    m_tiles.assign(static_cast<std::size_t>(grid.count()), {});
}

void VideoFinder::note(std::span<const TileChange> changes, std::span<const Rect> photos, TimePoint now)
{
    for (const TileChange& change : changes) {
        Tile& tile = m_tiles[static_cast<std::size_t>(change.tile)];
        if (now - tile.last > kLongestPause)
            tile = {};
        tile.last = now;
        ++tile.changes;
        tile.box = united(tile.box, change.box);
    }
    for (const Rect& photo : photos) {
        const int index = m_grid.at(photo.x / TileGrid::kTile, photo.y / TileGrid::kTile);
        ++m_tiles[static_cast<std::size_t>(index)].photos;
    }
}

std::optional<Rect> VideoFinder::find(TimePoint now)
{
    for (Tile& tile : m_tiles)
        tile.isVisited = false;
    Region best;
    for (int index = 0; index < m_grid.count(); ++index) {
        const Tile& tile = m_tiles[static_cast<std::size_t>(index)];
        if (tile.isVisited || tile.photos < kFewestChanges || !isMoving(tile, now))
            continue;
        const Region region = regionAround(index, now);
        if (isFilm(region) && region.area > best.area)
            best = region;
    }
    if (best.tiles == 0)
        return std::nullopt;
    return evened(best.bounds, m_grid.picture());
}

bool VideoFinder::isMoving(const Tile& tile, TimePoint now) const
{
    return tile.changes >= kFewestChanges / 2 && now - tile.last <= kLongestPause;
}

VideoFinder::Region VideoFinder::regionAround(int tile, TimePoint now)
{
    Region region;
    m_pending.assign(1, tile);
    m_tiles[static_cast<std::size_t>(tile)].isVisited = true;
    while (!m_pending.empty()) {
        const int at = m_pending.back();
        m_pending.pop_back();
        const Tile& one = m_tiles[static_cast<std::size_t>(at)];
        region.bounds = united(region.bounds, one.box);
        region.area += one.box.area();
        ++region.tiles;
        region.photos += 2 * one.photos >= one.changes ? 1 : 0;
        const Rect around = m_grid.tile(at);
        const Rect wider{around.x - 1, around.y - 1, around.width + 2, around.height + 2};
        m_grid.forEachTile(wider, [&](int next, const Rect&) {
            Tile& neighbour = m_tiles[static_cast<std::size_t>(next)];
            if (!neighbour.isVisited && isMoving(neighbour, now)) {
                neighbour.isVisited = true;
                m_pending.push_back(next);
            }
        });
    }
    return region;
}

bool VideoFinder::isFilm(const Region& region) const
{
    return region.bounds.area() >= kSmallestFilm && 2 * region.photos >= region.tiles
        && region.area >= region.bounds.area() / 4 * 3;
}

} // namespace sightline
