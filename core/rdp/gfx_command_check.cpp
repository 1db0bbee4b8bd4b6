#include "core/rdp/gfx_command_check.h"

#include <algorithm>

namespace sightline {

namespace {

constexpr int kMaxSide = 32766; // MS-RDPEGFX 2.2.2.14; also keeps every coordinate within 16 bits
constexpr std::size_t kMaxCount = 0xFFFF;
constexpr std::uint16_t kMaxSlot = 25600; // MS-RDPEGFX 3.3.1.4
constexpr std::size_t kMaxPayload = 256 * 1024 * 1024;

bool isSane(const Size& size)
{
    return size.width > 0 && size.height > 0 && size.width <= kMaxSide && size.height <= kMaxSide;
}

} // namespace

GfxCommandCheck::Verdict GfxCommandCheck::check(const GfxCommand& command)
{
    if (!m_started && !std::holds_alternative<ResetGraphics>(command))
        return Verdict::NotYet;
    const bool isRight = std::visit([this](const auto& one) { return passes(one); }, command);
    return isRight ? Verdict::Pass : Verdict::Invalid;
}

void GfxCommandCheck::restart()
{
    m_started = false;
    m_surfaces.clear();
    m_cache.clear();
    m_frame.reset();
}

std::vector<std::uint16_t> GfxCommandCheck::cacheSlots() const
{
    std::vector<std::uint16_t> slots;
    for (const auto& [slot, size] : m_cache)
        slots.push_back(slot);
    return slots;
}

bool GfxCommandCheck::fits(std::uint16_t surface, const Rect& rect) const
{
    const auto found = m_surfaces.find(surface);
    if (found == m_surfaces.end() || rect.isEmpty())
        return false;
    const Size& size = found->second;
    // Not right() and bottom(), which overflow for absurd numbers.
    return rect.x >= 0 && rect.y >= 0 && rect.width <= size.width && rect.height <= size.height
        && rect.x <= size.width - rect.width && rect.y <= size.height - rect.height;
}

bool GfxCommandCheck::passes(const ResetGraphics& reset)
{
    const Rect output{0, 0, reset.size.width, reset.size.height};
    const auto isInside = [&](const Rect& monitor) { return !monitor.isEmpty() && output.contains(monitor); };
    if (!isSane(reset.size) || reset.monitors.size() > ResetGraphics::kMaxMonitors
        || !std::ranges::all_of(reset.monitors, isInside))
        return false;
    m_started = true;
    m_surfaces.clear();
    m_cache.clear();
    return true;
}

bool GfxCommandCheck::passes(const CreateSurface& create)
{
    return isSane(create.size) && m_surfaces.emplace(create.surface, create.size).second;
}

bool GfxCommandCheck::passes(const DeleteSurface& deletion)
{
    return m_surfaces.erase(deletion.surface) == 1;
}

bool GfxCommandCheck::passes(const MapSurfaceToOutput& map) const
{
    return m_surfaces.contains(map.surface) && map.origin.x >= 0 && map.origin.y >= 0
        && map.origin.x <= kMaxSide && map.origin.y <= kMaxSide;
}

bool GfxCommandCheck::passes(const StartFrame& start)
{
    if (m_frame)
        return false;
    m_frame = start.frame;
    return true;
}

bool GfxCommandCheck::passes(const EndFrame& end)
{
    if (m_frame != end.frame)
        return false;
    m_frame.reset();
    return true;
}

bool GfxCommandCheck::passes(const TileData& tile) const
{
    if (!fits(tile.surface, tile.rect) || !tile.payload || tile.payload->empty()
        || tile.payload->size() > kMaxPayload)
        return false;
    const auto pixels = static_cast<std::size_t>(tile.rect.area());
    return tile.codec != TileCodec::Uncompressed || tile.payload->size() == pixels * 4;
}

bool GfxCommandCheck::passes(const SolidFill& fill) const
{
    return !fill.rects.empty() && fill.rects.size() <= kMaxCount
        && std::ranges::all_of(fill.rects, [&](const Rect& rect) { return fits(fill.surface, rect); });
}

bool GfxCommandCheck::passes(const SurfaceToSurface& copy) const
{
    const auto lands = [&](const Point& at) {
        return fits(copy.to, {at.x, at.y, copy.source.width, copy.source.height});
    };
    return fits(copy.from, copy.source) && !copy.destinations.empty() && copy.destinations.size() <= kMaxCount
        && std::ranges::all_of(copy.destinations, lands);
}

bool GfxCommandCheck::passes(const SurfaceToCache& keep)
{
    return keep.slot > 0 && keep.slot <= kMaxSlot && fits(keep.surface, keep.source)
        && m_cache.emplace(keep.slot, Size{keep.source.width, keep.source.height}).second;
}

bool GfxCommandCheck::passes(const CacheToSurface& draw) const
{
    const auto found = m_cache.find(draw.slot);
    if (found == m_cache.end() || draw.destinations.empty() || draw.destinations.size() > kMaxCount)
        return false;
    const Size& size = found->second;
    return std::ranges::all_of(draw.destinations, [&](const Point& at) {
        return fits(draw.surface, {at.x, at.y, size.width, size.height});
    });
}

bool GfxCommandCheck::passes(const EvictCacheEntry& evict)
{
    return m_cache.erase(evict.slot) == 1;
}

} // namespace sightline
