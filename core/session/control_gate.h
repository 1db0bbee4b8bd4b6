#pragma once

#include "core/base/clock.h"
#include "core/graphics/input_injector.h"
#include "core/session/held_input.h"

#include <cstdint>
#include <memory>
#include <mutex>

namespace sightline {

/// Where the viewer's input is let through to the desktop, or not: the one place that enforces who controls
/// it. Thread-safe; time is the caller's.
///
/// Nothing is injected while control is not given or sharing is paused, nor while the person at the desktop
/// uses it and for kLocalPriority after: the sharer wins. Whenever the gate shuts, what the viewer holds down
/// is let go.
class ControlGate {
public:
    static constexpr Duration kLocalPriority = std::chrono::seconds(1);
    /// A viewer that holds something down says so more often than this.
    static constexpr Duration kSilence = std::chrono::milliseconds(1500);

    struct Counts {
        std::uint64_t injected = 0;
        std::uint64_t dropped = 0;
    };

    ~ControlGate();

    /// Control is given: `injector` acts from now on. Not called by a handler of the injector's.
    void open(std::unique_ptr<InputInjector> injector);
    /// Control is over, and the injector gone. Not called by a handler of the injector's.
    void close();
    void setPaused(bool isPaused);
    void setArea(const Rect& area);
    /// Of the injector that acts, if any does.
    void setHotkey(const Hotkey& hotkey);

    void handle(const InputEvent& event, TimePoint now);
    /// The viewer said something, whatever it was.
    void heard(TimePoint now);
    /// The person at the desktop did something. The injector's handler may call it.
    void localInput(TimePoint now);
    /// Lets go of what a viewer holds that has fallen silent: its release may never come.
    void releaseIfSilent(TimePoint now);

    Counts counts() const;

private:
    bool mayInject(TimePoint now) const;
    void release();

    mutable std::mutex m_mutex; // guards all below
    std::unique_ptr<InputInjector> m_injector; ///< null: control is not given
    HeldInput m_held;
    Rect m_area;
    bool m_isPaused = false;
    TimePoint m_lastHeard{};
    TimePoint m_localUntil{};
    Counts m_counts;
};

} // namespace sightline
