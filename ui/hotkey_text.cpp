#include "ui/hotkey_text.h"

#include "ui/key_translation.h"

#include <QCoreApplication>
#include <QKeySequence>

namespace sightline {
namespace {

constexpr Qt::KeyboardModifiers kNeeded = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
constexpr Qt::KeyboardModifiers kPossible = kNeeded | Qt::ShiftModifier;
constexpr int kLastCharacter = 0x10FFFF; // Qt's numbers of other keys are above

bool isModifierOrLock(int key)
{
    return modifierOfKey(key) != Qt::NoModifier || key == Qt::Key_CapsLock || key == Qt::Key_NumLock
        || key == Qt::Key_ScrollLock;
}

QKeySequence sequenceOf(const Hotkey& hotkey)
{
    Qt::KeyboardModifiers modifiers;
    modifiers.setFlag(Qt::ControlModifier, hotkey.hasControl);
    modifiers.setFlag(Qt::AltModifier, hotkey.hasAlt);
    modifiers.setFlag(Qt::ShiftModifier, hotkey.hasShift);
    modifiers.setFlag(Qt::MetaModifier, hotkey.hasSuper);
    const int key = hotkey.character == 0 ? keyAtPlace(hotkey.place)
                                          : static_cast<int>(QChar::toUpper(hotkey.character));
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
}

} // namespace

std::optional<Hotkey> hotkeyOf(QKeyCombination keys)
{
    const Qt::KeyboardModifiers modifiers = keys.keyboardModifiers();
    const int key = keys.key();
    if ((modifiers & kNeeded) == Qt::NoModifier || (modifiers & ~kPossible) != Qt::NoModifier
        || isModifierOrLock(key))
        return std::nullopt;
    Hotkey hotkey;
    if (key >= Qt::Key_Space && key <= kLastCharacter) {
        if (!QChar::isPrint(static_cast<char32_t>(key)))
            return std::nullopt;
        hotkey.character = QChar::toLower(static_cast<char32_t>(key));
    } else {
        const auto place = placeOfNamedKey(key);
        if (!place)
            return std::nullopt;
        hotkey.character = 0;
        hotkey.place = *place;
    }
    hotkey.hasControl = modifiers.testFlag(Qt::ControlModifier);
    hotkey.hasAlt = modifiers.testFlag(Qt::AltModifier);
    hotkey.hasShift = modifiers.testFlag(Qt::ShiftModifier);
    hotkey.hasSuper = modifiers.testFlag(Qt::MetaModifier);
    return hotkey;
}

QString hotkeyText(const Hotkey& hotkey)
{
    return sequenceOf(hotkey).toString(QKeySequence::NativeText);
}

QString hotkeyProblem(const Hotkey& hotkey, HotkeyState state)
{
    const QString keys = hotkeyText(hotkey);
    switch (state) {
    case HotkeyState::Taken:
        return QCoreApplication::translate("HotkeyText",
            "Another program uses %1, so these keys do not take control back. Choose others in the "
            "settings, or end the other program's use of them.")
            .arg(keys);
    case HotkeyState::NoSuchKey:
        return QCoreApplication::translate(
            "HotkeyText", "This keyboard does not have the keys %1. Choose others in the settings.")
            .arg(keys);
    case HotkeyState::Works:
        break;
    }
    return {};
}

QString storedHotkey(const Hotkey& hotkey)
{
    return sequenceOf(hotkey).toString(QKeySequence::PortableText);
}

std::optional<Hotkey> hotkeyFromStored(const QString& text)
{
    const auto sequence = QKeySequence::fromString(text, QKeySequence::PortableText);
    return sequence.count() == 1 ? hotkeyOf(sequence[0]) : std::nullopt;
}

} // namespace sightline
