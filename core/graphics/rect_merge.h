#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// Joins rectangles that share a whole edge, first beside, then below each other, into fewer that cover the
/// same pixels. They must not overlap; they come sorted by row and then by column, as tiles do.
Rects mergeRects(const Rects& rects);

/// What of `rects` lies outside of `hole`, in pieces.
Rects without(const Rects& rects, const Rect& hole);

} // namespace sightline
