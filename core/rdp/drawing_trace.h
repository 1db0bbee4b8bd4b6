#pragma once

// For the .cpp files of this folder only.

#include "core/graphics/drawn_area.h"

#include <freerdp/channels/rdpgfx.h>
#include <freerdp/gdi/gfx.h>

namespace sightline {

/// Notes what each graphics command draws, where on the output. RDP thread only.
class DrawingTrace {
public:
    void start(TimePoint now);
    void addTile(const RDPGFX_SURFACE_COMMAND& command, const gdiGfxSurface& surface);
    void addFill(const RDPGFX_SOLID_FILL_PDU& fill, const gdiGfxSurface& surface);
    void addCopy(const RDPGFX_SURFACE_TO_SURFACE_PDU& copy, const gdiGfxSurface& to);
    /// `size` is that of what the slot holds.
    void addCached(const RDPGFX_CACHE_TO_SURFACE_PDU& draw, Size size, const gdiGfxSurface& surface);
    /// The frame that began with start().
    DrawnFrame take(TimePoint now);

private:
    void add(DrawnArea::Kind kind, const Rect& rect, const gdiGfxSurface& surface, std::size_t octets = 0);

    DrawnFrame m_frame;
    TimePoint m_start{};
};

} // namespace sightline
