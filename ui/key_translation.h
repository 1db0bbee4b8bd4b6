#pragma once

#include "core/graphics/input_event.h"

#include <QKeyEvent>

#include <optional>
#include <vector>

namespace sightline {

/// What a pressed key means, as events that press it (release them in reverse): the text that it types; the
/// letter of a shortcut while Ctrl, Alt or Meta are down, Latin also where the layout is not; a scan code for
/// every key that types nothing. Empty: nothing of its own, as AltGr and dead keys, which are part of a
/// character.
std::vector<InputEvent> meaningOfKey(const QKeyEvent& event);

/// The key by its place on the keyboard; none: the system does not tell, and its meaning has no place either.
std::optional<ScancodeKey> placeOfKey(const QKeyEvent& event);

/// Where the key with this Qt::Key is, when it types nothing (or a space); none: no such key.
std::optional<ScancodeKey> placeOfNamedKey(int key);
/// The reverse; Key_unknown: not such a key.
int keyAtPlace(const ScancodeKey& place);

/// Key presses for one character (two for one beyond the BMP).
std::vector<InputEvent> pressesOf(char32_t character);

/// The same event for the key's release.
InputEvent releaseOf(const InputEvent& press);

/// The modifier that this key sets while it is held; NoModifier: another key.
Qt::KeyboardModifier modifierOfKey(int key);

} // namespace sightline
