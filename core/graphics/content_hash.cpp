#include "core/graphics/content_hash.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstring>

namespace sightline {

namespace {

constexpr std::uint64_t kColors = std::uint64_t(kColorMask) << 32 | kColorMask;
constexpr std::uint64_t kFactor = 0x9FB21C651E98DF25U;
constexpr std::size_t kLanes = 4; // as many multiplications are under way at once

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 32;
    value *= kFactor;
    return value ^ value >> 29;
}

} // namespace

Content contentOf(const PictureView& area, std::uint64_t seed)
{
    assert(area.width > 0 && area.width % 2 == 0);
    std::array<std::uint64_t, kLanes> lanes{seed, seed ^ kFactor, std::rotl(seed, 17), ~seed};
    const std::uint64_t first = std::uint64_t(area.pixels[0] & kColorMask) * 0x0000000100000001U;
    std::uint64_t other = 0;
    std::uint64_t marks = 0;
    std::size_t lane = 0;
    for (int y = 0; y < area.height; ++y) {
        const std::uint32_t* row = area.row(y);
        for (int x = 0; x < area.width; x += 2) {
            std::uint64_t pair = 0;
            std::memcpy(&pair, row + x, sizeof pair);
            marks |= pair;
            pair &= kColors;
            other |= pair ^ first;
            std::uint64_t& hash = lanes[lane++ % kLanes];
            hash = std::rotl((hash ^ pair) * kFactor, 29);
        }
    }
    std::uint64_t hash = 0;
    for (const std::uint64_t one : lanes)
        hash = mixed(hash + std::rotl(mixed(one), 23));
    return {hash, other == 0, static_cast<std::uint32_t>(marks | marks >> 32) & ~kColorMask};
}

} // namespace sightline
