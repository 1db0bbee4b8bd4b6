#include "platform/linux/x11/x11_hotkey_probe.h"

#include "platform/linux/x11/x11_hotkey.h"

namespace sightline {

HotkeyState probeX11Hotkey(const QByteArray& displayName, const Hotkey& hotkey)
{
    const auto display = X11InputDisplay::create(displayName);
    if (!display)
        return HotkeyState::Works;
    const auto keymap = X11Keymap::load((*display)->get());
    if (!keymap)
        return HotkeyState::Works;
    // The server lets go of the keys as soon as the connection closes.
    return X11Hotkey(**display).grab(hotkey, *keymap);
}

} // namespace sightline
