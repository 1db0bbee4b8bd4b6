#pragma once

#include "core/graphics/geometry.h"

#include <cstdint>
#include <vector>

namespace sightline {

/// A mouse pointer's picture: 0xAARRGGBB, alpha not premultiplied, rows without a gap. Empty size: not
/// visible.
struct CursorShape {
    Size size;
    Point hotSpot;
    std::vector<std::uint32_t> pixels;
    bool operator==(const CursorShape&) const = default;
};

} // namespace sightline
