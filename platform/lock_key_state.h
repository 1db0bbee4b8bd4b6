#pragma once

#include "core/graphics/input_event.h"

#include <optional>

namespace sightline {

/// Which lock keys are on at the keyboard of this desktop; none: it cannot be told. From any thread; takes a
/// millisecond.
std::optional<LockKeys> lockKeyState();

} // namespace sightline
