#include "platform/linux/x11/x11_lock_keys.h"

#include "platform/linux/x11/ignore_broken_pipes.h"
#include "platform/linux/x11/xcb_reply.h"
#include "platform/linux/x11/xcb_xkb.h"

#include <string_view>
#include <xkbcommon/xkbcommon-x11.h>

namespace sightline {
namespace {

struct Disconnect {
    void operator()(xcb_connection_t* connection) const { xcb_disconnect(connection); }
};

bool isLit(xcb_connection_t* connection, std::string_view name)
{
    const XcbPtr<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(connection,
        xcb_intern_atom(connection, 1, static_cast<std::uint16_t>(name.size()), name.data()), nullptr));
    if (!atom || atom->atom == XCB_NONE)
        return false;
    const auto cookie = xcb_xkb_get_named_indicator(connection, XCB_XKB_ID_USE_CORE_KBD,
        XCB_XKB_LED_CLASS_DFLT_XI_CLASS, XCB_XKB_ID_DFLT_XI_ID, atom->atom);
    const XcbPtr<xcb_xkb_get_named_indicator_reply_t> reply(
        xcb_xkb_get_named_indicator_reply(connection, cookie, nullptr));
    return reply && reply->found != 0 && reply->on != 0;
}

} // namespace

std::optional<LockKeys> readLockKeys(const QByteArray& displayName)
{
    ignoreBrokenPipes();
    const std::unique_ptr<xcb_connection_t, Disconnect> connection(
        xcb_connect(displayName.constData(), nullptr));
    if (xcb_connection_has_error(connection.get()) != 0
        || xkb_x11_setup_xkb_extension(connection.get(), XKB_X11_MIN_MAJOR_XKB_VERSION,
               XKB_X11_MIN_MINOR_XKB_VERSION, XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, nullptr,
               nullptr)
            == 0)
        return std::nullopt;
    return LockKeys{.scroll = isLit(connection.get(), "Scroll Lock"),
        .num = isLit(connection.get(), "Num Lock"),
        .caps = isLit(connection.get(), "Caps Lock")};
}

} // namespace sightline
