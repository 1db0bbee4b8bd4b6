#include "platform/linux/x11/x11_input_display.h"

#include "platform/linux/x11/ignore_broken_pipes.h"
#include "platform/linux/x11/xcb_reply.h"
#include "platform/linux/x11/xcb_xkb.h"

#include <string_view>
#include <xcb/xinput.h>
#include <xcb/xtest.h>
#include <xkbcommon/xkbcommon-x11.h>

namespace sightline {
namespace {

// XInput 2.1 is the first whose raw events come during other programs' grabs too, 2.2 what servers have since
// 2012.
constexpr std::uint16_t kInputMajor = 2;
constexpr std::uint16_t kInputMinor = 2;

Error lacks(const char* extension)
{
    return {ErrorCode::NoDisplay,
        QStringLiteral("the X server lacks the extension %1").arg(QLatin1StringView(extension))};
}

xcb_window_t rootOf(xcb_connection_t* connection, int number)
{
    for (auto it = xcb_setup_roots_iterator(xcb_get_setup(connection)); it.rem > 0;
         xcb_screen_next(&it), --number) {
        if (number == 0)
            return it.data->root;
    }
    return XCB_NONE;
}

} // namespace

Result<std::unique_ptr<X11InputDisplay>> X11InputDisplay::create(const QByteArray& displayName)
{
    ignoreBrokenPipes();
    int screen = 0;
    ConnectionPtr connection(xcb_connect(displayName.constData(), &screen));
    const bool isConnected = xcb_connection_has_error(connection.get()) == 0;
    const xcb_window_t root = isConnected ? rootOf(connection.get(), screen) : XCB_NONE;
    if (root == XCB_NONE) {
        return Error(ErrorCode::NoDisplay,
            QStringLiteral("cannot connect to the X display '%1'").arg(QString::fromLocal8Bit(displayName)));
    }
    std::unique_ptr<X11InputDisplay> display(new X11InputDisplay(std::move(connection), root));
    if (auto negotiated = display->negotiate(); !negotiated)
        return negotiated.error();
    return display;
}

X11InputDisplay::X11InputDisplay(ConnectionPtr connection, xcb_window_t root)
    : m_connection(std::move(connection))
    , m_root(root)
{
}

Result<void> X11InputDisplay::negotiate()
{
    const auto* xtest = xcb_get_extension_data(get(), &xcb_test_id);
    if (xtest == nullptr || xtest->present == 0)
        return lacks("XTEST");
    if (xkb_x11_setup_xkb_extension(get(), XKB_X11_MIN_MAJOR_XKB_VERSION, XKB_X11_MIN_MINOR_XKB_VERSION,
            XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS, nullptr, nullptr, &m_xkbEvent, nullptr)
        == 0)
        return lacks("XKEYBOARD");
    const auto* input = xcb_get_extension_data(get(), &xcb_input_id);
    if (input == nullptr || input->present == 0)
        return lacks("XInputExtension");
    const XcbPtr<xcb_input_xi_query_version_reply_t> version(xcb_input_xi_query_version_reply(
        get(), xcb_input_xi_query_version(get(), kInputMajor, kInputMinor), nullptr));
    if (!version || version->major_version < kInputMajor || version->minor_version < kInputMinor)
        return lacks("XInputExtension 2.2");
    m_inputOpcode = input->major_opcode;
    selectKeymapEvents();
    return findDevices();
}

Result<void> X11InputDisplay::findDevices()
{
    constexpr std::string_view kName = "XTEST Device";
    const XcbPtr<xcb_intern_atom_reply_t> atom(xcb_intern_atom_reply(
        get(), xcb_intern_atom(get(), 0, static_cast<std::uint16_t>(kName.size()), kName.data()), nullptr));
    const XcbPtr<xcb_input_xi_get_client_pointer_reply_t> pointer(xcb_input_xi_get_client_pointer_reply(
        get(), xcb_input_xi_get_client_pointer(get(), XCB_NONE), nullptr));
    const XcbPtr<xcb_input_xi_query_device_reply_t> devices(xcb_input_xi_query_device_reply(
        get(), xcb_input_xi_query_device(get(), XCB_INPUT_DEVICE_ALL), nullptr));
    if (!atom || !pointer || !devices)
        return Error(ErrorCode::NoDisplay, QStringLiteral("the X server does not tell its input devices"));

    std::uint16_t keyboard = 0;
    for (auto it = xcb_input_xi_query_device_infos_iterator(devices.get()); it.rem > 0;
         xcb_input_xi_device_info_next(&it)) {
        if (it.data->deviceid == pointer->deviceid)
            keyboard = it.data->attachment; // the master that is paired with this one
    }
    for (auto it = xcb_input_xi_query_device_infos_iterator(devices.get()); it.rem > 0;
         xcb_input_xi_device_info_next(&it)) {
        const xcb_input_xi_device_info_t& device = *it.data;
        const bool isPointer
            = device.type == XCB_INPUT_DEVICE_TYPE_SLAVE_POINTER && device.attachment == pointer->deviceid;
        const bool isKeyboard
            = device.type == XCB_INPUT_DEVICE_TYPE_SLAVE_KEYBOARD && device.attachment == keyboard;
        if ((isPointer || isKeyboard) && isXtestDevice(device.deviceid, atom->atom))
            (isPointer ? m_xtestPointer : m_xtestKeyboard) = device.deviceid;
    }
    if (m_xtestPointer == 0 || m_xtestKeyboard == 0)
        return Error(ErrorCode::NoDisplay, QStringLiteral("the X server has no XTEST devices"));
    return {};
}

bool X11InputDisplay::isXtestDevice(std::uint16_t device, xcb_atom_t property) const
{
    const XcbPtr<xcb_input_xi_get_property_reply_t> reply(xcb_input_xi_get_property_reply(get(),
        xcb_input_xi_get_property(get(), device, 0, property, XCB_GET_PROPERTY_TYPE_ANY, 0, 1), nullptr));
    return reply && reply->num_items > 0;
}

void X11InputDisplay::selectKeymapEvents()
{
    constexpr std::uint16_t kEvents = XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY | XCB_XKB_EVENT_TYPE_MAP_NOTIFY;
    constexpr std::uint16_t kAllParts = 0xff;
    xcb_xkb_select_events(get(), XCB_XKB_ID_USE_CORE_KBD, kEvents, 0, kEvents, kAllParts, kAllParts, nullptr);
}

void X11InputDisplay::sendKey(xcb_keycode_t keycode, bool isPressed)
{
    xcb_test_fake_input(
        get(), isPressed ? XCB_KEY_PRESS : XCB_KEY_RELEASE, keycode, XCB_CURRENT_TIME, XCB_NONE, 0, 0, 0);
}

void X11InputDisplay::sendButton(std::uint8_t button, bool isPressed)
{
    xcb_test_fake_input(get(), isPressed ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, button, XCB_CURRENT_TIME,
        XCB_NONE, 0, 0, 0);
}

void X11InputDisplay::sendMotion(Point position)
{
    xcb_test_fake_input(get(), XCB_MOTION_NOTIFY, 0, XCB_CURRENT_TIME, m_root,
        static_cast<std::int16_t>(position.x), static_cast<std::int16_t>(position.y), 0);
}

XkbModifierState X11InputDisplay::modifierState() const
{
    const XcbPtr<xcb_xkb_get_state_reply_t> reply(
        xcb_xkb_get_state_reply(get(), xcb_xkb_get_state(get(), XCB_XKB_ID_USE_CORE_KBD), nullptr));
    return reply ? XkbModifierState{reply->group, reply->lockedGroup, reply->lockedMods} : XkbModifierState{};
}

void X11InputDisplay::lockModifiers(std::uint8_t mask, std::uint8_t values)
{
    xcb_xkb_latch_lock_state(get(), XCB_XKB_ID_USE_CORE_KBD, mask, values, 0, 0, 0, 0, 0);
}

void X11InputDisplay::lockGroup(std::uint8_t group)
{
    xcb_xkb_latch_lock_state(get(), XCB_XKB_ID_USE_CORE_KBD, 0, 0, 1, group, 0, 0, 0);
}

void X11InputDisplay::setSymbols(xcb_keycode_t keycode, std::span<const xcb_keysym_t> symbols)
{
    const xcb_keysym_t nothing = XCB_NO_SYMBOL;
    const std::span<const xcb_keysym_t> all = symbols.empty() ? std::span(&nothing, 1) : symbols;
    xcb_change_keyboard_mapping(get(), 1, keycode, static_cast<std::uint8_t>(all.size()), all.data());
}

} // namespace sightline
