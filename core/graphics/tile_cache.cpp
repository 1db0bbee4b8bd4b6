#include "core/graphics/tile_cache.h"

#include <algorithm>
#include <utility>

namespace sightline {

void TileCache::reset(int slots)
{
    constexpr int kMostSlots = 0xFFFE;
    m_capacity = static_cast<std::size_t>(std::clamp(slots, 0, kMostSlots));
    m_slots.clear();
    m_entries.assign(1, {});
}

std::optional<std::uint16_t> TileCache::find(std::uint64_t key)
{
    const auto found = m_slots.find(key);
    if (found == m_slots.end())
        return std::nullopt;
    unlink(found->second);
    linkFirst(found->second);
    return found->second;
}

std::optional<TileCache::Place> TileCache::insert(std::uint64_t key)
{
    if (m_capacity == 0 || contains(key))
        return std::nullopt;
    if (m_entries.size() <= m_capacity) {
        const auto slot = static_cast<std::uint16_t>(m_entries.size());
        m_entries.push_back({.key = key});
        linkFirst(slot);
        m_slots.emplace(key, slot);
        return Place{slot, false};
    }
    const std::uint16_t slot = m_entries[0].before;
    auto node = m_slots.extract(m_entries[slot].key);
    node.key() = key;
    m_slots.insert(std::move(node));
    unlink(slot);
    m_entries[slot].key = key;
    linkFirst(slot);
    return Place{slot, true};
}

void TileCache::unlink(std::uint16_t slot)
{
    const Entry& entry = m_entries[slot];
    m_entries[entry.before].after = entry.after;
    m_entries[entry.after].before = entry.before;
}

void TileCache::linkFirst(std::uint16_t slot)
{
    const std::uint16_t second = m_entries[0].after;
    m_entries[slot].before = 0;
    m_entries[slot].after = second;
    m_entries[second].before = slot;
    m_entries[0].after = slot;
}

} // namespace sightline
