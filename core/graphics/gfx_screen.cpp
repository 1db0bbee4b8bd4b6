#include "core/graphics/gfx_screen.h"

#include "core/graphics/tile_grid.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr std::size_t kMostDestinations = 0xFFFF;
// More than this become one rectangle around them.
constexpr std::size_t kMostDirty = 1024;

Error refused(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

Result<void> resultOf(bool isDone, const char* what)
{
    return isDone ? Result<void>() : Result<void>(refused(what));
}

bool isSane(const Size& size)
{
    return !size.isEmpty() && size.width <= GfxScreen::kMaxSide && size.height <= GfxScreen::kMaxSide;
}

std::size_t pixelsOf(const Size& size)
{
    return static_cast<std::size_t>(TileGrid{size}.count()) * TileGrid::kTile * TileGrid::kTile;
}

} // namespace

Result<void> GfxScreen::execute(const GfxCommand& command)
{
    if (!hasStarted() && !std::holds_alternative<ResetGraphics>(command))
        return refused("a graphics command before ResetGraphics");
    return std::visit([this](const auto& one) { return run(one); }, command);
}

Rects GfxScreen::takeDirty()
{
    return std::exchange(m_dirty, {});
}

std::size_t GfxScreen::bytes() const
{
    std::size_t pixels = static_cast<std::size_t>(m_output.rect().area());
    for (const auto& [id, surface] : m_surfaces)
        pixels += static_cast<std::size_t>(surface.view().rect().area());
    return pixels * sizeof(std::uint32_t) + m_cache.octets();
}

GfxSurface* GfxScreen::find(std::uint16_t surface)
{
    const auto found = m_surfaces.find(surface);
    return found == m_surfaces.end() ? nullptr : &found->second;
}

GfxSurface* GfxScreen::drawable(std::uint16_t surface)
{
    return m_frame ? find(surface) : nullptr;
}

Result<void> GfxScreen::run(const ResetGraphics& reset)
{
    const Rect output{0, 0, reset.size.width, reset.size.height};
    const auto isInside = [&](const Rect& monitor) {
        return !monitor.isEmpty() && monitor.x >= 0 && monitor.y >= 0 && monitor.width <= output.width
            && monitor.height <= output.height && output.contains(monitor);
    };
    if (m_frame || !isSane(reset.size) || pixelsOf(reset.size) > kMostPixels
        || reset.monitors.size() > ResetGraphics::kMaxMonitors
        || !std::ranges::all_of(reset.monitors, isInside))
        return refused("a desktop of no sensible size");
    m_surfaces.clear();
    m_mapped.clear();
    m_pixels = 0;
    m_cache.clear();
    m_output = Picture(reset.size.width, reset.size.height);
    m_monitors = reset.monitors;
    m_dirty = {output};
    return {};
}

Result<void> GfxScreen::run(const CreateSurface& create)
{
    if (!isSane(create.size) || m_surfaces.size() >= kMostSurfaces || find(create.surface)
        || pixelsOf(create.size) > kMostPixels - m_pixels)
        return refused("a surface that cannot be made");
    m_pixels += pixelsOf(create.size);
    m_surfaces.emplace(create.surface, GfxSurface(create.size));
    return {};
}

Result<void> GfxScreen::run(const DeleteSurface& deletion)
{
    const GfxSurface* surface = find(deletion.surface);
    if (!surface)
        return refused("no such surface to delete");
    m_pixels -= pixelsOf(surface->size());
    std::erase(m_mapped, deletion.surface);
    m_surfaces.erase(deletion.surface); // what it shows stays on the output until somebody draws there
    return {};
}

Result<void> GfxScreen::run(const MapSurfaceToOutput& map)
{
    GfxSurface* surface = find(map.surface);
    if (!surface || map.origin.x < 0 || map.origin.y < 0 || map.origin.x > kMaxSide
        || map.origin.y > kMaxSide)
        return refused("a surface that cannot be mapped");
    surface->map(map.origin);
    std::erase(m_mapped, map.surface);
    m_mapped.push_back(map.surface);
    return {};
}

Result<void> GfxScreen::run(const StartFrame& start)
{
    if (m_frame)
        return refused("a frame inside a frame");
    m_frame = start.frame;
    return {};
}

Result<void> GfxScreen::run(const EndFrame& end)
{
    if (m_frame != end.frame)
        return refused("the end of a frame that did not begin");
    m_frame.reset();
    for (const std::uint16_t id : m_mapped)
        compose(*find(id));
    return {};
}

void GfxScreen::compose(GfxSurface& surface)
{
    const Point origin = *surface.origin();
    const PictureView from = surface.view();
    for (const Rect& change : surface.takeChanges()) {
        const Rect area = intersected(
            {origin.x + change.x, origin.y + change.y, change.width, change.height}, m_output.rect());
        if (area.isEmpty())
            continue;
        for (int y = area.y; y < area.bottom(); ++y)
            std::copy_n(from.row(y - origin.y) + (area.x - origin.x), area.width, m_output.row(y) + area.x);
        if (m_dirty.size() >= kMostDirty) {
            Rect all;
            for (const Rect& dirty : m_dirty)
                all = united(all, dirty);
            m_dirty = {all};
        }
        m_dirty.push_back(area);
    }
}

Result<void> GfxScreen::run(const TileData& tile)
{
    GfxSurface* surface = drawable(tile.surface);
    return surface ? surface->decode(tile, m_decoders) : refused("a tile for no surface");
}

Result<void> GfxScreen::run(const SolidFill& fill)
{
    GfxSurface* surface = drawable(fill.surface);
    return resultOf(surface && surface->fill(fill), "a fill outside of its surface");
}

Result<void> GfxScreen::run(const SurfaceToSurface& copy)
{
    const GfxSurface* from = drawable(copy.from);
    GfxSurface* to = drawable(copy.to);
    return resultOf(from && to && from->fits(copy.source) && copy.destinations.size() <= kMostDestinations
            && to->draw(from->view().part(copy.source), copy.destinations),
        "a copy outside of its surfaces");
}

Result<void> GfxScreen::run(const SurfaceToCache& keep)
{
    const GfxSurface* surface = drawable(keep.surface);
    return resultOf(surface && surface->fits(keep.source) && !m_cache.find(keep.slot)
            && m_cache.keep(keep.slot, surface->view().part(keep.source)),
        "nothing to keep, or no room in the cache");
}

Result<void> GfxScreen::run(const CacheToSurface& draw)
{
    GfxSurface* surface = drawable(draw.surface);
    const Picture* kept = m_cache.find(draw.slot);
    return resultOf(surface && kept && draw.destinations.size() <= kMostDestinations
            && surface->draw(kept->view(), draw.destinations),
        "nothing in the cache, or no room on the surface");
}

Result<void> GfxScreen::run(const EvictCacheEntry& evict)
{
    return resultOf(m_cache.evict(evict.slot), "an empty slot of the cache to evict");
}

} // namespace sightline
