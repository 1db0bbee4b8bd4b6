#include "platform/linux/x11/x11_monitors.h"

#include "platform/linux/x11/x11_connection.h"

#include <xcb/randr.h>

namespace sightline {

namespace {

QString nameOf(xcb_connection_t* connection, xcb_get_atom_name_cookie_t cookie)
{
    const XcbPtr<xcb_get_atom_name_reply_t> reply(xcb_get_atom_name_reply(connection, cookie, nullptr));
    return reply
        ? QString::fromUtf8(xcb_get_atom_name_name(reply.get()), xcb_get_atom_name_name_length(reply.get()))
        : QString();
}

Result<std::vector<Monitor>> queryMonitors(X11Connection& connection)
{
    xcb_connection_t* c = connection.get();
    xcb_generic_error_t* error = nullptr;
    const XcbPtr<xcb_randr_get_monitors_reply_t> reply(
        xcb_randr_get_monitors_reply(c, xcb_randr_get_monitors(c, connection.root(), 1), &error));
    const XcbPtr<xcb_generic_error_t> owned(error);
    if (!reply)
        return connection.failure("list its monitors", error);

    std::vector<Monitor> monitors;
    std::vector<xcb_get_atom_name_cookie_t> names;
    for (auto it = xcb_randr_get_monitors_monitors_iterator(reply.get()); it.rem > 0;
         xcb_randr_monitor_info_next(&it)) {
        const auto& info = *it.data;
        monitors.push_back({{}, {info.x, info.y, info.width, info.height}, info.primary != 0});
        names.push_back(xcb_get_atom_name(c, info.name));
    }
    for (std::size_t i = 0; i < monitors.size(); ++i)
        monitors[i].name = nameOf(c, names[i]);
    std::erase_if(monitors, [](const Monitor& monitor) { return monitor.rect.isEmpty(); });
    return monitors;
}

} // namespace

Result<std::vector<Monitor>> listMonitors(X11Connection& connection)
{
    std::vector<Monitor> monitors;
    if (connection.features().monitors) {
        auto queried = queryMonitors(connection);
        if (!queried)
            return queried;
        monitors = *std::move(queried);
    }
    if (monitors.empty()) {
        if (auto refreshed = connection.refreshRootSize(); !refreshed)
            return refreshed.error();
        const Size size = connection.rootSize();
        monitors.push_back({QStringLiteral("screen"), {0, 0, size.width, size.height}, true});
    }
    // INVARIANT: there is exactly one primary monitor, also where nobody has chosen one.
    if (std::none_of(monitors.begin(), monitors.end(), [](const Monitor& m) { return m.isPrimary; }))
        monitors.front().isPrimary = true;
    return monitors;
}

} // namespace sightline
