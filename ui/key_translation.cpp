#include "ui/key_translation.h"

#include "core/graphics/scancode_table.h"

#include <QString>

#include <algorithm>
#include <array>
#include <string_view>

namespace sightline {
namespace {

constexpr auto kE0 = ScancodeKey::Extension::E0;
constexpr auto kE1 = ScancodeKey::Extension::E1;
// X11 and Wayland count keys as the kernel does, plus this.
constexpr quint32 kEvdevOffset = 8;
constexpr Qt::KeyboardModifiers kShortcutModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

struct NamedKey {
    int key;
    ScancodeKey place;
};

constexpr std::array kNamedKeys{NamedKey{Qt::Key_Escape, {0x01}}, NamedKey{Qt::Key_Backspace, {0x0E}},
    NamedKey{Qt::Key_Tab, {0x0F}}, NamedKey{Qt::Key_Backtab, {0x0F}}, NamedKey{Qt::Key_Return, {0x1C}},
    NamedKey{Qt::Key_Enter, {0x1C, kE0}}, NamedKey{Qt::Key_Shift, {0x2A}}, NamedKey{Qt::Key_Control, {0x1D}},
    NamedKey{Qt::Key_Alt, {0x38}}, NamedKey{Qt::Key_Meta, {0x5B, kE0}},
    NamedKey{Qt::Key_Super_L, {0x5B, kE0}}, NamedKey{Qt::Key_Super_R, {0x5C, kE0}},
    NamedKey{Qt::Key_Menu, {0x5D, kE0}}, NamedKey{Qt::Key_CapsLock, {0x3A}},
    NamedKey{Qt::Key_NumLock, {0x45}}, NamedKey{Qt::Key_ScrollLock, {0x46}},
    NamedKey{Qt::Key_Insert, {0x52, kE0}}, NamedKey{Qt::Key_Delete, {0x53, kE0}},
    NamedKey{Qt::Key_Home, {0x47, kE0}}, NamedKey{Qt::Key_End, {0x4F, kE0}},
    NamedKey{Qt::Key_PageUp, {0x49, kE0}}, NamedKey{Qt::Key_PageDown, {0x51, kE0}},
    NamedKey{Qt::Key_Left, {0x4B, kE0}}, NamedKey{Qt::Key_Right, {0x4D, kE0}},
    NamedKey{Qt::Key_Up, {0x48, kE0}}, NamedKey{Qt::Key_Down, {0x50, kE0}},
    NamedKey{Qt::Key_Print, {0x37, kE0}}, NamedKey{Qt::Key_SysReq, {0x37, kE0}},
    NamedKey{Qt::Key_Pause, {0x1D, kE1}}, NamedKey{Qt::Key_VolumeMute, {0x20, kE0}},
    NamedKey{Qt::Key_VolumeDown, {0x2E, kE0}}, NamedKey{Qt::Key_VolumeUp, {0x30, kE0}},
    NamedKey{Qt::Key_MediaPlay, {0x22, kE0}}, NamedKey{Qt::Key_MediaTogglePlayPause, {0x22, kE0}},
    NamedKey{Qt::Key_MediaStop, {0x24, kE0}}, NamedKey{Qt::Key_MediaNext, {0x19, kE0}},
    NamedKey{Qt::Key_MediaPrevious, {0x10, kE0}}, NamedKey{Qt::Key_Back, {0x6A, kE0}},
    NamedKey{Qt::Key_Forward, {0x69, kE0}}, NamedKey{Qt::Key_Refresh, {0x67, kE0}},
    NamedKey{Qt::Key_Space, {0x39}}};

/// By the kernel's number; none where the system tells no such thing.
std::optional<ScancodeKey> nativePlace(const QKeyEvent& event)
{
    const quint32 code = event.nativeScanCode();
    return code > kEvdevOffset ? scancodeOfEvdev(code - kEvdevOffset) : std::nullopt;
}

std::optional<ScancodeKey> functionKey(int key)
{
    if (key < Qt::Key_F1 || key > Qt::Key_F24)
        return std::nullopt;
    constexpr std::array<std::uint8_t, 24> kCodes{0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0x40, 0x41, 0x42, 0x43, 0x44,
        0x57, 0x58, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x76};
    return ScancodeKey{kCodes[static_cast<std::size_t>(key - Qt::Key_F1)]};
}

/// Keys that there are two of mean the same, but are told apart by programs that care.
std::optional<ScancodeKey> twin(int key, const QKeyEvent& event)
{
    const auto native = nativePlace(event);
    const bool isRightShift = key == Qt::Key_Shift && native == ScancodeKey{0x36};
    const bool isRightCtrl = key == Qt::Key_Control && native == ScancodeKey{0x1D, kE0};
    const bool isRightMeta = key == Qt::Key_Meta && native == ScancodeKey{0x5C, kE0};
    return isRightShift || isRightCtrl || isRightMeta ? native : std::nullopt;
}

std::optional<ScancodeKey> namedKey(const QKeyEvent& event)
{
    if (const auto other = twin(event.key(), event))
        return other;
    return placeOfNamedKey(event.key());
}

bool isPrintable(const QString& text)
{
    return !text.isEmpty() && text.at(0).unicode() >= 0x20 && text.at(0).unicode() != 0x7F;
}

/// Where a US keyboard has this key's letter.
char16_t usLetter(const ScancodeKey& place)
{
    struct Row {
        std::u16string_view letters;
        std::uint8_t first;
    };
    constexpr std::array kRows{Row{u"qwertyuiop", 0x10}, Row{u"asdfghjkl", 0x1E}, Row{u"zxcvbnm", 0x2C}};
    for (const Row& row : kRows) {
        const int column = place.code - row.first;
        if (column >= 0 && column < static_cast<int>(row.letters.size()))
            return row.letters[static_cast<std::size_t>(column)];
    }
    return 0;
}

/// The character of a shortcut: Qt looks for a Latin one where Ctrl is held, not with Alt or Meta alone.
char32_t shortcutCharacter(const QKeyEvent& event)
{
    const int key = event.key();
    constexpr int kLastCharacter = 0x10FFFF; // Qt's numbers of other keys are above
    if (key <= Qt::Key_Space || key > kLastCharacter)
        return 0;
    const auto character = static_cast<char32_t>(key);
    const auto native = nativePlace(event);
    if (character > 0xFF && QChar::isLetter(character) && native
        && native->extension == ScancodeKey::Extension::None) {
        if (const char16_t latin = usLetter(*native); latin != 0)
            return latin;
    }
    return QChar::toLower(character);
}

/// The keypad's separator is a comma here and a point there; all else on it is the same everywhere.
bool isSeparator(const QKeyEvent& event)
{
    return (event.key() == Qt::Key_Comma || event.key() == Qt::Key_Period) && isPrintable(event.text());
}

std::vector<InputEvent> keyAt(const ScancodeKey& place)
{
    return {ScancodeKey{place.code, place.extension, true}};
}

std::vector<InputEvent> textOf(const QString& text)
{
    std::vector<InputEvent> presses;
    for (const char32_t character : text.toUcs4()) {
        const auto more = pressesOf(character);
        presses.insert(presses.end(), more.begin(), more.end());
    }
    return presses;
}

} // namespace

std::vector<InputEvent> meaningOfKey(const QKeyEvent& event)
{
    const int key = event.key();
    if (key == Qt::Key_AltGr || key == Qt::Key_Mode_switch || key == Qt::Key_Multi_key
        || (key >= Qt::Key_Dead_Grave && key <= Qt::Key_Dead_Longsolidusoverlay))
        return {};
    if (event.modifiers().testFlag(Qt::KeypadModifier) && !isSeparator(event)) {
        if (const auto native = nativePlace(event))
            return keyAt(*native);
    }
    // A space may be another one by its text, as the non-breaking one of some layouts.
    const bool isOtherSpace
        = key == Qt::Key_Space && isPrintable(event.text()) && event.text() != QLatin1StringView(" ");
    if (const auto named = namedKey(event); named && !isOtherSpace)
        return keyAt(*named);
    if ((event.modifiers() & kShortcutModifiers) == Qt::NoModifier) {
        if (isPrintable(event.text()))
            return textOf(event.text());
    } else if (const char32_t character = shortcutCharacter(event); character != 0) {
        return pressesOf(character);
    }
    const auto native = nativePlace(event);
    return native ? keyAt(*native) : std::vector<InputEvent>();
}

std::optional<ScancodeKey> placeOfNamedKey(int key)
{
    const auto* const found = std::find_if(
        kNamedKeys.begin(), kNamedKeys.end(), [key](const NamedKey& named) { return named.key == key; });
    return found == kNamedKeys.end() ? functionKey(key) : std::optional(found->place);
}

int keyAtPlace(const ScancodeKey& place)
{
    for (int key = Qt::Key_F1; key <= Qt::Key_F24; ++key) {
        if (functionKey(key) == place)
            return key;
    }
    const auto* const found = std::find_if(kNamedKeys.begin(), kNamedKeys.end(),
        [&place](const NamedKey& named) { return named.place == place; });
    return found == kNamedKeys.end() ? int(Qt::Key_unknown) : found->key;
}

std::optional<ScancodeKey> placeOfKey(const QKeyEvent& event)
{
    auto place = nativePlace(event);
    return place ? place : namedKey(event);
}

std::vector<InputEvent> pressesOf(char32_t character)
{
    if (!QChar::requiresSurrogates(character))
        return {UnicodeKey{static_cast<char16_t>(character), true}};
    return {
        UnicodeKey{QChar::highSurrogate(character), true}, UnicodeKey{QChar::lowSurrogate(character), true}};
}

InputEvent releaseOf(const InputEvent& press)
{
    InputEvent release = press;
    if (auto* unicode = std::get_if<UnicodeKey>(&release))
        unicode->isPressed = false;
    else if (auto* scancode = std::get_if<ScancodeKey>(&release))
        scancode->isPressed = false;
    return release;
}

Qt::KeyboardModifier modifierOfKey(int key)
{
    switch (key) {
    case Qt::Key_Shift:
        return Qt::ShiftModifier;
    case Qt::Key_Control:
        return Qt::ControlModifier;
    case Qt::Key_Alt:
        return Qt::AltModifier;
    case Qt::Key_Meta:
    case Qt::Key_Super_L:
    case Qt::Key_Super_R:
        return Qt::MetaModifier;
    default:
        return Qt::NoModifier;
    }
}

} // namespace sightline
