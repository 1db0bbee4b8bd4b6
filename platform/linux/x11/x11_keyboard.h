#pragma once

#include "core/graphics/input_event.h"
#include "platform/linux/x11/x11_momentary_modifiers.h"
#include "platform/linux/x11/x11_spare_keys.h"

#include <memory>
#include <optional>
#include <vector>

namespace sightline {

/// Types on an X server: characters by their meaning in the layout that it has at that moment, and keys by
/// their place. The injecting thread's; letting go of everything is up to the owner (releaseAll()).
///
/// A character's key and modifiers come from the server's keymap. While Ctrl, Alt or Super are held by scan
/// codes, a letter is a shortcut: the key with that letter, with Shift as it is held.
class X11Keyboard {
public:
    /// NoDisplay: the server ended, or tells no layout.
    static Result<std::unique_ptr<X11Keyboard>> create(X11InputDisplay& display);

    /// None: done. Otherwise nothing has happened yet and the same event must be given again at that time.
    std::optional<TimePoint> inject(const UnicodeKey& key);
    void inject(const ScancodeKey& key);
    void inject(const LockKeys& locks);
    /// Lets go of all keys and puts the lock keys back, but for those that somebody else has changed since.
    void releaseAll();

    /// True for an event that tells of another layout: keymap() is another one then.
    bool onEvent(const xcb_generic_event_t& event);
    const X11Keymap& keymap();

private:
    struct HeldKey {
        xcb_keycode_t keycode = 0;
        char32_t character = 0; ///< 0: held by its scan code
    };
    /// Which key to press for a character, under which modifiers; none of these: as they are.
    struct Plan {
        xcb_keycode_t keycode = 0;
        std::optional<X11MomentaryModifiers::Wanted> modifiers;
    };

    X11Keyboard(X11InputDisplay& display, X11Keymap keymap);

    std::optional<TimePoint> press(char32_t character);
    void release(char32_t character);
    std::optional<Plan> plan(char32_t character);
    std::optional<Plan> planText(char32_t character);
    bool isShortcut() const;
    HeldKey* find(xcb_keycode_t keycode);
    void hold(xcb_keycode_t keycode, char32_t character);
    std::vector<xcb_keycode_t> heldByScancode() const;
    void noteLocksBefore();
    std::uint8_t lockModifier(std::uint32_t keysym) const;

    X11InputDisplay& m_display;
    X11Keymap m_keymap;
    X11SpareKeys m_spareKeys;
    X11MomentaryModifiers m_momentary;
    bool m_isKeymapStale = false;
    std::vector<HeldKey> m_held;
    xcb_keycode_t m_adjustedFor = 0; ///< the key that m_momentary is for
    char16_t m_highPressed = 0; ///< surrogates whose second half has not come yet
    char16_t m_highReleased = 0;
    std::optional<std::uint8_t> m_locksBefore; ///< none: we have not changed any
    std::uint8_t m_locksSet = 0; ///< by us, at last
};

} // namespace sightline
