#pragma once

#include "core/graphics/picture.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace sightline {

/// The bitmap cache of a viewer (MS-RDPEGFX 3.3.1.4), with the limits of the specification. Pure.
class GfxBitmapCache {
public:
    static constexpr std::uint16_t kMostSlots = 25600;
    static constexpr std::size_t kMostOctets = 100 * 1024 * 1024;

    /// False when there is no such slot, or no room. What was in it is gone.
    bool keep(std::uint16_t slot, const PictureView& picture);
    /// Null when the slot is empty. Valid until the slot changes.
    const Picture* find(std::uint16_t slot) const;
    bool evict(std::uint16_t slot); ///< false: it was empty
    void clear();

    std::size_t octets() const { return m_octets; }

private:
    std::unordered_map<std::uint16_t, Picture> m_slots;
    std::size_t m_octets = 0;
};

} // namespace sightline
