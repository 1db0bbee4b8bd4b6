#include "platform/linux/x11/x11_compositor.h"

#include "platform/linux/x11/x11_connection.h"

namespace sightline {

bool isCompositorRunning(X11Connection& connection)
{
    xcb_connection_t* c = connection.get();
    const QByteArray name = "_NET_WM_CM_S" + QByteArray::number(connection.screenNumber());
    const auto atomCookie = xcb_intern_atom(c, 1, static_cast<std::uint16_t>(name.size()), name.constData());
    const XcbPtr<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(c, atomCookie, nullptr));
    if (!atom || atom->atom == XCB_ATOM_NONE)
        return false;
    const XcbPtr<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(c, xcb_get_selection_owner(c, atom->atom), nullptr));
    return reply && reply->owner != XCB_NONE;
}

} // namespace sightline
