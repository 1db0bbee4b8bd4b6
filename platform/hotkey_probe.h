#pragma once

#include "core/graphics/hotkey.h"

namespace sightline {

/// Whether this hotkey would be heard on the desktop that this process runs on, before it is needed; Works
/// also when nothing tells. The one that an injector of ours listens for is taken. GUI thread.
HotkeyState probeHotkey(const Hotkey& hotkey);

} // namespace sightline
