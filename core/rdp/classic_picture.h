#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace sightline {

/// The picture for a viewer without a graphics channel, between whoever paints it and the RDP thread that
/// sends it in tiles: a newer pixel replaces an older one that waits. Thread-safe.
class ClassicPicture {
public:
    /// A side of the tiles: what fits into one fast-path PDU however badly it compresses.
    static constexpr int kTile = 64;

    struct Tile {
        Rect rect; ///< on the picture
        /// Its pixels, in rows of `stride`, which is a multiple of four (MS-RDPBCGR 2.2.9.1.1.3.1.2.2): what
        /// is beyond the rectangle repeats its last column.
        std::vector<std::uint32_t> pixels;
        int stride = 0;
    };

    // Whoever paints.
    void resize(Size size); ///< black
    void paint(const PictureView& output, const Rects& dirty, std::uint32_t frame);

    // RDP thread.
    bool isEmpty() const; ///< there is nothing to do
    std::size_t bytesWaiting() const; ///< about
    /// A new size to tell the viewer before the next tile.
    std::optional<Size> takeSize();
    /// Everything anew.
    void repaint();
    std::optional<Tile> takeTile();
    /// The frame that is complete now that no tile is left; once.
    std::optional<std::uint32_t> takeFrame();

private:
    void add(const Rect& dirty);

    mutable std::mutex m_mutex; // guards all below
    Picture m_picture;
    std::optional<Size> m_newSize;
    std::vector<bool> m_dirty; ///< by tile, row by row
    int m_columns = 0;
    std::size_t m_dirtyTiles = 0;
    std::size_t m_next = 0; ///< where to look on, so that no part of a busy picture starves
    std::optional<std::uint32_t> m_frame;
};

} // namespace sightline
