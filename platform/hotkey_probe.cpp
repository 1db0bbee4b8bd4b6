#include "platform/hotkey_probe.h"

#include "platform/linux/x11/x11_hotkey_probe.h"

#include <QtGlobal>

namespace sightline {

HotkeyState probeHotkey(const Hotkey& hotkey)
{
    return probeX11Hotkey(qgetenv("DISPLAY"), hotkey);
}

} // namespace sightline
