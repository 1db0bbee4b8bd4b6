#include "core/graphics/line_hash.h"

#include <array>
#include <bit>

namespace sightline {

namespace {

constexpr std::size_t kLanes = 16;

// Rotating and adding mixes well enough for voting, and needs no multiplication of vectors, which SSE2 has
// none of.
std::uint32_t mixed(std::uint32_t hash, std::uint32_t value, int rotation = 9)
{
    return std::rotl(hash, rotation) + value;
}

/// Folds the lanes in halves, each lane turned by another number of bits in the end.
std::uint32_t folded(std::array<std::uint32_t, kLanes> lanes)
{
    for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
        for (std::size_t lane = 0; lane < half; ++lane)
            lanes[lane] = mixed(lanes[lane], lanes[lane + half], static_cast<int>(half));
    }
    return lanes[0] * 0x85EBCA6B;
}

std::uint32_t hashRow(const std::uint32_t* pixels, std::size_t width, std::uint32_t mask)
{
    std::array<std::uint32_t, kLanes> lanes{};
    std::size_t x = 0;
    for (; x + kLanes <= width; x += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = mixed(lanes[lane], pixels[x + lane] & mask);
    }
    for (std::size_t lane = 0; x + lane < width; ++lane)
        lanes[lane] = mixed(lanes[lane], pixels[x + lane] & mask);
    return folded(lanes);
}

void hashRows(const PictureView& picture, std::uint32_t mask, std::span<const HashedArea> areas)
{
    Rect all;
    for (const HashedArea& hashed : areas) {
        all = united(all, hashed.area);
        hashed.hashes->resize(static_cast<std::size_t>(hashed.area.height));
    }
    for (int y = all.y; y < all.bottom(); ++y) {
        const std::uint32_t* row = picture.row(y);
        for (const auto& [area, hashes] : areas) {
            if (y < area.y || y >= area.bottom())
                continue;
            (*hashes)[static_cast<std::size_t>(y - area.y)]
                = hashRow(row + area.x, static_cast<std::size_t>(area.width), mask);
        }
    }
}

void hashColumns(const PictureView& picture, std::uint32_t mask, const HashedArea& hashed)
{
    const Rect& area = hashed.area;
    std::vector<std::uint32_t>& hashes = *hashed.hashes;
    hashes.assign(static_cast<std::size_t>(area.width), 0);
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint32_t* row = picture.row(y) + area.x;
        for (std::size_t x = 0; x < hashes.size(); ++x)
            hashes[x] = mixed(hashes[x], row[x] & mask);
    }
}

} // namespace

void hashLines(Axis axis, const PictureView& picture, std::uint32_t mask, std::span<const HashedArea> areas)
{
    if (axis == Axis::Rows) {
        hashRows(picture, mask, areas);
        return;
    }
    for (const HashedArea& hashed : areas)
        hashColumns(picture, mask, hashed);
}

} // namespace sightline
