#pragma once

#include "core/graphics/picture.h"
#include "core/graphics/tile_grid.h"

#include <cstdint>
#include <vector>

namespace sightline {

/// What one viewer shows, pixel by pixel, with marks in the octet that pictures leave unused: where the
/// viewer's pixel is unknown, and where it is only lossily the colour that is stored. Marks move with the
/// pixels when areas are copied, as they do at the viewer.
class ReferencePicture {
public:
    static constexpr std::uint32_t kLossy = 0x01000000;
    static constexpr std::uint32_t kUnknown = 0x80000000;
    /// What differs between a pixel of a screen and one of the reference: its colour, or that it is not
    /// known.
    static constexpr std::uint32_t kCompared = 0x80FFFFFF;

    /// Everything is unknown from now on.
    void reset(Size size);

    const TileGrid& grid() const { return m_grid; }
    PictureView view() const { return m_pixels.view(); }

    /// The viewer has these pixels of `screen`, exactly.
    void store(const PictureView& screen, const Rect& area);
    /// The viewer has them, but not exactly.
    void markLossy(const Rect& area);
    /// The viewer shows them by another surface: whatever is on this one here is unknown, and not compared.
    void cover(const PictureView& screen, const Rect& area);
    /// That surface is gone, and its picture, which was not exact, still shows.
    void uncover(const Rect& area) { markLossy(area); }
    /// The viewer may show anything here.
    void forget(const Rect& area);
    /// What SurfaceToSurface does.
    void copy(const Rect& source, Point to);

    bool hasLossy() const { return m_lossyTiles > 0; }
    /// Tiles with lossy pixels, those marked last first.
    std::vector<int> lossyTiles() const;
    /// The smallest rectangle around the lossy pixels of a tile.
    Rect lossyBox(int tile) const;

private:
    void noteLossy(int tile, bool isLossy);

    TileGrid m_grid;
    Picture m_pixels;
    std::vector<std::uint64_t> m_markedAt; ///< per tile; 0: nothing lossy in it
    std::uint64_t m_marks = 0;
    int m_lossyTiles = 0;
};

} // namespace sightline
