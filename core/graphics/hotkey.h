#pragma once

#include "core/graphics/input_event.h"

namespace sightline {

/// A combination of keys by its meaning: one key, and the modifiers that are held with it and no others. By
/// default Ctrl+Alt+Space.
struct Hotkey {
    char32_t character = U' '; ///< that the key types, lower case; 0: none, then `place` tells the key
    ScancodeKey place{}; ///< of a key that types nothing, as F9; only looked at without a character
    bool hasControl = true;
    bool hasAlt = true;
    bool hasShift = false;
    bool hasSuper = false;
    bool operator==(const Hotkey&) const = default;
};

/// Whether a hotkey can be heard on a desktop, or why not.
enum class HotkeyState { Works, Taken, NoSuchKey };

} // namespace sightline
