#pragma once

#include "core/base/result.h"
#include "core/graphics/hotkey.h"
#include "core/graphics/input_event.h"

#include <functional>

namespace sightline {

/// Acts as mouse and keyboard of the desktop that this process runs on. Every function may be called from any
/// thread and returns at once; handlers run on a thread of the injector's and must not block.
///
/// Destruction releases whatever is pressed; no handler runs afterwards.
class InputInjector {
public:
    struct Handlers {
        /// The person at this desktop moved the mouse or pressed something, as opposed to inject(). At most
        /// once in 50 ms.
        std::function<void()> localInput;
        /// The hotkey that takes control back was pressed here; it reaches no other program.
        std::function<void()> takeBackHotkey;
        /// Whether it can be heard: after each setHotkey(), and when a change of the layout changes it.
        std::function<void(HotkeyState)> hotkeyStateChanged;
        /// The desktop is gone (NoDisplay). Last call.
        std::function<void(const Error&)> failed;
    };

    virtual ~InputInjector() = default;

    /// Initially none.
    virtual void setHotkey(const Hotkey& hotkey) = 0;

    /// Where the shared picture lies on the desktop: positions of events are relative to it, those outside
    /// are moved to its edge. Initially empty: nothing that has a position is injected.
    virtual void setArea(const Rect& area) = 0;

    /// Events are injected in the order of the calls. A release of what was not pressed by inject() does
    /// nothing.
    virtual void inject(const InputEvent& event) = 0;

    /// Lets go of every key and button that inject() holds, and restores what it changed (lock keys).
    virtual void releaseAll() = 0;
};

} // namespace sightline
