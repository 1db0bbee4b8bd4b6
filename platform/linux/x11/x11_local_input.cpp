#include "platform/linux/x11/x11_local_input.h"

#include <xcb/xinput.h>

namespace sightline {

X11LocalInput::X11LocalInput(X11InputDisplay& display)
    : m_display(display)
{
    struct {
        xcb_input_event_mask_t head{XCB_INPUT_DEVICE_ALL_MASTER, 1};
        std::uint32_t mask = XCB_INPUT_XI_EVENT_MASK_RAW_MOTION | XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_PRESS
            | XCB_INPUT_XI_EVENT_MASK_RAW_KEY_PRESS | XCB_INPUT_XI_EVENT_MASK_RAW_TOUCH_BEGIN;
    } selection;
    xcb_input_xi_select_events(display.get(), display.root(), 1, &selection.head);
}

bool X11LocalInput::onEvent(const xcb_generic_event_t& event, TimePoint now)
{
    if ((event.response_type & 0x7f) != XCB_GE_GENERIC)
        return false;
    // All raw events begin alike.
    const auto& raw = reinterpret_cast<const xcb_input_raw_key_press_event_t&>(event);
    if (raw.extension != m_display.inputOpcode())
        return false;
    const bool isRaw = raw.event_type == XCB_INPUT_RAW_KEY_PRESS || raw.event_type == XCB_INPUT_RAW_MOTION
        || raw.event_type == XCB_INPUT_RAW_BUTTON_PRESS || raw.event_type == XCB_INPUT_RAW_TOUCH_BEGIN;
    if (!isRaw || m_display.isOwnDevice(raw.sourceid) || now < m_lastTold + kMinInterval)
        return false;
    m_lastTold = now;
    return true;
}

} // namespace sightline
