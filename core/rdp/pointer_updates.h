#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/geometry.h"

struct rdp_context;
struct rdp_pointer;

namespace sightline {

// Between our cursors and FreeRDP's. RDP thread only.

/// Sends `shape` as the pointer, as large as the viewer takes it; one that shows nothing as the hidden
/// pointer. False when the connection broke.
bool sendCursorShape(rdp_context* context, const CursorShape& shape);
/// Outside of what 16 bits can say it is moved to the nearest place that they can.
bool sendCursorPosition(rdp_context* context, Point position);

/// A pointer that arrived, whatever colour depth it has; empty when it makes no sense.
CursorShape cursorShapeOf(const rdp_context* context, const rdp_pointer* pointer);

} // namespace sightline
