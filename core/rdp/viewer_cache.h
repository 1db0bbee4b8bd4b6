#pragma once

// For the .cpp files of this folder only.

#include "core/graphics/geometry.h"

#include <freerdp/channels/rdpgfx.h>
#include <freerdp/gdi/gfx.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace sightline {

/// The viewer's bitmap cache (MS-RDPEGFX 3.3.1.4), with the limits of the specification: a host that does not
/// keep to them is refused. False: the command makes no sense.
class ViewerCache {
public:
    bool keep(const RDPGFX_SURFACE_TO_CACHE_PDU& command, const gdiGfxSurface& surface);
    bool draw(const RDPGFX_CACHE_TO_SURFACE_PDU& command, gdiGfxSurface& surface) const;
    void evict(std::uint16_t slot);
    /// Of what is in the slot; empty: nothing.
    Size sizeOf(std::uint16_t slot) const;

private:
    struct Entry {
        std::uint32_t width = 0;
        std::uint32_t height = 0;
        std::vector<std::uint32_t> pixels;
    };

    std::unordered_map<std::uint16_t, Entry> m_entries;
    std::size_t m_octets = 0;
};

} // namespace sightline
