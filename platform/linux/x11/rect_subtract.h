#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// What of `rects` lies outside `hole`, as rectangles that overlap no more than those did.
Rects subtracted(const Rects& rects, const Rect& hole);

/// What of `rects` lies inside `area`.
Rects clipped(const Rects& rects, const Rect& area);

} // namespace sightline
