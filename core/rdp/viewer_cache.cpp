#include "core/rdp/viewer_cache.h"

#include <freerdp/codec/color.h>
#include <freerdp/codec/region.h>

#include <cstring>

namespace sightline {

namespace {

constexpr std::uint16_t kMostSlots = 25600;
constexpr std::size_t kMostOctets = 100 * 1024 * 1024;
constexpr std::size_t kPixel = 4;

std::uint8_t* rowOf(const gdiGfxSurface& surface, std::uint32_t x, std::uint32_t y)
{
    return surface.data + static_cast<std::size_t>(y) * surface.scanline + x * kPixel;
}

} // namespace

bool ViewerCache::keep(const RDPGFX_SURFACE_TO_CACHE_PDU& command, const gdiGfxSurface& surface)
{
    const RECTANGLE_16& rect = command.rectSrc;
    if (command.cacheSlot == 0 || command.cacheSlot > kMostSlots || rect.left >= rect.right
        || rect.top >= rect.bottom || rect.right > surface.width || rect.bottom > surface.height
        || surface.format != PIXEL_FORMAT_BGRX32)
        return false;
    evict(command.cacheSlot);
    Entry entry{static_cast<std::uint32_t>(rect.right - rect.left),
        static_cast<std::uint32_t>(rect.bottom - rect.top), {}};
    const std::size_t pixels = static_cast<std::size_t>(entry.width) * entry.height;
    if (m_octets + pixels * kPixel > kMostOctets)
        return false;
    entry.pixels.resize(pixels);
    for (std::uint32_t y = 0; y < entry.height; ++y) {
        std::memcpy(entry.pixels.data() + static_cast<std::size_t>(y) * entry.width,
            rowOf(surface, rect.left, rect.top + y), entry.width * kPixel);
    }
    m_octets += pixels * kPixel;
    m_entries.emplace(command.cacheSlot, std::move(entry));
    return true;
}

bool ViewerCache::draw(const RDPGFX_CACHE_TO_SURFACE_PDU& command, gdiGfxSurface& surface) const
{
    const auto found = m_entries.find(command.cacheSlot);
    if (found == m_entries.end() || surface.format != PIXEL_FORMAT_BGRX32)
        return false;
    const Entry& entry = found->second;
    for (UINT16 i = 0; i < command.destPtsCount; ++i) {
        const RDPGFX_POINT16& to = command.destPts[i];
        if (to.x + entry.width > surface.width || to.y + entry.height > surface.height)
            return false;
        for (std::uint32_t y = 0; y < entry.height; ++y) {
            std::memcpy(rowOf(surface, to.x, to.y + y),
                entry.pixels.data() + static_cast<std::size_t>(y) * entry.width, entry.width * kPixel);
        }
        const RECTANGLE_16 drawn{
            to.x, to.y, static_cast<UINT16>(to.x + entry.width), static_cast<UINT16>(to.y + entry.height)};
        region16_union_rect(&surface.invalidRegion, &surface.invalidRegion, &drawn);
    }
    return true;
}

Size ViewerCache::sizeOf(std::uint16_t slot) const
{
    const auto entry = m_entries.find(slot);
    if (entry == m_entries.end())
        return {};
    return {static_cast<int>(entry->second.width), static_cast<int>(entry->second.height)};
}

void ViewerCache::evict(std::uint16_t slot)
{
    const auto found = m_entries.find(slot);
    if (found == m_entries.end())
        return;
    m_octets -= found->second.pixels.size() * kPixel;
    m_entries.erase(found);
}

} // namespace sightline
