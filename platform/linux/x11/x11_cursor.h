#pragma once

#include "core/base/result.h"
#include "core/graphics/cursor.h"

#include <cstdint>
#include <span>

namespace sightline {

class X11Connection;

/// The pointer's picture as it is on the screen now; empty when there is none to see.
Result<CursorShape> readCursorShape(X11Connection& connection);

/// Colours divided by alpha: X cursors are premultiplied (XFIXES, GetCursorImage), CursorShape's are not.
std::uint32_t withStraightAlpha(std::uint32_t premultiplied);

} // namespace sightline
