#include "ui/remote_keyboard.h"

#include <QTest>

using namespace sightline;

namespace {

constexpr auto kE0 = ScancodeKey::Extension::E0;

struct Key {
    int key;
    quint32 evdev; ///< the kernel's number, 0: not told
    QString text;
    Qt::KeyboardModifiers modifiers;
};

QKeyEvent event(QEvent::Type type, const Key& key, bool isRepeat = false)
{
    return {type, key.key, key.modifiers, key.evdev == 0 ? 0 : key.evdev + 8, 0, 0, key.text, isRepeat};
}

std::vector<InputEvent> text(const QString& units)
{
    std::vector<InputEvent> presses;
    for (const QChar unit : units)
        presses.push_back(UnicodeKey{unit.unicode(), true});
    return presses;
}

std::vector<InputEvent> scancode(std::uint8_t code, ScancodeKey::Extension extension = {})
{
    return {ScancodeKey{code, extension, true}};
}

struct Recorder {
    std::vector<InputEvent> events;
    RemoteKeyboard keyboard{[this](const InputEvent& input) { events.push_back(input); }};

    void press(const Key& key, bool isRepeat = false)
    {
        keyboard.press(event(QEvent::KeyPress, key, isRepeat));
    }
    void release(const Key& key, bool isRepeat = false)
    {
        keyboard.release(event(QEvent::KeyRelease, key, isRepeat));
    }
    std::vector<InputEvent> take() { return std::exchange(events, {}); }
};

} // namespace

Q_DECLARE_METATYPE(Key)
Q_DECLARE_METATYPE(std::vector<InputEvent>)

class TestRemoteKeyboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void meaning_data();
    void meaning();
    void place_data();
    void place();
    void releaseIsOfWhatWasPressed();
    void repetitionsAreDropped();
    void committedText();
    void staleModifiersAreDropped();
    void releaseAll();
    void modeSwitchReleases();
    void lostRelease();
};

void TestRemoteKeyboard::meaning_data()
{
    QTest::addColumn<Key>("key");
    QTest::addColumn<std::vector<InputEvent>>("presses");
    const auto row = [](const char* name, const Key& key, const std::vector<InputEvent>& presses) {
        QTest::newRow(name) << key << presses;
    };
    const QString none;
    const auto utf8 = [](const char* t) { return QString::fromUtf8(t); };
    row("letter", {Qt::Key_A, 30, utf8("a"), {}}, text(utf8("a")));
    row("capital", {Qt::Key_A, 30, utf8("A"), Qt::ShiftModifier}, text(utf8("A")));
    row("AltGr text", {Qt::Key_At, 16, utf8("@"), {}}, text(utf8("@")));
    row("AltGr text by group", {0x20AC, 18, utf8("€"), Qt::GroupSwitchModifier}, text(utf8("€")));
    row("Cyrillic", {0x042F, 44, utf8("я"), {}}, text(utf8("я")));
    row("beyond the BMP", {Qt::Key_unknown, 30, utf8("😀"), {}}, text(utf8("😀")));
    row("space", {Qt::Key_Space, 57, utf8(" "), {}}, scancode(0x39));
    row("no-break space", {Qt::Key_Space, 57, utf8("\u00A0"), {}}, text(utf8("\u00A0")));
    row("AltGr", {Qt::Key_AltGr, 100, none, {}}, {});
    row("dead key", {Qt::Key_Dead_Acute, 13, none, {}}, {});
    row("Compose", {Qt::Key_Multi_key, 127, none, {}}, {});

    row("Ctrl+Z of AZERTY", {Qt::Key_Z, 17, utf8("\x1a"), Qt::ControlModifier}, text(utf8("z")));
    row("Ctrl+Shift+T", {Qt::Key_T, 20, utf8("\x14"), Qt::ControlModifier | Qt::ShiftModifier},
        text(utf8("t")));
    row("Alt+letter", {Qt::Key_F, 33, utf8("f"), Qt::AltModifier}, text(utf8("f")));
    row("Alt+Cyrillic", {0x042F, 44, utf8("я"), Qt::AltModifier}, text(utf8("z")));
    row("Ctrl+umlaut", {Qt::Key_Odiaeresis, 39, utf8("ö"), Qt::ControlModifier}, text(utf8("ö")));
    row("Ctrl+plus", {Qt::Key_Plus, 13, utf8("+"), Qt::ControlModifier | Qt::ShiftModifier}, text(utf8("+")));
    row("Ctrl+Space", {Qt::Key_Space, 57, utf8(" "), Qt::ControlModifier}, scancode(0x39));

    row("Return", {Qt::Key_Return, 28, utf8("\r"), {}}, scancode(0x1C));
    row("keypad Enter", {Qt::Key_Enter, 96, utf8("\r"), Qt::KeypadModifier}, scancode(0x1C, kE0));
    row("Tab", {Qt::Key_Tab, 15, utf8("\t"), {}}, scancode(0x0F));
    row("Backtab", {Qt::Key_Backtab, 15, none, Qt::ShiftModifier}, scancode(0x0F));
    row("Escape", {Qt::Key_Escape, 1, utf8("\x1b"), {}}, scancode(0x01));
    row("Delete", {Qt::Key_Delete, 111, utf8("\x7f"), {}}, scancode(0x53, kE0));
    row("Left", {Qt::Key_Left, 105, none, {}}, scancode(0x4B, kE0));
    row("F1", {Qt::Key_F1, 59, none, {}}, scancode(0x3B));
    row("F12", {Qt::Key_F12, 88, none, {}}, scancode(0x58));
    row("Pause", {Qt::Key_Pause, 119, none, {}}, scancode(0x1D, ScancodeKey::Extension::E1));
    row("Caps Lock", {Qt::Key_CapsLock, 58, none, {}}, scancode(0x3A));
    row("left Shift", {Qt::Key_Shift, 42, none, {}}, scancode(0x2A));
    row("right Shift", {Qt::Key_Shift, 54, none, {}}, scancode(0x36));
    row("right Ctrl", {Qt::Key_Control, 97, none, {}}, scancode(0x1D, kE0));
    row("right Alt is AltGr elsewhere", {Qt::Key_Alt, 100, none, {}}, scancode(0x38));
    row("Super", {Qt::Key_Super_L, 125, none, {}}, scancode(0x5B, kE0));
    row("Escape on Caps Lock", {Qt::Key_Escape, 58, utf8("\x1b"), {}}, scancode(0x01));
    row("keypad digit", {Qt::Key_7, 71, utf8("7"), Qt::KeypadModifier}, scancode(0x47));
    row("keypad Home", {Qt::Key_Home, 71, none, Qt::KeypadModifier}, scancode(0x47));
    row("keypad comma", {Qt::Key_Comma, 83, utf8(","), Qt::KeypadModifier}, text(utf8(",")));
    row("keypad without numbers", {Qt::Key_7, 0, utf8("7"), Qt::KeypadModifier}, text(utf8("7")));
    row("Left without numbers", {Qt::Key_Left, 0, none, {}}, scancode(0x4B, kE0));
    row("calculator", {Qt::Key_Calculator, 140, none, {}}, scancode(0x21, kE0));
    row("power is nobody's", {Qt::Key_PowerOff, 116, none, {}}, {});
}

void TestRemoteKeyboard::meaning()
{
    QFETCH(Key, key);
    QFETCH(std::vector<InputEvent>, presses);
    Recorder recorder;
    recorder.press(key);
    QCOMPARE(recorder.take(), presses);
    recorder.release(key);
    for (InputEvent& press : presses) {
        std::visit(
            [](auto& input) {
                if constexpr (requires { input.isPressed; })
                    input.isPressed = false;
            },
            press);
    }
    QCOMPARE(recorder.take(), presses);
}

void TestRemoteKeyboard::place_data()
{
    QTest::addColumn<Key>("key");
    QTest::addColumn<std::vector<InputEvent>>("presses");
    QTest::newRow("Z of AZERTY") << Key{Qt::Key_Z, 17, QStringLiteral("z"), {}} << scancode(0x11);
    QTest::newRow("AltGr") << Key{Qt::Key_AltGr, 100, {}, {}} << scancode(0x38, kE0);
    QTest::newRow("dead key") << Key{Qt::Key_Dead_Acute, 13, {}, {}} << scancode(0x0D);
    QTest::newRow("Left without numbers") << Key{Qt::Key_Left, 0, {}, {}} << scancode(0x4B, kE0);
    QTest::newRow("letter without numbers")
        << Key{Qt::Key_A, 0, QStringLiteral("a"), {}} << std::vector<InputEvent>{};
}

void TestRemoteKeyboard::place()
{
    QFETCH(Key, key);
    QFETCH(std::vector<InputEvent>, presses);
    Recorder recorder;
    recorder.keyboard.setMode(RemoteKeyboard::Mode::Physical);
    recorder.press(key);
    QCOMPARE(recorder.take(), presses);
}

void TestRemoteKeyboard::releaseIsOfWhatWasPressed()
{
    Recorder recorder;
    recorder.press({Qt::Key_Shift, 42, {}, {}});
    recorder.press({Qt::Key_2, 3, QStringLiteral("\""), Qt::ShiftModifier});
    recorder.release({Qt::Key_Shift, 42, {}, Qt::ShiftModifier});
    recorder.take();
    recorder.release({Qt::Key_2, 3, QStringLiteral("2"), {}});
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{UnicodeKey{u'"', false}}));
}

void TestRemoteKeyboard::repetitionsAreDropped()
{
    Recorder recorder;
    const Key key{Qt::Key_A, 30, QStringLiteral("a"), {}};
    recorder.press(key);
    recorder.release(key, true);
    recorder.press(key, true);
    QCOMPARE(recorder.take(), text(QStringLiteral("a")));
    recorder.release(key);
    QCOMPARE(recorder.take().size(), 1U);
}

void TestRemoteKeyboard::committedText()
{
    Recorder recorder;
    recorder.keyboard.commit(QString::fromUtf8("é😀"));
    QCOMPARE(recorder.take(),
        (std::vector<InputEvent>{UnicodeKey{u'é', true}, UnicodeKey{u'é', false}, UnicodeKey{0xD83D, true},
            UnicodeKey{0xDE00, true}, UnicodeKey{0xD83D, false}, UnicodeKey{0xDE00, false}}));
}

void TestRemoteKeyboard::staleModifiersAreDropped()
{
    Recorder recorder;
    recorder.press({Qt::Key_Control, 29, {}, {}});
    recorder.press({Qt::Key_Shift, 42, {}, Qt::ControlModifier});
    recorder.take();
    // The window manager has had the release of Ctrl.
    recorder.press({Qt::Key_A, 30, QStringLiteral("A"), Qt::ShiftModifier});
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{ScancodeKey{0x1D}, UnicodeKey{u'A', true}}));
    recorder.keyboard.dropModifiersBut(Qt::NoModifier);
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{ScancodeKey{0x2A}}));
    recorder.release({Qt::Key_Control, 29, {}, {}});
    QVERIFY(recorder.take().empty());
}

void TestRemoteKeyboard::releaseAll()
{
    Recorder recorder;
    recorder.press({Qt::Key_Control, 29, {}, {}});
    recorder.press({Qt::Key_C, 46, {}, Qt::ControlModifier});
    recorder.take();
    recorder.keyboard.releaseAll();
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{UnicodeKey{u'c', false}, ScancodeKey{0x1D}}));
    recorder.release({Qt::Key_C, 46, {}, Qt::ControlModifier});
    recorder.keyboard.releaseAll();
    QVERIFY(recorder.take().empty());
}

void TestRemoteKeyboard::modeSwitchReleases()
{
    Recorder recorder;
    recorder.press({Qt::Key_A, 30, QStringLiteral("a"), {}});
    recorder.take();
    recorder.keyboard.setMode(RemoteKeyboard::Mode::Meaning);
    QVERIFY(recorder.take().empty());
    recorder.keyboard.setMode(RemoteKeyboard::Mode::Physical);
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{UnicodeKey{u'a', false}}));
}

void TestRemoteKeyboard::lostRelease()
{
    Recorder recorder;
    recorder.press({Qt::Key_A, 30, QStringLiteral("a"), {}});
    recorder.take();
    recorder.press({Qt::Key_A, 30, QStringLiteral("A"), Qt::ShiftModifier});
    QCOMPARE(recorder.take(), (std::vector<InputEvent>{UnicodeKey{u'a', false}, UnicodeKey{u'A', true}}));
}

QTEST_GUILESS_MAIN(TestRemoteKeyboard)
#include "tst_remote_keyboard.moc"
