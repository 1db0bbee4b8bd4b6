#include "ui/remote_mouse.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

// A line of text, of which a notch turns three, is about as high as this.
constexpr int kPixelsOfNotch = 40;
constexpr int kNotch = 120;

std::optional<MouseButton> buttonOf(Qt::MouseButton button)
{
    switch (button) {
    case Qt::LeftButton:
        return MouseButton::Left;
    case Qt::RightButton:
        return MouseButton::Right;
    case Qt::MiddleButton:
        return MouseButton::Middle;
    case Qt::BackButton:
        return MouseButton::Back;
    case Qt::ForwardButton:
        return MouseButton::Forward;
    default:
        return std::nullopt;
    }
}

} // namespace

RemoteMouse::RemoteMouse(Sink sink)
    : m_sink(std::move(sink))
{
    m_turn.setSingleShot(true);
    m_turn.callOnTimeout([this] { flush(); });
}

void RemoteMouse::move(Point position)
{
    if (m_last == position && !m_pending)
        return;
    m_pending = m_last = position;
    if (!m_turn.isActive())
        m_turn.start(0);
}

void RemoteMouse::flush()
{
    if (m_pending)
        m_sink(PointerMove{*std::exchange(m_pending, {})});
}

void RemoteMouse::press(Qt::MouseButton button, Point position)
{
    const auto pressed = buttonOf(button);
    if (!pressed || std::find(m_down.begin(), m_down.end(), *pressed) != m_down.end())
        return;
    flush();
    m_last = position;
    m_down.push_back(*pressed);
    m_sink(PointerButton{*pressed, true, position});
}

void RemoteMouse::release(Qt::MouseButton button, Point position)
{
    const auto released = buttonOf(button);
    if (!released || std::erase(m_down, *released) == 0)
        return;
    flush();
    m_last = position;
    m_sink(PointerButton{*released, false, position});
}

void RemoteMouse::turnWheel(QPoint angle, QPoint pixels, Point position)
{
    if (angle.isNull())
        angle = pixels * (kNotch / kPixelsOfNotch);
    flush();
    m_last = position;
    if (angle.y() != 0)
        m_sink(PointerWheel{false, angle.y(), position});
    // To Qt the left is positive.
    if (angle.x() != 0)
        m_sink(PointerWheel{true, -angle.x(), position});
}

void RemoteMouse::releaseAll()
{
    flush();
    for (const MouseButton button : std::exchange(m_down, {}))
        m_sink(PointerButton{button, false, m_last});
}

} // namespace sightline
