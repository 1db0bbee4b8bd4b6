#include "ui/hotkey_edit.h"

#include "ui/hotkey_text.h"
#include "ui/key_translation.h"

#include <QKeyEvent>

namespace sightline {
namespace {

/// Tab, Enter, Escape and Shift with them move about in the dialog; whatever has more is meant for the field.
bool isForTheField(const QKeyEvent& event)
{
    constexpr Qt::KeyboardModifiers kOurs = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    return (event.modifiers() & kOurs) != Qt::NoModifier && modifierOfKey(event.key()) == Qt::NoModifier;
}

bool isPlainKey(const QKeyEvent& event)
{
    return !event.text().isEmpty() && event.text().at(0).isPrint();
}

} // namespace

HotkeyEdit::HotkeyEdit(const Hotkey& hotkey, QWidget* parent)
    : QLineEdit(hotkeyText(hotkey), parent)
    , m_hotkey(hotkey)
{
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
}

void HotkeyEdit::setHotkey(const Hotkey& hotkey)
{
    m_hotkey = hotkey;
    setText(hotkeyText(hotkey));
    Q_EMIT hotkeyChanged();
}

bool HotkeyEdit::event(QEvent* event)
{
    // Else the dialog's own shortcuts, Alt and a letter, would be taken before.
    if (event->type() == QEvent::ShortcutOverride && isForTheField(static_cast<QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void HotkeyEdit::keyPressEvent(QKeyEvent* event)
{
    if (!isForTheField(*event)) {
        if (isPlainKey(*event))
            Q_EMIT refused();
        return QLineEdit::keyPressEvent(event);
    }
    event->accept();
    if (event->isAutoRepeat())
        return;
    const Qt::KeyboardModifiers modifiers
        = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier | Qt::ShiftModifier);
    const int key = event->key() == Qt::Key_Backtab ? int(Qt::Key_Tab) : event->key();
    if (const auto pressed = hotkeyOf(QKeyCombination(modifiers, static_cast<Qt::Key>(key))))
        setHotkey(*pressed);
    else
        Q_EMIT refused();
}

} // namespace sightline
