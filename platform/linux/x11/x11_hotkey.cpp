#include "platform/linux/x11/x11_hotkey.h"

#include "core/graphics/scancode_table.h"
#include "platform/linux/x11/xcb_reply.h"

#include <array>
#include <utility>
#include <xcb/xinput.h>
#include <xkbcommon/xkbcommon.h>

namespace sightline {
namespace {

constexpr std::uint32_t kEvdevOffset = 8;

std::uint8_t modifierOf(const X11Keymap& keymap, xkb_keysym_t symbol, bool isLock)
{
    const auto keycode = keymap.symbol(symbol, 0);
    if (!keycode)
        return 0;
    return isLock ? keymap.lockedBy(*keycode) : keymap.heldBy(*keycode);
}

/// Zero: no key of this keyboard.
xcb_keycode_t keycodeOf(const Hotkey& hotkey, const X11Keymap& keymap)
{
    if (hotkey.character == 0) {
        const auto code = evdevOfScancode(hotkey.place);
        return code ? static_cast<xcb_keycode_t>(*code + kEvdevOffset) : xcb_keycode_t{0};
    }
    if (const auto keycode = keymap.letter(hotkey.character, 0))
        return *keycode;
    // As the digits of a French keyboard, which are above other characters.
    const auto stroke = keymap.text(hotkey.character, 0, 0);
    return stroke ? stroke->keycode : xcb_keycode_t{0};
}

/// Zero: this keyboard lacks one of them.
std::uint16_t modifiersOf(const Hotkey& hotkey, const X11Keymap& keymap)
{
    const std::array<std::pair<bool, xkb_keysym_t>, 4> wanted{
        {{hotkey.hasControl, XKB_KEY_Control_L}, {hotkey.hasAlt, XKB_KEY_Alt_L},
            {hotkey.hasShift, XKB_KEY_Shift_L}, {hotkey.hasSuper, XKB_KEY_Super_L}}};
    std::uint16_t all = 0;
    for (const auto& [isWanted, symbol] : wanted) {
        const std::uint8_t modifier = isWanted ? modifierOf(keymap, symbol, false) : std::uint8_t{0};
        if (isWanted && modifier == 0)
            return 0;
        all = static_cast<std::uint16_t>(all | modifier);
    }
    return all;
}

std::vector<std::uint16_t> combinations(std::uint16_t base, const X11Keymap& keymap)
{
    std::vector<std::uint16_t> all{base};
    for (const xkb_keysym_t lock : {XKB_KEY_Caps_Lock, XKB_KEY_Num_Lock, XKB_KEY_Scroll_Lock}) {
        const std::uint8_t modifier = modifierOf(keymap, lock, true);
        if (modifier == 0)
            continue;
        const std::size_t count = all.size();
        for (std::size_t i = 0; i < count; ++i)
            all.push_back(static_cast<std::uint16_t>(all[i] | modifier));
    }
    return all;
}

} // namespace

X11Hotkey::X11Hotkey(X11InputDisplay& display)
    : m_display(display)
{
}

HotkeyState X11Hotkey::grab(const Hotkey& hotkey, const X11Keymap& keymap)
{
    const std::uint16_t base = modifiersOf(hotkey, keymap);
    const xcb_keycode_t keycode = base == 0 ? xcb_keycode_t{0} : keycodeOf(hotkey, keymap);
    auto modifiers = combinations(base, keymap);
    if (keycode != 0 && keycode == m_keycode && modifiers == m_modifiers)
        return m_state;
    ungrab();
    m_keycode = keycode;
    m_modifiers = std::move(modifiers);
    m_state = m_keycode == 0 ? HotkeyState::NoSuchKey : grabAll();
    return m_state;
}

HotkeyState X11Hotkey::grabAll()
{
    bool isRefused = false;
    for (const std::uint16_t combination : m_modifiers) {
        const XcbPtr<xcb_generic_error_t> error(xcb_request_check(m_display.get(),
            xcb_grab_key_checked(m_display.get(), 0, m_display.root(), combination, m_keycode,
                XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_SYNC)));
        isRefused = isRefused || error != nullptr;
    }
    return isRefused ? HotkeyState::Taken : HotkeyState::Works;
}

void X11Hotkey::ungrab()
{
    if (m_keycode == 0)
        return;
    for (const std::uint16_t combination : m_modifiers)
        xcb_ungrab_key(m_display.get(), m_keycode, m_display.root(), combination);
    m_keycode = 0;
}

bool X11Hotkey::onEvent(const xcb_generic_event_t& event)
{
    const int type = event.response_type & 0x7f;
    if (type == XCB_GE_GENERIC) {
        // Comes before the key press itself, which does not tell its device.
        const auto& raw = reinterpret_cast<const xcb_input_raw_key_press_event_t&>(event);
        if (raw.extension == m_display.inputOpcode() && raw.event_type == XCB_INPUT_RAW_KEY_PRESS
            && raw.detail == m_keycode)
            m_isInjected = m_display.isOwnDevice(raw.sourceid);
        return false;
    }
    if (type == XCB_KEY_RELEASE)
        m_isDown = false;
    if (type != XCB_KEY_PRESS)
        return false;
    xcb_allow_events(m_display.get(), m_isInjected ? XCB_ALLOW_REPLAY_KEYBOARD : XCB_ALLOW_ASYNC_KEYBOARD,
        XCB_CURRENT_TIME);
    return !m_isInjected && !std::exchange(m_isDown, true);
}

} // namespace sightline
