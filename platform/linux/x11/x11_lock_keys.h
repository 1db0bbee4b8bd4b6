#pragma once

#include "core/graphics/input_event.h"

#include <QByteArray>

#include <optional>

namespace sightline {

/// Which lights of the X server's keyboard are on, whatever modifiers its layout makes of the lock keys.
/// None: the server cannot be reached, or has no XKB.
std::optional<LockKeys> readLockKeys(const QByteArray& displayName);

} // namespace sightline
