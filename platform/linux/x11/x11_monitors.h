#pragma once

#include "core/graphics/screen_capture.h"

namespace sightline {

class X11Connection;

/// The monitors by RANDR 1.5; without it, or without any, the whole screen as one.
Result<std::vector<Monitor>> listMonitors(X11Connection& connection);

} // namespace sightline
