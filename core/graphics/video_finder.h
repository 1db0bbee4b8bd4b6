#pragma once

#include "core/base/clock.h"
#include "core/graphics/tile_diff.h"
#include "core/graphics/tile_grid.h"

#include <optional>
#include <span>
#include <vector>

namespace sightline {

/// Finds where a film plays: tiles next to each other that look like a photo and change in frame after frame.
class VideoFinder {
public:
    void reset(const TileGrid& grid);

    /// What changed in a frame and is not explained by a move; `photos` are those boxes that look like
    /// photos.
    void note(std::span<const TileChange> changes, std::span<const Rect> photos, TimePoint now);
    /// The largest film, with even position and size.
    std::optional<Rect> find(TimePoint now);

private:
    struct Tile {
        TimePoint last{};
        int changes = 0; ///< without a pause
        int photos = 0; ///< among them
        Rect box; ///< around them
        bool isVisited = false;
    };
    struct Region {
        Rect bounds;
        long area = 0; ///< of the boxes
        int tiles = 0;
        int photos = 0;
    };

    bool isMoving(const Tile& tile, TimePoint now) const;
    Region regionAround(int tile, TimePoint now);
    bool isFilm(const Region& region) const;

    TileGrid m_grid;
    std::vector<Tile> m_tiles;
    std::vector<int> m_pending; ///< of one search
};

} // namespace sightline
