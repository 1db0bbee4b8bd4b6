#pragma once

#include "core/graphics/geometry.h"

#include <cstdint>
#include <variant>

namespace sightline {

// What a person does with mouse and keyboard, in the terms of RDP's input PDUs (MS-RDPBCGR 2.2.8.1.1.3.1.1).
// Positions are pixels of the shared picture.

enum class MouseButton : std::uint8_t { Left, Right, Middle, Back, Forward };

struct PointerMove {
    Point position;
    bool operator==(const PointerMove&) const = default;
};

struct PointerButton {
    MouseButton button = MouseButton::Left;
    bool isPressed = false;
    Point position;
    bool operator==(const PointerButton&) const = default;
};

/// `delta` is in 1/120 of a notch; positive: away from the user, or to the right.
struct PointerWheel {
    bool isHorizontal = false;
    int delta = 0;
    Point position;
    bool operator==(const PointerWheel&) const = default;
};

/// A physical key: a scan code of set 1 (1 to 127), extended by 0xE0 or 0xE1 (Pause).
struct ScancodeKey {
    enum class Extension : std::uint8_t { None, E0, E1 };
    std::uint8_t code = 0;
    Extension extension = Extension::None;
    bool isPressed = false;
    bool operator==(const ScancodeKey&) const = default;
};

/// A key by its meaning: one UTF-16 code unit of the text it types, or of the letter of a shortcut while
/// Ctrl, Alt or Meta are down as scan codes. Characters beyond the BMP come as two events, high surrogate
/// first.
struct UnicodeKey {
    char16_t unit = 0;
    bool isPressed = false;
    bool operator==(const UnicodeKey&) const = default;
};

/// The state that the lock keys shall have (synchronise event).
struct LockKeys {
    bool scroll = false;
    bool num = false;
    bool caps = false;
    bool operator==(const LockKeys&) const = default;
};

using InputEvent = std::variant<PointerMove, PointerButton, PointerWheel, ScancodeKey, UnicodeKey, LockKeys>;

} // namespace sightline
