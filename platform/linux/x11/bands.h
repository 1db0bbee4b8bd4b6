#pragma once

#include "core/graphics/geometry.h"

namespace sightline {

/// The horizontal bands, as wide as `area` and in order from top to bottom, that cover what of `rects` lies
/// in `area`. Bands closer than `maxGap` rows become one: reading a few rows too many costs less than a
/// request.
Rects bandsOf(const Rects& rects, const Rect& area, int maxGap);

} // namespace sightline
