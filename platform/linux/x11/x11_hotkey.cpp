#include "platform/linux/x11/x11_hotkey.h"

#include "core/base/log.h"
#include "platform/linux/x11/xcb_reply.h"

#include <array>
#include <xcb/xinput.h>
#include <xkbcommon/xkbcommon.h>

namespace sightline {
namespace {

std::uint8_t modifierOf(const X11Keymap& keymap, xkb_keysym_t symbol, bool isLock)
{
    const auto keycode = keymap.symbol(symbol, 0);
    if (!keycode)
        return 0;
    return isLock ? keymap.lockedBy(*keycode) : keymap.heldBy(*keycode);
}

std::vector<std::uint32_t> combinations(const X11Keymap& keymap)
{
    const std::uint32_t base
        = modifierOf(keymap, XKB_KEY_Control_L, false) | modifierOf(keymap, XKB_KEY_Alt_L, false);
    std::vector<std::uint32_t> all{base};
    for (const xkb_keysym_t lock : {XKB_KEY_Caps_Lock, XKB_KEY_Num_Lock, XKB_KEY_Scroll_Lock}) {
        const std::uint32_t modifier = modifierOf(keymap, lock, true);
        if (modifier == 0)
            continue;
        const std::size_t count = all.size();
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(all[i] | modifier);
    }
    return all;
}

} // namespace

X11Hotkey::X11Hotkey(X11InputDisplay& display)
    : m_display(display)
{
}

void X11Hotkey::grab(const X11Keymap& keymap)
{
    const xcb_keycode_t keycode = keymap.symbol(XKB_KEY_space, 0).value_or(0);
    auto modifiers = combinations(keymap);
    if (keycode == m_keycode && modifiers == m_modifiers)
        return;
    ungrab();
    m_keycode = keycode;
    m_modifiers = std::move(modifiers);
    if (m_keycode == 0)
        return;
    const std::uint32_t events = XCB_INPUT_XI_EVENT_MASK_KEY_PRESS;
    const auto cookie = xcb_input_xi_passive_grab_device(m_display.get(), XCB_CURRENT_TIME, m_display.root(),
        XCB_NONE, m_keycode, XCB_INPUT_DEVICE_ALL_MASTER, static_cast<std::uint16_t>(m_modifiers.size()), 1,
        XCB_INPUT_GRAB_TYPE_KEYCODE, XCB_INPUT_GRAB_MODE_22_SYNC, XCB_INPUT_GRAB_MODE_22_ASYNC, 0, &events,
        m_modifiers.data());
    const XcbPtr<xcb_input_xi_passive_grab_device_reply_t> reply(
        xcb_input_xi_passive_grab_device_reply(m_display.get(), cookie, nullptr));
    if (!reply || reply->num_modifiers > 0)
        qCWarning(logSession) << "Another program uses Ctrl+Alt+Space, so that it does not take control back";
}

void X11Hotkey::ungrab()
{
    if (m_keycode == 0)
        return;
    xcb_input_xi_passive_ungrab_device(m_display.get(), m_display.root(), m_keycode,
        XCB_INPUT_DEVICE_ALL_MASTER, static_cast<std::uint16_t>(m_modifiers.size()),
        XCB_INPUT_GRAB_TYPE_KEYCODE, m_modifiers.data());
    m_keycode = 0;
}

bool X11Hotkey::onEvent(const xcb_generic_event_t& event)
{
    if ((event.response_type & 0x7f) != XCB_GE_GENERIC)
        return false;
    const auto& key = reinterpret_cast<const xcb_input_key_press_event_t&>(event);
    if (key.extension != m_display.inputOpcode() || key.event_type != XCB_INPUT_KEY_PRESS)
        return false;
    const bool isInjected = m_display.isOwnDevice(key.sourceid);
    xcb_input_xi_allow_events(m_display.get(), XCB_CURRENT_TIME, key.deviceid,
        isInjected ? XCB_INPUT_EVENT_MODE_REPLAY_DEVICE : XCB_INPUT_EVENT_MODE_ASYNC_DEVICE, 0, XCB_NONE);
    const bool isRepeat = (key.flags & XCB_INPUT_KEY_EVENT_FLAGS_KEY_REPEAT) != 0;
    return !isInjected && !isRepeat;
}

} // namespace sightline
