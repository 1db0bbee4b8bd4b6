#pragma once

#include "core/base/clock.h"
#include "platform/linux/x11/x11_input_display.h"

namespace sightline {

/// Tells when the person at this desktop uses a device, as opposed to us. The injecting thread's.
///
/// The server says of each raw event which device it came from, and what XTEST makes comes from a device of
/// its own. (So do other programs that use XTEST: a script that clicks is not a person.)
class X11LocalInput {
public:
    static constexpr Duration kMinInterval = std::chrono::milliseconds(50);

    explicit X11LocalInput(X11InputDisplay& display);

    /// True when the event is such a use, and the last one that was told is kMinInterval ago.
    bool onEvent(const xcb_generic_event_t& event, TimePoint now);

private:
    const X11InputDisplay& m_display;
    TimePoint m_lastTold{};
};

} // namespace sightline
