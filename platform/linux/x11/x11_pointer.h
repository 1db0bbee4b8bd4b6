#pragma once

#include "core/graphics/input_event.h"
#include "platform/linux/x11/x11_input_display.h"

#include <vector>

namespace sightline {

/// The mouse of an X server. The injecting thread's.
///
/// Buttons are what they mean, also where the person at this desktop has exchanged left and right. XTEST
/// knows the wheel only as clicks of buttons 4 to 7: parts of a notch add up until they make one.
class X11Pointer {
public:
    explicit X11Pointer(X11InputDisplay& display);

    void setArea(const Rect& area) { m_area = area; }

    void inject(const PointerMove& move);
    void inject(const PointerButton& button);
    void inject(const PointerWheel& wheel);
    void releaseAll();

    void onEvent(const xcb_generic_event_t& event);

private:
    void moveTo(Point position);
    void readMapping();
    std::uint8_t physicalButton(std::uint8_t logical) const;

    X11InputDisplay& m_display;
    Rect m_area;
    std::vector<std::uint8_t> m_mapping; ///< the logical number of each physical button
    std::vector<std::uint8_t> m_held; ///< physical, as pressed
    std::vector<MouseButton> m_heldButtons; ///< in the same order
    int m_wheelUp = 0; ///< what is left of a notch
    int m_wheelRight = 0;
};

} // namespace sightline
