#pragma once

#include "core/graphics/reference_picture.h"

#include <span>
#include <vector>

namespace sightline {

/// A tile in which something differs, and the smallest rectangle around what does.
struct TileChange {
    int tile = 0;
    Rect box;
};

/// The smallest rectangle inside `area` (at most one tile wide) outside of which `screen` equals the
/// reference.
Rect changedBox(const PictureView& screen, const PictureView& reference, const Rect& area);

/// The same by colours alone, for an area of any size.
Rect recoloredBox(const PictureView& screen, const PictureView& reference, const Rect& area);

/// The smallest rectangle around the pixels of `area` (at most one tile wide) that have one of the bits set.
Rect markedBox(const PictureView& picture, const Rect& area, std::uint32_t bits);

/// Compares a screen with the reference, tile by tile and only where damage is. Keeps its memory between
/// frames.
class TileDiff {
public:
    /// In the order of the tiles; valid until the next call.
    const std::vector<TileChange>& find(
        const PictureView& screen, const ReferencePicture& reference, std::span<const Rect> damage);

private:
    std::vector<Rect> m_damaged; ///< per tile; all empty between calls
    std::vector<TileChange> m_changes;
};

} // namespace sightline
