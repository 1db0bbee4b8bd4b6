#include "platform/linux/x11/x11_cursor.h"

#include "platform/linux/x11/x11_connection.h"

#include <algorithm>
#include <xcb/xfixes.h>

namespace sightline {

std::uint32_t withStraightAlpha(std::uint32_t premultiplied)
{
    const std::uint32_t alpha = premultiplied >> 24;
    if (alpha == 0)
        return 0;
    if (alpha == 255)
        return premultiplied;
    std::uint32_t result = alpha << 24;
    for (const int shift : {16, 8, 0}) {
        const std::uint32_t channel = (premultiplied >> shift) & 0xff;
        result |= std::min<std::uint32_t>(255, (channel * 255 + alpha / 2) / alpha) << shift;
    }
    return result;
}

Result<CursorShape> readCursorShape(X11Connection& connection)
{
    xcb_connection_t* c = connection.get();
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_xfixes_get_cursor_image_reply_t> reply(
        xcb_xfixes_get_cursor_image_reply(c, xcb_xfixes_get_cursor_image(c), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply) {
        // BadCursor: no cursor has been set on this server yet.
        if (connection.isLost())
            return connection.failure("show its cursor", error);
        return CursorShape{};
    }
    const auto* pixels = xcb_xfixes_get_cursor_image_cursor_image(reply.get());
    const auto count = static_cast<std::size_t>(xcb_xfixes_get_cursor_image_cursor_image_length(reply.get()));
    CursorShape shape{{reply->width, reply->height}, {reply->xhot, reply->yhot}, {}};
    shape.pixels.resize(count);
    std::transform(pixels, pixels + count, shape.pixels.begin(), withStraightAlpha);
    const bool isVisible = std::any_of(
        shape.pixels.begin(), shape.pixels.end(), [](std::uint32_t pixel) { return (pixel >> 24) != 0; });
    return isVisible ? shape : CursorShape{};
}

} // namespace sightline
