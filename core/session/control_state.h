#pragma once

#include "core/graphics/input_injector.h"

#include <QString>

#include <functional>
#include <memory>

namespace sightline {

/// Whether a viewer may use the mouse and keyboard of the desktop it sees. The sharer decides, the viewer
/// asks.
enum class ControlState { None, Asked, Granted };

/// As it is called in --stats.
inline QString controlName(ControlState state)
{
    switch (state) {
    case ControlState::Asked:
        return QStringLiteral("asked");
    case ControlState::Granted:
        return QStringLiteral("granted");
    case ControlState::None:
        break;
    }
    return QStringLiteral("none");
}

/// What happens when a viewer asks for control: the person is asked, it is given, it is refused.
enum class ControlPolicy { Ask, Always, Never };

/// Makes what acts on this desktop, as soon as a viewer is given control of it.
using InjectorFactory
    = std::function<Result<std::unique_ptr<InputInjector>>(InputInjector::Handlers handlers)>;

} // namespace sightline
