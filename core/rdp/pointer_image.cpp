#include "core/rdp/pointer_image.h"

#include "core/rdp/little_endian.h"

#include <algorithm>

namespace sightline {

namespace {

CursorShape fittedTo(const CursorShape& shape, int maxSide)
{
    const int longest = std::max(shape.size.width, shape.size.height);
    if (longest <= maxSide)
        return shape;
    // The nearest pixel is good enough: only foreign viewers without large pointers come here.
    const auto scaled = [&](int length) { return std::max(1, length * maxSide / longest); };
    CursorShape small;
    small.size = {scaled(shape.size.width), scaled(shape.size.height)};
    small.hotSpot = {shape.hotSpot.x * maxSide / longest, shape.hotSpot.y * maxSide / longest};
    small.pixels.reserve(
        static_cast<std::size_t>(small.size.width) * static_cast<std::size_t>(small.size.height));
    for (int y = 0; y < small.size.height; ++y) {
        const int fromY = y * shape.size.height / small.size.height;
        for (int x = 0; x < small.size.width; ++x) {
            const int fromX = x * shape.size.width / small.size.width;
            small.pixels.push_back(shape.pixels[static_cast<std::size_t>(fromY * shape.size.width + fromX)]);
        }
    }
    return small;
}

} // namespace

bool isVisible(const CursorShape& shape)
{
    if (shape.size.isEmpty())
        return false;
    const auto pixels
        = static_cast<std::size_t>(shape.size.width) * static_cast<std::size_t>(shape.size.height);
    return shape.pixels.size() == pixels
        && std::ranges::any_of(shape.pixels, [](std::uint32_t pixel) { return pixel >> 24 != 0; });
}

PointerImage pointerImageOf(const CursorShape& original, int maxSide)
{
    const CursorShape shape = fittedTo(original, maxSide);
    const int width = shape.size.width;
    const int height = shape.size.height;
    PointerImage image;
    image.width = static_cast<std::uint16_t>(width);
    image.height = static_cast<std::uint16_t>(height);
    image.hotSpotX = static_cast<std::uint16_t>(std::clamp(shape.hotSpot.x, 0, width - 1));
    image.hotSpotY = static_cast<std::uint16_t>(std::clamp(shape.hotSpot.y, 0, height - 1));

    const auto andStride = static_cast<std::size_t>((width + 15) / 16 * 2);
    image.xorMask.reserve(shape.pixels.size() * 4);
    image.andMask.assign(andStride * static_cast<std::size_t>(height), 0);
    for (int row = 0; row < height; ++row) {
        const auto* pixels = shape.pixels.data() + static_cast<std::size_t>((height - 1 - row) * width);
        for (int x = 0; x < width; ++x) {
            const bool isTransparent = pixels[x] >> 24 == 0;
            // A colour under the AND bit would invert the screen behind it.
            appendU32(image.xorMask, isTransparent ? 0 : pixels[x]);
            if (isTransparent) {
                const auto at = static_cast<std::size_t>(row) * andStride + static_cast<std::size_t>(x / 8);
                image.andMask[at] = static_cast<std::uint8_t>(image.andMask[at] | 0x80 >> x % 8);
            }
        }
    }
    return image;
}

} // namespace sightline
