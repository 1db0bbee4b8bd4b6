#include "core/rdp/drawing_trace.h"

#include <utility>

namespace sightline {

namespace {

// A frame of an 8K desktop has fewer tiles; what a hostile host sends beyond it is not worth the memory.
constexpr std::size_t kMaxAreas = 16384;

Rect rectOf(const RECTANGLE_16& r)
{
    return {r.left, r.top, r.right - r.left, r.bottom - r.top};
}

DrawnArea::Kind kindOf(UINT32 codec)
{
    switch (codec) {
    case RDPGFX_CODECID_AVC420:
        return DrawnArea::Kind::Avc420;
    case RDPGFX_CODECID_CAVIDEO:
        return DrawnArea::Kind::RemoteFx;
    case RDPGFX_CODECID_PLANAR:
        return DrawnArea::Kind::Planar;
    default:
        return DrawnArea::Kind::Uncompressed;
    }
}

} // namespace

void DrawingTrace::start(TimePoint now)
{
    m_frame.areas.clear();
    m_start = now;
}

void DrawingTrace::add(
    DrawnArea::Kind kind, const Rect& rect, const gdiGfxSurface& surface, std::size_t octets)
{
    if (!surface.outputMapped || rect.isEmpty() || m_frame.areas.size() >= kMaxAreas)
        return;
    const Rect onOutput{rect.x + static_cast<int>(surface.outputOriginX),
        rect.y + static_cast<int>(surface.outputOriginY), rect.width, rect.height};
    m_frame.areas.push_back({kind, onOutput, octets});
}

void DrawingTrace::addTile(const RDPGFX_SURFACE_COMMAND& command, const gdiGfxSurface& surface)
{
    const Rect rect{static_cast<int>(command.left), static_cast<int>(command.top),
        static_cast<int>(command.width), static_cast<int>(command.height)};
    add(kindOf(command.codecId), rect, surface, command.length);
}

void DrawingTrace::addFill(const RDPGFX_SOLID_FILL_PDU& fill, const gdiGfxSurface& surface)
{
    for (UINT16 i = 0; i < fill.fillRectCount; ++i)
        add(DrawnArea::Kind::Fill, rectOf(fill.fillRects[i]), surface);
}

void DrawingTrace::addCopy(const RDPGFX_SURFACE_TO_SURFACE_PDU& copy, const gdiGfxSurface& to)
{
    const Rect source = rectOf(copy.rectSrc);
    for (UINT16 i = 0; i < copy.destPtsCount; ++i)
        add(DrawnArea::Kind::Copy, {copy.destPts[i].x, copy.destPts[i].y, source.width, source.height}, to);
}

void DrawingTrace::addCached(const RDPGFX_CACHE_TO_SURFACE_PDU& draw, Size size, const gdiGfxSurface& surface)
{
    for (UINT16 i = 0; i < draw.destPtsCount; ++i)
        add(DrawnArea::Kind::Cached, {draw.destPts[i].x, draw.destPts[i].y, size.width, size.height},
            surface);
}

DrawnFrame DrawingTrace::take(TimePoint now)
{
    m_frame.decoding = m_start == TimePoint{} ? Duration::zero() : now - m_start;
    return std::exchange(m_frame, {});
}

} // namespace sightline
