#include "platform/linux/x11/x11_pointer.h"

#include "platform/linux/x11/xcb_reply.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

constexpr int kNotch = 120;
// No hand turns a wheel further within one event.
constexpr int kMaxDelta = 32 * kNotch;

std::uint8_t logicalButton(MouseButton button)
{
    switch (button) {
    case MouseButton::Left:
        return 1;
    case MouseButton::Middle:
        return 2;
    case MouseButton::Right:
        return 3;
    case MouseButton::Back:
        return 8;
    case MouseButton::Forward:
        return 9;
    }
    return 0;
}

} // namespace

X11Pointer::X11Pointer(X11InputDisplay& display)
    : m_display(display)
{
    readMapping();
}

void X11Pointer::readMapping()
{
    const XcbPtr<xcb_get_pointer_mapping_reply_t> reply(
        xcb_get_pointer_mapping_reply(m_display.get(), xcb_get_pointer_mapping(m_display.get()), nullptr));
    if (!reply)
        return;
    const std::uint8_t* map = xcb_get_pointer_mapping_map(reply.get());
    m_mapping.assign(map, map + xcb_get_pointer_mapping_map_length(reply.get()));
}

void X11Pointer::onEvent(const xcb_generic_event_t& event)
{
    if ((event.response_type & 0x7f) != XCB_MAPPING_NOTIFY)
        return;
    if (reinterpret_cast<const xcb_mapping_notify_event_t&>(event).request == XCB_MAPPING_POINTER)
        readMapping();
}

std::uint8_t X11Pointer::physicalButton(std::uint8_t logical) const
{
    const auto found = std::find(m_mapping.begin(), m_mapping.end(), logical);
    return found == m_mapping.end() ? logical : static_cast<std::uint8_t>(found - m_mapping.begin() + 1);
}

void X11Pointer::moveTo(Point position)
{
    m_display.sendMotion({std::clamp(m_area.x + position.x, m_area.x, m_area.right() - 1),
        std::clamp(m_area.y + position.y, m_area.y, m_area.bottom() - 1)});
}

void X11Pointer::inject(const PointerMove& move)
{
    if (!m_area.isEmpty())
        moveTo(move.position);
}

void X11Pointer::inject(const PointerButton& button)
{
    const auto held = std::find(m_heldButtons.begin(), m_heldButtons.end(), button.button);
    const bool isHeld = held != m_heldButtons.end();
    if (m_area.isEmpty() || button.isPressed == isHeld)
        return;
    moveTo(button.position);
    if (button.isPressed) {
        m_held.push_back(physicalButton(logicalButton(button.button)));
        m_heldButtons.push_back(button.button);
        m_display.sendButton(m_held.back(), true);
        return;
    }
    const auto place = held - m_heldButtons.begin();
    m_display.sendButton(m_held[static_cast<std::size_t>(place)], false);
    m_held.erase(m_held.begin() + place);
    m_heldButtons.erase(held);
}

void X11Pointer::inject(const PointerWheel& wheel)
{
    if (m_area.isEmpty())
        return;
    moveTo(wheel.position);
    int& rest = wheel.isHorizontal ? m_wheelRight : m_wheelUp;
    const int delta = std::clamp(wheel.delta, -kMaxDelta, kMaxDelta);
    // Whoever turns back means the first part of a notch already.
    if ((rest > 0) != (delta > 0))
        rest = 0;
    rest += delta;
    const std::uint8_t forth = wheel.isHorizontal ? 7 : 4;
    const std::uint8_t back = wheel.isHorizontal ? 6 : 5;
    const std::uint8_t button = physicalButton(rest > 0 ? forth : back);
    for (int clicks = std::abs(rest) / kNotch; clicks > 0; --clicks) {
        m_display.sendButton(button, true);
        m_display.sendButton(button, false);
    }
    rest %= kNotch;
}

void X11Pointer::releaseAll()
{
    for (const std::uint8_t button : std::exchange(m_held, {}))
        m_display.sendButton(button, false);
    m_heldButtons.clear();
    m_wheelUp = m_wheelRight = 0;
}

} // namespace sightline
