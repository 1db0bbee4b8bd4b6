#pragma once

#include "core/base/clock.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/tile_grid.h"

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sightline {

/// What one command draws.
struct CommandEffect {
    std::uint16_t surface = 0;
    Rects areas; ///< every pixel of them, and no other; they may overlap
    bool isFilm = false; ///< needs the film's pictures before it
    bool isKeyPicture = false; ///< of a film: needs none
};

/// What there is behind all commands that were relayed so far, without pixels: surfaces, when each of their
/// tiles changed, and how large the entries of the cache are. Takes only commands that a GfxScreen has taken.
/// Pure.
class RelayScene {
public:
    struct Tile {
        std::uint32_t version = 0; ///< grows with every change; 0: nobody has drawn here
        TimePoint changed{};
    };
    struct Surface {
        std::uint64_t generation = 0; ///< no two surfaces have the same
        TileGrid grid;
        std::optional<Point> origin; ///< on the output
        std::uint64_t order = 0; ///< the higher ones are above the others
        std::vector<Tile> tiles;
        bool hasFilm = false; ///< there was an AVC420 tile
        std::size_t filmBytes = 0; ///< in the running second
        std::size_t filmRate = 0; ///< octets in the second before it
        TimePoint filmSince{};
    };

    CommandEffect effectOf(const GfxCommand& command) const;
    void apply(const GfxCommand& command, const CommandEffect& effect, TimePoint now);

    std::uint64_t resets() const { return m_resets; } ///< how many there were; 0: there is nothing
    std::uint64_t nextGeneration() const { return m_generations + 1; } ///< that a new surface will have
    const ResetGraphics& output() const { return m_output; }
    /// By id.
    const std::map<std::uint16_t, Surface>& surfaces() const { return m_surfaces; }
    /// Octets of the pixels in a slot; 0: it is empty.
    std::size_t octetsOf(std::uint16_t slot) const;
    /// Is the tile under another surface: wholly (it does not show), or in part?
    enum class Cover { None, Part, Whole };
    Cover coverOf(const Surface& surface, int tile) const;

private:
    void touch(const CommandEffect& effect, TimePoint now);
    void countFilm(Surface& surface, std::size_t octets, TimePoint now);

    ResetGraphics m_output;
    std::uint64_t m_resets = 0;
    std::uint64_t m_generations = 0;
    std::uint64_t m_orders = 0;
    std::uint32_t m_version = 0;
    std::map<std::uint16_t, Surface> m_surfaces;
    std::unordered_map<std::uint16_t, Size> m_cache;
};

} // namespace sightline
