#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace sightline {

/// RDPGFX_CAPSET (MS-RDPEGFX 2.2.1.6) without the data of versions that we never confirm.
struct GfxCapabilitySet {
    std::uint32_t version = 0;
    std::uint32_t flags = 0;
    bool operator==(const GfxCapabilitySet&) const = default;
};

// Flags of MS-RDPEGFX 2.2.3.
inline constexpr std::uint32_t kGfxSmallCache = 0x02;
inline constexpr std::uint32_t kGfxAvc420Enabled = 0x10; ///< version 8.1 alone
inline constexpr std::uint32_t kGfxAvcDisabled = 0x20; ///< version 10 and later

/// The newest set among those advertised that this version knows; nothing when there is none.
std::optional<GfxCapabilitySet> chooseGfxCapabilities(const std::vector<GfxCapabilitySet>& advertised);

/// Whether a viewer with this set keeps only 16 MB of bitmap cache (MS-RDPEGFX 3.3.1.4; 10.3 always does).
bool hasSmallCache(const GfxCapabilitySet& set);
bool hasAvc420(const GfxCapabilitySet& set);

} // namespace sightline
