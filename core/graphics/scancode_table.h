#pragma once

#include "core/graphics/input_event.h"

#include <cstdint>
#include <optional>

namespace sightline {

/// The scan code (set 1, as RDP sends it) of a key that Linux's input layer calls `code` (KEY_ESC is 1; an
/// X11 keycode is that plus 8). None: a key that set 1 does not have, or that switches a computer off.
std::optional<ScancodeKey> scancodeOfEvdev(std::uint32_t code);

/// The reverse.
std::optional<std::uint32_t> evdevOfScancode(const ScancodeKey& key);

} // namespace sightline
