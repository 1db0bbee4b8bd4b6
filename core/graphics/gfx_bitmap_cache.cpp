#include "core/graphics/gfx_bitmap_cache.h"

#include <algorithm>

namespace sightline {

namespace {

std::size_t octetsOf(int width, int height)
{
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * sizeof(std::uint32_t);
}

} // namespace

bool GfxBitmapCache::keep(std::uint16_t slot, const PictureView& picture)
{
    if (slot == 0 || slot > kMostSlots)
        return false;
    evict(slot);
    const std::size_t octets = octetsOf(picture.width, picture.height);
    if (octets > kMostOctets - m_octets)
        return false;
    Picture copy(picture.width, picture.height);
    for (int y = 0; y < picture.height; ++y)
        std::copy_n(picture.row(y), picture.width, copy.row(y));
    m_slots.emplace(slot, std::move(copy));
    m_octets += octets;
    return true;
}

const Picture* GfxBitmapCache::find(std::uint16_t slot) const
{
    const auto found = m_slots.find(slot);
    return found == m_slots.end() ? nullptr : &found->second;
}

bool GfxBitmapCache::evict(std::uint16_t slot)
{
    const auto found = m_slots.find(slot);
    if (found == m_slots.end())
        return false;
    m_octets -= octetsOf(found->second.width(), found->second.height());
    m_slots.erase(found);
    return true;
}

void GfxBitmapCache::clear()
{
    m_slots.clear();
    m_octets = 0;
}

} // namespace sightline
