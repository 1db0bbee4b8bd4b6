#include "core/rdp/pointer_updates.h"

#include "core/rdp/pointer_image.h"

#include <freerdp/codec/color.h>
#include <freerdp/freerdp.h>
#include <freerdp/gdi/gdi.h>
#include <freerdp/graphics.h>
#include <freerdp/pointer.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

#include <algorithm>

namespace sightline {

namespace {

constexpr int kMaxLargeSide = 384; // MS-RDPBCGR 2.2.7.2.7, LARGE_POINTER_FLAG_384x384
constexpr int kMaxMediumSide = 96; // LARGE_POINTER_FLAG_96x96
constexpr int kMaxSide = 32;
// One entry of the viewer's cache, written again each time.
constexpr std::uint16_t kCacheIndex = 0;

bool sendLarge(rdpContext* context, PointerImage& image)
{
    POINTER_LARGE_UPDATE update{};
    update.xorBpp = 32;
    update.cacheIndex = kCacheIndex;
    update.hotSpotX = image.hotSpotX;
    update.hotSpotY = image.hotSpotY;
    update.width = image.width;
    update.height = image.height;
    update.lengthAndMask = static_cast<UINT32>(image.andMask.size());
    update.lengthXorMask = static_cast<UINT32>(image.xorMask.size());
    update.andMaskData = image.andMask.data();
    update.xorMaskData = image.xorMask.data();
    return context->update->pointer->PointerLarge(context, &update);
}

bool sendNew(rdpContext* context, PointerImage& image)
{
    POINTER_NEW_UPDATE update{};
    update.xorBpp = 32;
    POINTER_COLOR_UPDATE& color = update.colorPtrAttr;
    color.cacheIndex = kCacheIndex;
    color.hotSpotX = image.hotSpotX;
    color.hotSpotY = image.hotSpotY;
    color.width = image.width;
    color.height = image.height;
    color.lengthAndMask = static_cast<UINT16>(image.andMask.size());
    color.lengthXorMask = static_cast<UINT16>(image.xorMask.size());
    color.andMaskData = image.andMask.data();
    color.xorMaskData = image.xorMask.data();
    return context->update->pointer->PointerNew(context, &update);
}

} // namespace

bool sendCursorShape(rdp_context* context, const CursorShape& shape)
{
    if (!isVisible(shape)) {
        const POINTER_SYSTEM_UPDATE hidden{SYSPTR_NULL};
        return context->update->pointer->PointerSystem(context, &hidden);
    }
    const UINT32 flags = freerdp_settings_get_uint32(context->settings, FreeRDP_LargePointerFlag);
    const int maxMedium = (flags & LARGE_POINTER_FLAG_96x96) != 0 ? kMaxMediumSide : kMaxSide;
    const bool takesLarge = (flags & LARGE_POINTER_FLAG_384x384) != 0;
    const bool isLarge = std::max(shape.size.width, shape.size.height) > maxMedium && takesLarge;
    PointerImage image = pointerImageOf(shape, isLarge ? kMaxLargeSide : maxMedium);
    return isLarge ? sendLarge(context, image) : sendNew(context, image);
}

bool sendCursorPosition(rdp_context* context, Point position)
{
    const auto coordinate = [](int value) { return static_cast<UINT32>(std::clamp(value, 0, 0xFFFF)); };
    const POINTER_POSITION_UPDATE update{coordinate(position.x), coordinate(position.y)};
    return context->update->pointer->PointerPosition(context, &update);
}

CursorShape cursorShapeOf(const rdp_context* context, const rdp_pointer* pointer)
{
    constexpr auto kMaxSideReceived = static_cast<UINT32>(kMaxLargeSide);
    if (pointer->width == 0 || pointer->height == 0 || pointer->width > kMaxSideReceived
        || pointer->height > kMaxSideReceived)
        return {};
    CursorShape shape;
    shape.size = {static_cast<int>(pointer->width), static_cast<int>(pointer->height)};
    shape.hotSpot = {static_cast<int>(pointer->xPos), static_cast<int>(pointer->yPos)};
    shape.pixels.resize(static_cast<std::size_t>(pointer->width) * pointer->height);
    const bool converted = freerdp_image_copy_from_pointer_data(reinterpret_cast<BYTE*>(shape.pixels.data()),
        PIXEL_FORMAT_BGRA32, 0, 0, 0, pointer->width, pointer->height, pointer->xorMaskData,
        pointer->lengthXorMask, pointer->andMaskData, pointer->lengthAndMask, pointer->xorBpp,
        context->gdi ? &context->gdi->palette : nullptr);
    return converted ? shape : CursorShape{};
}

} // namespace sightline
