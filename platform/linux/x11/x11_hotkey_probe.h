#pragma once

#include "core/graphics/hotkey.h"

#include <QByteArray>

namespace sightline {

/// Whether this hotkey would be heard on the display, as it is now; Works also when the display cannot be
/// asked.
HotkeyState probeX11Hotkey(const QByteArray& displayName, const Hotkey& hotkey);

} // namespace sightline
