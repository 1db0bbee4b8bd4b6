#include "platform/lock_key_state.h"

#include "platform/linux/x11/x11_lock_keys.h"

#include <QtGlobal>

namespace sightline {

std::optional<LockKeys> lockKeyState()
{
    const QByteArray display = qgetenv("DISPLAY");
    return display.isEmpty() ? std::nullopt : readLockKeys(display);
}

} // namespace sightline
