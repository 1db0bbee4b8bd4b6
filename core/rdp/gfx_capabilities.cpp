#include "core/rdp/gfx_capabilities.h"

#include <algorithm>
#include <array>

namespace sightline {

namespace {

constexpr std::uint32_t kVersion81 = 0x00080105;
constexpr std::uint32_t kVersion10 = 0x000A0002;
constexpr std::uint32_t kVersion103 = 0x000A0301;

// Oldest first. Without 10.1, whose set has another form (MS-RDPEGFX 2.2.3.4) and which nobody offers alone.
constexpr std::array<std::uint32_t, 9> kKnownVersions{0x00080004, kVersion81, kVersion10, 0x000A0200,
    kVersion103, 0x000A0400, 0x000A0502, 0x000A0600, 0x000A0701};

} // namespace

std::optional<GfxCapabilitySet> chooseGfxCapabilities(const std::vector<GfxCapabilitySet>& advertised)
{
    std::optional<GfxCapabilitySet> best;
    for (const GfxCapabilitySet& set : advertised) {
        const bool isKnown = std::ranges::find(kKnownVersions, set.version) != kKnownVersions.end();
        if (isKnown && (!best || set.version > best->version))
            best = set;
    }
    return best;
}

bool hasSmallCache(const GfxCapabilitySet& set)
{
    return (set.flags & kGfxSmallCache) != 0 || set.version == kVersion103;
}

bool hasAvc420(const GfxCapabilitySet& set)
{
    if (set.version >= kVersion10)
        return (set.flags & kGfxAvcDisabled) == 0;
    return set.version == kVersion81 && (set.flags & kGfxAvc420Enabled) != 0;
}

} // namespace sightline
