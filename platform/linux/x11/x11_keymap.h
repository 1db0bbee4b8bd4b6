#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>
#include <xcb/xcb.h>

struct xkb_keymap;
struct xkb_state;

namespace sightline {

/// How a character is typed: this key, while exactly these level modifiers are held, in this group.
struct KeyStroke {
    xcb_keycode_t keycode = 0;
    std::uint8_t modifiers = 0;
    std::uint8_t group = 0;
};

/// A key that chooses a level while it is held (Shift, AltGr), and the real modifier that it sets.
struct LevelKey {
    xcb_keycode_t keycode = 0;
    std::uint8_t modifier = 0;
};

/// What the keys of an X server's core keyboard mean, as it was when asked. Real modifiers are bits of the
/// core protocol (ShiftMask is 1); locked ones are Lock and NumLock's.
class X11Keymap {
public:
    static Result<X11Keymap> load(xcb_connection_t* connection);
    X11Keymap(X11Keymap&&) noexcept;
    X11Keymap& operator=(X11Keymap&&) noexcept;
    ~X11Keymap();

    /// Prefers `group`, and the fewest modifiers; never a key of the keypad, which NumLock changes.
    std::optional<KeyStroke> text(char32_t character, std::uint8_t group, std::uint8_t locked) const;
    /// The key whose base level has the letter: in `group`, else in another (which is not switched to: what
    /// makes Ctrl+C of a Cyrillic key is every program's own rule), else where a US keyboard has it.
    std::optional<xcb_keycode_t> letter(char32_t letter, std::uint8_t group) const;
    /// The key with this symbol (XKB_KEY_...) at its base level.
    std::optional<xcb_keycode_t> symbol(std::uint32_t keysym, std::uint8_t group) const;

    /// The modifiers that are set as long as the key is held.
    std::uint8_t heldBy(xcb_keycode_t keycode) const;
    const std::vector<LevelKey>& levelKeys() const { return m_levelKeys; }
    /// Those of Ctrl, Alt and Super: with one of them a key is a shortcut and no text.
    std::uint8_t shortcutModifiers() const { return m_shortcutModifiers; }
    /// The modifiers that the key locks when it is pressed and released.
    std::uint8_t lockedBy(xcb_keycode_t keycode) const;

    /// Keys without any symbol, those that no real keyboard has first.
    std::vector<xcb_keycode_t> spareKeycodes() const;
    /// The first symbol of a key; XKB_KEY_NoSymbol when it has none.
    std::uint32_t firstSymbol(xcb_keycode_t keycode) const;

private:
    struct Unref {
        void operator()(xkb_keymap* keymap) const;
        void operator()(xkb_state* state) const;
    };
    using KeymapPtr = std::unique_ptr<xkb_keymap, Unref>;
    using StatePtr = std::unique_ptr<xkb_state, Unref>;
    using Index = std::unordered_map<char32_t, KeyStroke>;

    explicit X11Keymap(KeymapPtr keymap);
    void findModifiers();
    void addLevelKey(std::uint32_t keysym);
    const Index& indexOf(std::uint8_t group, std::uint8_t locked) const;
    void addLevel(Index& index, xkb_state* state, KeyStroke stroke) const;
    std::uint32_t groups() const;

    KeymapPtr m_keymap;
    std::vector<LevelKey> m_levelKeys;
    std::uint8_t m_shortcutModifiers = 0;
    mutable std::map<std::pair<std::uint8_t, std::uint8_t>, Index>
        m_indexes; ///< by group and locks, as asked
};

} // namespace sightline
