#include "ui/remote_input.h"

#include <QInputMethodEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

namespace sightline {
namespace {

bool isLocal(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter)
        && modifiers == (Qt::ControlModifier | Qt::AltModifier);
}

bool isOneOf(const std::vector<QKeyCombination>& keys, const QKeyEvent& event)
{
    const auto isMeant = [&event](QKeyCombination keyCombination) {
        return keyCombination.key() == event.key()
            && keyCombination.keyboardModifiers() == (event.modifiers() & ~Qt::KeypadModifier);
    };
    return std::any_of(keys.begin(), keys.end(), isMeant);
}

} // namespace

RemoteInput::RemoteInput(Sink sink, Locate locate)
    : m_sink(std::move(sink))
    , m_locate(std::move(locate))
    , m_keyboard(m_sink)
    , m_mouse(m_sink)
{
}

void RemoteInput::setKeyboardMode(RemoteKeyboard::Mode mode)
{
    m_keyboard.setMode(mode);
}

void RemoteInput::synchroniseLockKeys()
{
    if (const auto locks = m_lockKeys ? m_lockKeys() : std::nullopt)
        m_sink(*locks);
}

bool RemoteInput::onPaneEvent(QEvent& event)
{
    switch (event.type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
        return onKey(static_cast<QKeyEvent&>(event));
    case QEvent::InputMethod: {
        auto& input = static_cast<QInputMethodEvent&>(event);
        m_mouse.flush();
        m_keyboard.commit(input.commitString());
        input.accept();
        return true;
    }
    case QEvent::FocusIn:
        synchroniseLockKeys();
        return false;
    case QEvent::FocusOut:
    case QEvent::Hide:
    case QEvent::WindowDeactivate:
        releaseAll();
        return false;
    default:
        return false;
    }
}

bool RemoteInput::onKey(QKeyEvent& event)
{
    if (isLocal(event) || isOneOf(m_keptKeys, event)) {
        // Whatever becomes of the focus now, the other side does not go on holding Ctrl and Alt.
        releaseAll();
        return false;
    }
    event.accept(); // also an override: no shortcut of this window
    m_mouse.flush();
    if (event.type() == QEvent::KeyPress)
        m_keyboard.press(event);
    else if (event.type() == QEvent::KeyRelease)
        m_keyboard.release(event);
    return true;
}

bool RemoteInput::onPictureEvent(QEvent& event)
{
    switch (event.type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: // to the other side a second press
    case QEvent::MouseButtonRelease:
        onMouse(static_cast<QMouseEvent&>(event));
        break;
    case QEvent::Wheel:
        onWheel(static_cast<QWheelEvent&>(event));
        break;
    default:
        return false;
    }
    event.accept();
    return true;
}

void RemoteInput::onMouse(const QMouseEvent& event)
{
    const Place place = m_locate(event.position());
    m_keyboard.dropModifiersBut(event.modifiers());
    if (event.type() == QEvent::MouseMove)
        m_mouse.move(place.remote);
    else if (event.type() == QEvent::MouseButtonRelease)
        m_mouse.release(event.button(), place.remote);
    else if (place.isOnPicture || m_mouse.isButtonDown()) // beside it nobody means the pixel at its edge
        m_mouse.press(event.button(), place.remote);
}

void RemoteInput::onWheel(const QWheelEvent& event)
{
    const Place place = m_locate(event.position());
    m_keyboard.dropModifiersBut(event.modifiers());
    QPoint angle = event.angleDelta();
    QPoint pixels = event.pixelDelta();
    // Qt turns the wheel with Alt held into a horizontal one, which is up to the programs there.
    if (event.modifiers().testFlag(Qt::AltModifier)) {
        angle = angle.transposed();
        pixels = pixels.transposed();
    }
    if (place.isOnPicture)
        m_mouse.turnWheel(angle, pixels, place.remote);
}

void RemoteInput::releaseAll()
{
    m_mouse.releaseAll();
    m_keyboard.releaseAll();
}

} // namespace sightline
