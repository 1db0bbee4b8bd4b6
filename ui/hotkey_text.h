#pragma once

#include "core/graphics/hotkey.h"

#include <QKeyCombination>
#include <QString>

#include <optional>

namespace sightline {

/// None: no hotkey, as a key that types or acts by itself (Ctrl, Alt or Super must be held too), a modifier
/// or lock key alone, or a key that has no name.
std::optional<Hotkey> hotkeyOf(QKeyCombination keys);

/// For people, in their language: "Ctrl+Alt+Space".
QString hotkeyText(const Hotkey& hotkey);

/// Why it cannot be heard, and what to do about it; empty when it works.
QString hotkeyProblem(const Hotkey& hotkey, HotkeyState state);

/// For files: the same in every language. None: not such a text, or no hotkey.
QString storedHotkey(const Hotkey& hotkey);
std::optional<Hotkey> hotkeyFromStored(const QString& text);

} // namespace sightline
