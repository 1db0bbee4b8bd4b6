#pragma once

#include "core/graphics/input_injector.h"

#include <memory>

namespace sightline {

/// Opens mouse and keyboard of the desktop that this process runs on, as DISPLAY names it. NoDisplay: there
/// is none, or none that input can be injected into. From any thread.
Result<std::unique_ptr<InputInjector>> openInputInjector(InputInjector::Handlers handlers);

} // namespace sightline
