#include "platform/linux/x11/x11_image.h"

#include "platform/linux/x11/x11_connection.h"

#include <algorithm>
#include <cstring>
#include <xcb/shm.h>

namespace sightline {

namespace {

constexpr std::uint32_t kAllPlanes = ~0U;

// BadMatch is what both requests answer for a rectangle that is not inside the window.
bool isOutsideWindow(const XcbPtr<xcb_generic_error_t>& error)
{
    return error && error->error_code == XCB_MATCH;
}

} // namespace

X11Image::X11Image(X11Connection& connection, xcb_window_t window, Size size)
    : m_connection(connection)
    , m_window(window)
    , m_size(size)
{
    const auto count = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    if (connection.features().sharedMemory)
        m_segment = SharedSegment::create(connection, count * sizeof(std::uint32_t));
    if (m_segment) {
        m_pixels = static_cast<std::uint32_t*>(m_segment->data()); // a new file is all zero
    } else {
        m_memory.resize(count);
        m_pixels = m_memory.data();
    }
}

void X11Image::clear()
{
    std::fill_n(
        m_pixels, static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height), 0);
}

void X11Image::blacken(const Rect& rect)
{
    const Rect target = intersected(rect, {0, 0, m_size.width, m_size.height});
    for (int y = target.y; y < target.bottom(); ++y)
        std::fill_n(m_pixels + static_cast<std::ptrdiff_t>(y) * m_size.width + target.x, target.width, 0U);
}

void X11Image::put(const PictureView& picture, Point where)
{
    const Rect target
        = intersected({where.x, where.y, picture.width, picture.height}, {0, 0, m_size.width, m_size.height});
    for (int y = target.y; y < target.bottom(); ++y) {
        std::copy_n(picture.row(y - where.y) + (target.x - where.x), target.width,
            m_pixels + static_cast<std::ptrdiff_t>(y) * m_size.width + target.x);
    }
}

Result<X11Image::Outcome> X11Image::read(const Rects& parts, Point origin)
{
    // The server writes rows without a gap, so only parts of full width fit into the picture as they are.
    const bool isFullWidth = std::all_of(
        parts.begin(), parts.end(), [this](const Rect& part) { return part.width == m_size.width; });
    if (m_segment && isFullWidth) {
        auto outcome = readShared(parts, origin);
        // MIT-SHM refuses what is outside the screen, also where a window has pixels there; the core request
        // does not.
        if (!outcome || *outcome == Outcome::Done)
            return outcome;
    }
    for (const Rect& part : parts) {
        auto outcome = readThroughSocket(part, origin);
        if (!outcome || *outcome != Outcome::Done)
            return outcome;
    }
    return Outcome::Done;
}

Result<X11Image::Outcome> X11Image::readShared(const Rects& parts, Point origin)
{
    xcb_connection_t* c = m_connection.get();
    std::vector<xcb_shm_get_image_cookie_t> cookies;
    cookies.reserve(parts.size());
    for (const Rect& part : parts) {
        const auto offset = static_cast<std::uint32_t>(part.y - origin.y)
            * static_cast<std::uint32_t>(m_size.width) * static_cast<std::uint32_t>(sizeof(std::uint32_t));
        cookies.push_back(xcb_shm_get_image(c, m_window, static_cast<std::int16_t>(part.x),
            static_cast<std::int16_t>(part.y), static_cast<std::uint16_t>(part.width),
            static_cast<std::uint16_t>(part.height), kAllPlanes, XCB_IMAGE_FORMAT_Z_PIXMAP, m_segment->id(),
            offset));
    }
    // All replies are waited for, also after an error: until then the server writes into the memory.
    Result<Outcome> result = Outcome::Done;
    for (const auto cookie : cookies) {
        xcb_generic_error_t* error = nullptr;
        const XcbPtr<xcb_shm_get_image_reply_t> reply(xcb_shm_get_image_reply(c, cookie, &error));
        const XcbPtr<xcb_generic_error_t> owned(error);
        if (isOutsideWindow(owned))
            result = Outcome::OutsideWindow;
        else if (!reply)
            return m_connection.failure("show its pixels", error);
    }
    return result;
}

Result<X11Image::Outcome> X11Image::readThroughSocket(const Rect& part, Point origin)
{
    xcb_connection_t* c = m_connection.get();
    xcb_generic_error_t* error = nullptr;
    const auto cookie = xcb_get_image(c, XCB_IMAGE_FORMAT_Z_PIXMAP, m_window,
        static_cast<std::int16_t>(part.x), static_cast<std::int16_t>(part.y),
        static_cast<std::uint16_t>(part.width), static_cast<std::uint16_t>(part.height), kAllPlanes);
    const XcbPtr<xcb_get_image_reply_t> reply(xcb_get_image_reply(c, cookie, &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (isOutsideWindow(owned))
        return Outcome::OutsideWindow;
    const auto rowBytes = static_cast<std::size_t>(part.width) * sizeof(std::uint32_t);
    if (!reply
        || static_cast<std::size_t>(xcb_get_image_data_length(reply.get()))
            < rowBytes * static_cast<std::size_t>(part.height))
        return m_connection.failure("show its pixels", error);

    const std::uint8_t* source = xcb_get_image_data(reply.get());
    for (int y = part.y - origin.y; y < part.bottom() - origin.y; ++y, source += rowBytes) {
        std::memcpy(
            m_pixels + static_cast<std::ptrdiff_t>(y) * m_size.width + (part.x - origin.x), source, rowBytes);
    }
    return Outcome::Done;
}

} // namespace sightline
