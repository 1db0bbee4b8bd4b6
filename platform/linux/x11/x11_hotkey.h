#pragma once

#include "core/graphics/hotkey.h"
#include "platform/linux/x11/x11_input_display.h"
#include "platform/linux/x11/x11_keymap.h"

#include <vector>

namespace sightline {

/// A hotkey pressed by the person at this desktop, whatever lock keys are on. The injecting thread's.
///
/// The server asks at each press, with the keyboard frozen: what a person pressed is taken, and no other
/// program sees it; what came by XTEST goes on to the programs, so a viewer has the combination like any
/// other. Needs the raw events that X11LocalInput asks for.
class X11Hotkey {
public:
    explicit X11Hotkey(X11InputDisplay& display);

    /// Listens for this one and no other. To be called again after each change of the layout.
    HotkeyState grab(const Hotkey& hotkey, const X11Keymap& keymap);

    /// True when the event is the hotkey.
    bool onEvent(const xcb_generic_event_t& event);

private:
    HotkeyState grabAll();
    void ungrab();

    X11InputDisplay& m_display;
    xcb_keycode_t m_keycode = 0;
    HotkeyState m_state = HotkeyState::Works;
    std::vector<std::uint16_t> m_modifiers; ///< all combinations of locks
    bool m_isInjected = false; ///< the key's last press
    bool m_isDown = false; ///< since the last hotkey: what comes now are its repetitions
};

} // namespace sightline
