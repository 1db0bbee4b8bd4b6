#include "tests/support/x11_close.h"

#include <cstdlib>
#include <memory>
#include <string_view>
#include <xcb/xcb.h>

namespace sightline {
namespace {

struct Release {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
    void operator()(void* memory) const { std::free(memory); }
};

xcb_atom_t atomOf(xcb_connection_t* connection, std::string_view name)
{
    const std::unique_ptr<xcb_intern_atom_reply_t, Release> reply(xcb_intern_atom_reply(connection,
        xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

} // namespace

bool askToClose(const QByteArray& displayName, std::uint32_t window)
{
    const std::unique_ptr<xcb_connection_t, Release> connection(
        xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(connection.get()) != 0)
        return false;
    xcb_client_message_event_t event{};
    event.response_type = XCB_CLIENT_MESSAGE;
    event.format = 32;
    event.window = window;
    event.type = atomOf(connection.get(), "WM_PROTOCOLS");
    event.data.data32[0] = atomOf(connection.get(), "WM_DELETE_WINDOW");
    const std::unique_ptr<xcb_generic_error_t, Release> error(xcb_request_check(connection.get(),
        xcb_send_event_checked(
            connection.get(), 0, window, XCB_EVENT_MASK_NO_EVENT, reinterpret_cast<const char*>(&event))));
    return error == nullptr;
}

} // namespace sightline
