#pragma once

#include "core/base/bytes.h"
#include "core/graphics/cursor.h"

#include <cstdint>

namespace sightline {

/// A cursor as RDP draws it (MS-RDPBCGR 2.2.9.1.1.4.4 and 2.2.9.1.1.4.5): 32 bits a pixel, both masks from
/// the bottom row up.
struct PointerImage {
    std::uint16_t width = 0;
    std::uint16_t height = 0;
    std::uint16_t hotSpotX = 0;
    std::uint16_t hotSpotY = 0;
    Bytes xorMask; ///< B, G, R, A
    Bytes andMask; ///< one bit a pixel, rows of whole 16-bit words; set where the pixel is fully transparent
};

/// `shape` is not empty. It is made smaller when a side is longer than `maxSide`, and a hot spot outside is
/// moved in.
PointerImage pointerImageOf(const CursorShape& shape, int maxSide);

/// Whether there is anything to see and the shape's numbers agree with each other.
bool isVisible(const CursorShape& shape);

} // namespace sightline
