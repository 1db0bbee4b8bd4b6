#include "platform/linux/x11/x11_damage.h"

#include "platform/linux/x11/x11_connection.h"

#include <xcb/xfixes.h>

namespace sightline {

Result<std::unique_ptr<X11Damage>> X11Damage::create(X11Connection& connection, xcb_window_t window)
{
    xcb_connection_t* c = connection.get();
    const xcb_damage_damage_t damage = xcb_generate_id(c);
    const xcb_xfixes_region_t region = xcb_generate_id(c);
    xcb_xfixes_create_region(c, region, 0, nullptr);
    const auto cookie = xcb_damage_create_checked(c, damage, window, XCB_DAMAGE_REPORT_LEVEL_NON_EMPTY);
    const XcbPtr<xcb_generic_error_t> error(xcb_request_check(c, cookie));
    if (error || connection.isLost()) {
        xcb_xfixes_destroy_region(c, region);
        return connection.failure("report changes of a window", error.get());
    }
    return std::unique_ptr<X11Damage>(new X11Damage(connection, window, damage, region));
}

X11Damage::X11Damage(
    X11Connection& connection, xcb_window_t window, xcb_damage_damage_t damage, std::uint32_t region)
    : m_connection(connection)
    , m_window(window)
    , m_damage(damage)
    , m_region(region)
{
}

X11Damage::~X11Damage()
{
    xcb_damage_destroy(m_connection.get(), m_damage);
    xcb_xfixes_destroy_region(m_connection.get(), m_region);
}

bool X11Damage::isNew(const xcb_generic_event_t& event) const
{
    if (reinterpret_cast<const xcb_damage_notify_event_t&>(event).damage != m_damage)
        return false;
    // An event carries the number of the last request that the server had done: one from before the
    // subtraction tells of drawing that the subtraction took. The difference is signed because the numbers
    // wrap.
    return static_cast<std::int32_t>(event.full_sequence - m_takenAt) >= 0;
}

Result<Rects> X11Damage::take()
{
    xcb_connection_t* c = m_connection.get();
    m_takenAt = xcb_damage_subtract(c, m_damage, XCB_NONE, m_region).sequence;
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_xfixes_fetch_region_reply_t> reply(
        xcb_xfixes_fetch_region_reply(c, xcb_xfixes_fetch_region(c, m_region), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return m_connection.failure("tell what has changed", error);

    const xcb_rectangle_t* rectangles = xcb_xfixes_fetch_region_rectangles(reply.get());
    const int count = xcb_xfixes_fetch_region_rectangles_length(reply.get());
    Rects rects;
    rects.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        rects.push_back({rectangles[i].x, rectangles[i].y, rectangles[i].width, rectangles[i].height});
    return rects;
}

} // namespace sightline
