#include "platform/linux/x11/x11_pointer_query.h"

#include "platform/linux/x11/x11_connection.h"

#include <utility>

namespace sightline {

X11PointerQuery::X11PointerQuery(X11Connection& connection)
    : m_connection(connection)
{
}

void X11PointerQuery::request()
{
    m_request = xcb_query_pointer(m_connection.get(), m_connection.root());
}

Result<Point> X11PointerQuery::take()
{
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_query_pointer_reply_t> reply(
        xcb_query_pointer_reply(m_connection.get(), *std::exchange(m_request, {}), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return m_connection.failure("tell where the pointer is", error);
    const Point position{reply->root_x, reply->root_y};
    m_hasMoved = m_position && *m_position != position;
    m_position = position;
    return position;
}

} // namespace sightline
