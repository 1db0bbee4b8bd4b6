#include "core/graphics/line_hash.h"

#include <array>
#include <bit>

namespace sightline {

namespace {

// Rotating and adding mixes well enough for voting, and needs no multiplication of vectors, which SSE2 has
// none of.
std::uint32_t mixed(std::uint32_t hash, std::uint32_t value)
{
    return std::rotl(hash, 9) + value;
}

std::uint32_t hashRow(const std::uint32_t* pixels, int width, std::uint32_t mask)
{
    constexpr int kLanes = 16;
    std::array<std::uint32_t, kLanes> lanes{};
    int x = 0;
    for (; x + kLanes <= width; x += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) {
            auto& hash = lanes[static_cast<std::size_t>(lane)];
            hash = mixed(hash, pixels[x + lane] & mask);
        }
    }
    std::uint32_t hash = 0x9E3779B9;
    for (; x < width; ++x)
        hash = (hash ^ (pixels[x] & mask)) * 0x01000193;
    for (const std::uint32_t lane : lanes)
        hash = (hash ^ lane) * 0x85EBCA6B + (hash >> 15);
    return hash;
}

} // namespace

void hashLines(Axis axis, const PictureView& picture, std::uint32_t mask, const Rect& area,
    std::vector<std::uint32_t>& hashes)
{
    if (axis == Axis::Rows) {
        hashes.resize(static_cast<std::size_t>(area.height));
        for (int y = 0; y < area.height; ++y)
            hashes[static_cast<std::size_t>(y)] = hashRow(picture.row(area.y + y) + area.x, area.width, mask);
        return;
    }
    hashes.assign(static_cast<std::size_t>(area.width), 0);
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint32_t* row = picture.row(y) + area.x;
        for (std::size_t x = 0; x < hashes.size(); ++x)
            hashes[x] = mixed(hashes[x], row[x] & mask);
    }
}

} // namespace sightline
