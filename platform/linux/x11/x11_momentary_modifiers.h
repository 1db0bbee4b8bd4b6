#pragma once

#include "platform/linux/x11/x11_input_display.h"
#include "platform/linux/x11/x11_keymap.h"

#include <functional>
#include <optional>
#include <vector>

namespace sightline {

/// Makes the level modifiers, the group and the locks those that one character needs, for as long as its key
/// is pressed (the server repeats a held key with the modifiers of that moment), and then what they were.
class X11MomentaryModifiers {
public:
    struct Wanted {
        std::uint8_t modifiers = 0; ///< of the level keys, and no other of them
        std::optional<std::uint8_t> group;
        std::uint8_t unlocked = 0; ///< locked modifiers that must not be
    };

    explicit X11MomentaryModifiers(X11InputDisplay& display);

    /// `held`: the keys that the viewer holds; those of them that choose another level are let go meanwhile.
    void apply(const Wanted& wanted, const X11Keymap& keymap, const std::vector<xcb_keycode_t>& held);
    void restore();

    /// True when the key is one of `held` that is let go just now: nothing more is to be done to release it.
    bool forget(xcb_keycode_t keycode);

    /// The server's state without what apply() has done to it.
    XkbModifierState stateAtRest() const;

private:
    void adjustLevel(const Wanted& wanted, const X11Keymap& keymap, const std::vector<xcb_keycode_t>& held);

    X11InputDisplay& m_display;
    std::vector<xcb_keycode_t> m_pressed;
    std::vector<xcb_keycode_t> m_lifted;
    std::optional<std::uint8_t> m_groupAtRest; ///< none: not changed
    std::uint8_t m_unlocked = 0;
};

} // namespace sightline
