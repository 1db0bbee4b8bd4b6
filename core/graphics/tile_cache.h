#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sightline {

/// What is in the bitmap cache of one viewer (MS-RDPEGFX 3.3.1.4): whole tiles by the hash of their content,
/// those not used for the longest time given up first. Slots count from 1.
class TileCache {
public:
    /// Empty from now on, with room for so many tiles.
    void reset(int slots);

    /// The slot of a tile that the viewer has; it counts as used.
    std::optional<std::uint16_t> find(std::uint64_t key);
    bool contains(std::uint64_t key) const { return m_slots.contains(key); }

    struct Place {
        std::uint16_t slot = 0;
        bool mustEvict = false; ///< another tile is there
    };
    /// Where a tile that is not in the cache goes; nothing when there is no cache.
    std::optional<Place> insert(std::uint64_t key);

private:
    // A ring of entries in the order of their use, with entry 0 between the last and the first used.
    struct Entry {
        std::uint64_t key = 0;
        std::uint16_t before = 0;
        std::uint16_t after = 0;
    };

    void unlink(std::uint16_t slot);
    void linkFirst(std::uint16_t slot);

    std::size_t m_capacity = 0;
    std::vector<Entry> m_entries;
    std::unordered_map<std::uint64_t, std::uint16_t> m_slots;
};

} // namespace sightline
