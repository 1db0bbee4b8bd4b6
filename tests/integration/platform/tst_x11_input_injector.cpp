#include "platform/linux/x11/x11_input_injector.h"
#include "platform/linux/x11/x11_lock_keys.h"
#include "tests/support/x11_hands.h"
#include "tests/support/x11_text_client.h"
#include "tests/support/xvfb.h"

#include <QTest>

#include <atomic>

using namespace sightline;

namespace {

constexpr Rect kArea{100, 50, 800, 600};
constexpr int kLock = 2;
constexpr ScancodeKey kLeftShift{0x2A};
constexpr ScancodeKey kLeftCtrl{0x1D};

ScancodeKey pressed(ScancodeKey key)
{
    key.isPressed = true;
    return key;
}

struct Desk {
    std::unique_ptr<Xvfb> server;
    std::unique_ptr<X11TextClient> client;
    std::unique_ptr<InputInjector> injector;
    std::atomic<int> localInputs = 0;
    std::atomic<int> hotkeys = 0;
    std::atomic<int> failures = 0;
    bool isReady = false;

    explicit Desk(const QString& layout = QStringLiteral("us"))
    {
        auto started = Xvfb::start();
        if (!started)
            return;
        server = *std::move(started);
        if (!useLayout(layout))
            return;
        client = X11TextClient::create(server->displayName(), kArea);
        auto created = X11InputInjector::create(server->displayName(),
            {.localInput = [this] { ++localInputs; },
                .takeBackHotkey = [this] { ++hotkeys; },
                .failed =
                    [this](const Error& error) { failures += error.code() == ErrorCode::NoDisplay ? 1 : 100; }});
        if (!created || !client)
            return;
        injector = *std::move(created);
        injector->setArea(kArea);
        isReady = true;
    }

    bool useLayout(const QString& layout) const
    {
        return server->run(QStringLiteral("setxkbmap"), {QStringLiteral("-layout"), layout});
    }
    void type(const QString& text) const
    {
        for (const QChar unit : text) {
            injector->inject(UnicodeKey{unit.unicode(), true});
            injector->inject(UnicodeKey{unit.unicode(), false});
        }
    }
    /// All of it has been injected and has arrived.
    bool settle() const
    {
        const auto marks = [this] {
            const auto& all = client->events();
            return std::count_if(all.begin(), all.end(), [](const auto& event) {
                return event.kind == X11TextClient::Event::Kind::ButtonRelease && event.detail == 9;
            });
        };
        const auto before = marks();
        // The last of the buttons marks the end.
        injector->inject(PointerButton{MouseButton::Forward, true, {1, 1}});
        injector->inject(PointerButton{MouseButton::Forward, false, {1, 1}});
        return client->waitUntil([&] { return marks() > before; });
    }
    QString story() const
    {
        QString all = settle() ? client->story() : QStringLiteral("nothing came");
        client->forget();
        return all.remove(QLatin1StringView(" +9 -9")).remove(QLatin1StringView("+9 -9"));
    }
};

} // namespace

class TestX11InputInjector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pointer();
    void positionsStayInTheArea();
    void wheelAddsUp();
    void exchangedButtons();
    void text_data();
    void text();
    void heldModifiersAreAdjustedForTheMoment();
    void repeatKeepsTheCharacter();
    void shortcuts_data();
    void shortcuts();
    void scancodes();
    void lockKeys();
    void capsLockChangesNoText();
    void unknownCharacters();
    void spareKeysAreGivenBack();
    void manyUnknownCharacters();
    void layoutChangesMeanwhile();
    void secondGroup();
    void releaseAll();
    void releasesOnDestruction();
    void releaseOfNothing();
    void localInput();
    void hotkey();
    void injectedHotkeyGoesToThePrograms();
    void serverEnds();
    void noDisplay();
};

void TestX11InputInjector::pointer()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(PointerMove{{10, 20}});
    desk.injector->inject(PointerButton{MouseButton::Left, true, {11, 21}});
    desk.injector->inject(PointerMove{{200, 300}});
    desk.injector->inject(PointerButton{MouseButton::Left, false, {201, 301}});
    for (const MouseButton button : {MouseButton::Right, MouseButton::Middle, MouseButton::Back}) {
        desk.injector->inject(PointerButton{button, true, {5, 5}});
        desk.injector->inject(PointerButton{button, false, {5, 5}});
    }
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->story(), QStringLiteral("+1 -1 +3 -3 +2 -2 +8 -8 +9 -9"));
    for (const auto& event : desk.client->events()) {
        if (event.symbol != QLatin1StringView("1"))
            continue;
        const bool isPress = event.kind == X11TextClient::Event::Kind::ButtonPress;
        QCOMPARE(event.position, (isPress ? Point{111, 71} : Point{301, 351}));
    }
}

void TestX11InputInjector::positionsStayInTheArea()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    for (const auto& [sent, expected] : std::vector<std::pair<Point, Point>>{
             {{-1000, 40000}, {100, 649}}, {{800, -1}, {899, 50}}, {{799, 599}, {899, 649}}}) {
        desk.injector->inject(PointerButton{MouseButton::Left, true, sent});
        desk.injector->inject(PointerButton{MouseButton::Left, false, sent});
        QVERIFY(desk.client->waitUntil([&] { return desk.client->story().endsWith(QLatin1StringView("-1")); }));
        QCOMPARE(desk.client->pointer(), expected);
        desk.client->forget();
    }
}

void TestX11InputInjector::wheelAddsUp()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const auto turn = [&desk](bool isHorizontal, const std::vector<int>& deltas) {
        for (const int delta : deltas)
            desk.injector->inject(PointerWheel{isHorizontal, delta, {9, 9}});
        return desk.story();
    };
    QCOMPARE(turn(false, {120}), QStringLiteral("+4 -4"));
    QCOMPARE(turn(false, {-240}), QStringLiteral("+5 -5 +5 -5"));
    QCOMPARE(turn(true, {120, -120}), QStringLiteral("+7 -7 +6 -6"));
    QCOMPARE(turn(false, {50, 50}), QString());
    QCOMPARE(turn(false, {50}), QStringLiteral("+4 -4"));
    // 30 are left; whoever turns back starts anew.
    QCOMPARE(turn(false, {-100}), QString());
    QCOMPARE(turn(false, {-20}), QStringLiteral("+5 -5"));
}

void TestX11InputInjector::exchangedButtons()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    QVERIFY(desk.server->run(QStringLiteral("xmodmap"), {QStringLiteral("-e"), QStringLiteral("pointer = 3 2 1")}));
    desk.injector->inject(PointerButton{MouseButton::Left, true, {5, 5}});
    desk.injector->inject(PointerButton{MouseButton::Left, false, {5, 5}});
    QCOMPARE(desk.story(), QStringLiteral("+1 -1"));
}

void TestX11InputInjector::text_data()
{
    QTest::addColumn<QString>("layout");
    for (const char* layout : {"us", "de", "fr", "ch", "it", "es", "ru"})
        QTest::newRow(layout) << QString::fromLatin1(layout);
}

void TestX11InputInjector::text()
{
    QFETCH(QString, layout);
    const Desk desk(layout);
    QVERIFY(desk.isReady);
    const QString text = QString::fromUtf8("Grüße, Ça va? ¿Señor? Ещё раз! {[a@b.c]}|\\~ È à 100 % €");
    desk.type(text);
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), text);
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11InputInjector::heldModifiersAreAdjustedForTheMoment()
{
    const Desk desk(QStringLiteral("fr"));
    QVERIFY(desk.isReady);
    // As a US viewer types a quotation mark: with Shift. Here the key must be pressed without.
    desk.injector->inject(pressed(kLeftShift));
    desk.type(QStringLiteral("\""));
    desk.type(QStringLiteral("A"));
    desk.injector->inject(kLeftShift);
    QCOMPARE(desk.story(),
        QStringLiteral("+Shift_L -Shift_L +quotedbl -quotedbl +Shift_L +A -A -Shift_L"));
    // Shift is let go while it is lifted: nothing may bring it back.
    desk.injector->inject(pressed(kLeftShift));
    desk.injector->inject(UnicodeKey{u'"', true});
    desk.injector->inject(kLeftShift);
    desk.injector->inject(UnicodeKey{u'"', false});
    QCOMPARE(desk.story(), QStringLiteral("+Shift_L -Shift_L +quotedbl -quotedbl"));
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11InputInjector::repeatKeepsTheCharacter()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(UnicodeKey{u'%', true});
    // Also of somebody who sends the repetitions: they count for nothing, the server repeats.
    desk.injector->inject(UnicodeKey{u'%', true});
    QVERIFY(desk.client->waitUntil([&] { return desk.client->text().size() >= 4; }));
    desk.injector->inject(UnicodeKey{u'%', false});
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), QString(desk.client->text().size(), QLatin1Char('%')));
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11InputInjector::shortcuts_data()
{
    QTest::addColumn<QString>("layout");
    QTest::addColumn<int>("keycode"); // of the key that a person there presses for Z
    QTest::addColumn<QString>("symbol");
    QTest::newRow("us") << QStringLiteral("us") << 52 << QStringLiteral("z");
    QTest::newRow("de") << QStringLiteral("de") << 29 << QStringLiteral("z");
    QTest::newRow("fr") << QStringLiteral("fr") << 25 << QStringLiteral("z");
    QTest::newRow("ru") << QStringLiteral("ru") << 52 << QStringLiteral("Cyrillic_ya");
    QTest::newRow("ru,us") << QStringLiteral("ru,us") << 52 << QStringLiteral("Cyrillic_ya");
}

void TestX11InputInjector::shortcuts()
{
    QFETCH(QString, layout);
    QFETCH(int, keycode);
    QFETCH(QString, symbol);
    const Desk desk(layout);
    QVERIFY(desk.isReady);
    desk.injector->inject(pressed(kLeftCtrl));
    desk.type(QStringLiteral("z"));
    desk.injector->inject(kLeftCtrl);
    QCOMPARE(desk.story(), QStringLiteral("+Control_L +%1 -%1 -Control_L").arg(symbol));

    desk.injector->inject(pressed(kLeftCtrl));
    desk.injector->inject(pressed(kLeftShift));
    desk.type(QStringLiteral("z"));
    QVERIFY(desk.settle());
    const auto& press = desk.client->events()[2];
    QCOMPARE(press.detail, keycode);
    QCOMPARE(press.modifiers, 5);
}

void TestX11InputInjector::scancodes()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const auto e0 = ScancodeKey::Extension::E0;
    const std::vector<std::pair<ScancodeKey, QString>> keys{{{0x01}, QStringLiteral("Escape")},
        {{0x3B}, QStringLiteral("F1")}, {{0x58}, QStringLiteral("F12")}, {{0x0F}, QStringLiteral("Tab")},
        {{0x1C}, QStringLiteral("Return")}, {{0x1C, e0}, QStringLiteral("KP_Enter")},
        {{0x4B, e0}, QStringLiteral("Left")}, {{0x53, e0}, QStringLiteral("Delete")},
        {{0x4D}, QStringLiteral("KP_Right")}, {{0x5B, e0}, QStringLiteral("Super_L")},
        {{0x56}, QStringLiteral("less")}, {{0x37, e0}, QStringLiteral("Print")},
        {{0x1D, ScancodeKey::Extension::E1}, QStringLiteral("Pause")}};
    QString expected;
    for (const auto& [key, name] : keys) {
        desk.injector->inject(pressed(key));
        desk.injector->inject(key);
        expected += QStringLiteral("+%1 -%1 ").arg(name);
    }
    desk.injector->inject(pressed({0x7F})); // no such key
    QCOMPARE(desk.story(), expected.trimmed());
}

void TestX11InputInjector::lockKeys()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.client->lockModifiers(0xff, 0);
    const auto set = [&desk](const LockKeys& keys) {
        desk.injector->inject(keys);
        return desk.settle() ? readLockKeys(desk.server->displayName()) : std::nullopt;
    };
    QCOMPARE(set({.num = true, .caps = true}), (LockKeys{.num = true, .caps = true}));
    QCOMPARE(set({.num = true}), (LockKeys{.num = true}));
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), LockKeys{});

    // The keys themselves, too; and what somebody else has changed since stays so.
    desk.injector->inject(pressed({0x3A}));
    desk.injector->inject(ScancodeKey{0x3A});
    desk.injector->inject(LockKeys{.num = true, .caps = true});
    QVERIFY(desk.settle());
    desk.client->lockModifiers(kLock, 0);
    desk.client->lockModifiers(0x10, 0);
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), LockKeys{});
    desk.client->lockModifiers(kLock, kLock);
    desk.injector->inject(LockKeys{.num = true});
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), (LockKeys{.caps = true}));
}

void TestX11InputInjector::capsLockChangesNoText()
{
    for (const char* layout : {"us", "fr", "ru"}) {
        const Desk desk(QString::fromLatin1(layout));
        QVERIFY(desk.isReady);
        desk.client->lockModifiers(kLock, kLock);
        const QString text = QString::fromUtf8("aBc 12 éÀ Яя");
        desk.type(text);
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), text);
        QCOMPARE(desk.client->modifiersLocked(), kLock);
    }
}

void TestX11InputInjector::unknownCharacters()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const QString text = QString::fromUtf8("Жж 你好 ∀ß 😀 ΩωA");
    desk.type(text);
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), text);
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11InputInjector::spareKeysAreGivenBack()
{
    Desk desk;
    QVERIFY(desk.isReady);
    std::vector<std::vector<unsigned>> before;
    for (int key = 8; key < 256; ++key)
        before.push_back(desk.client->symbolsOf(key));
    desk.type(QString::fromUtf8("жщ你"));
    QVERIFY(desk.settle());
    int changed = 0;
    for (int key = 8; key < 256; ++key)
        changed += desk.client->symbolsOf(key) != before[static_cast<std::size_t>(key - 8)] ? 1 : 0;
    QCOMPARE(changed, 3);
    desk.injector.reset();
    for (int key = 8; key < 256; ++key)
        QCOMPARE(desk.client->symbolsOf(key), before[static_cast<std::size_t>(key - 8)]);
}

void TestX11InputInjector::manyUnknownCharacters()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    QString text;
    for (char16_t i = 0; i < 100; ++i)
        text += QChar(static_cast<char16_t>(0x4E00 + i * 3));
    desk.type(text);
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), text);
}

void TestX11InputInjector::layoutChangesMeanwhile()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const QString text = QString::fromUtf8("yz@ Жщ");
    for (const char* layout : {"de", "ru", "fr", "us"}) {
        QVERIFY(desk.useLayout(QString::fromLatin1(layout)));
        desk.type(text);
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), text);
        desk.client->forget();
    }
}

void TestX11InputInjector::secondGroup()
{
    const Desk desk(QStringLiteral("us,ru"));
    QVERIFY(desk.isReady);
    for (const int group : {0, 1}) {
        desk.client->lockGroup(group);
        const QString text = QString::fromUtf8("Abc Где?");
        desk.type(text);
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), text);
        desk.client->forget();
        // It is again what it was: a key pressed by its place says so.
        desk.injector->inject(pressed({0x1E}));
        desk.injector->inject(ScancodeKey{0x1E});
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), QString::fromUtf8(group == 0 ? "a" : "ф"));
        desk.client->forget();
    }
}

void TestX11InputInjector::releaseAll()
{
    const Desk desk(QStringLiteral("fr"));
    QVERIFY(desk.isReady);
    desk.injector->inject(PointerButton{MouseButton::Left, true, {5, 5}});
    desk.injector->inject(pressed(kLeftShift));
    desk.injector->inject(UnicodeKey{u'"', true});
    QVERIFY(desk.client->waitUntil([&] { return desk.client->text() == QLatin1StringView("\""); }));
    desk.client->forget();
    desk.injector->releaseAll();
    QCOMPARE(desk.story(), QStringLiteral("-quotedbl -1"));
    QCOMPARE(desk.client->modifiersDown(), 0);
    desk.injector->inject(UnicodeKey{u'"', false});
    desk.injector->inject(kLeftShift);
    QCOMPARE(desk.story(), QString());
}

void TestX11InputInjector::releasesOnDestruction()
{
    Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(PointerButton{MouseButton::Right, true, {5, 5}});
    desk.injector->inject(pressed(kLeftCtrl));
    desk.injector->inject(UnicodeKey{u'x', true});
    QVERIFY(desk.client->waitUntil([&] { return desk.client->text() == QLatin1StringView("x"); }));
    QVERIFY(desk.client->modifiersDown() != 0);
    desk.injector.reset();
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11InputInjector::releaseOfNothing()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(kLeftCtrl);
    desk.injector->inject(UnicodeKey{u'x', false});
    desk.injector->inject(UnicodeKey{0xDC00, true});
    desk.injector->inject(UnicodeKey{0, true});
    desk.injector->inject(PointerButton{MouseButton::Left, false, {5, 5}});
    desk.injector->releaseAll();
    QCOMPARE(desk.story(), QString());
}

void TestX11InputInjector::localInput()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.type(QStringLiteral("not the person at the desk"));
    desk.injector->inject(PointerMove{{300, 300}});
    QVERIFY(desk.settle());
    QCOMPARE(desk.localInputs.load(), 0);

    const auto person = X11Hands::create(desk.server->displayName(), X11Hands::Seat::Own);
    QVERIFY(person);
    person->move({200, 200});
    QTRY_VERIFY(desk.localInputs > 0);
    const int moved = desk.localInputs;
    QTRY_VERIFY((person->tap("a"), desk.localInputs > moved));
    const int typed = desk.localInputs;
    QTRY_VERIFY((person->button(1, true), person->button(1, false), desk.localInputs > typed));
}

void TestX11InputInjector::hotkey()
{
    const Desk desk(QStringLiteral("us,ru"));
    QVERIFY(desk.isReady);
    const auto person = X11Hands::create(desk.server->displayName(), X11Hands::Seat::Own);
    QVERIFY(person);
    const auto pressHotkey = [&person] {
        person->press("Control_L");
        person->press("Alt_L");
        person->tap("space");
        person->release("Alt_L");
        person->release("Control_L");
    };
    pressHotkey();
    QTRY_COMPARE(desk.hotkeys.load(), 1);
    person->tap("Caps_Lock");
    person->tap("Num_Lock");
    pressHotkey();
    QTRY_COMPARE(desk.hotkeys.load(), 2);
    person->tap("space");
    person->press("Control_L");
    person->tap("space");
    person->release("Control_L");
    pressHotkey();
    QTRY_COMPARE(desk.hotkeys.load(), 3);
    QVERIFY(!desk.story().contains(QLatin1StringView("Alt_L +space")));
}

void TestX11InputInjector::injectedHotkeyGoesToThePrograms()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(pressed(kLeftCtrl));
    desk.injector->inject(pressed({0x38}));
    desk.injector->inject(pressed({0x39}));
    desk.injector->inject(ScancodeKey{0x39});
    desk.injector->inject(ScancodeKey{0x38});
    desk.injector->inject(kLeftCtrl);
    const QString story = desk.story();
    QCOMPARE(desk.hotkeys.load(), 0);
    QCOMPARE(story, QStringLiteral("+Control_L +Alt_L +space -space -Alt_L -Control_L"));
    QCOMPARE(desk.localInputs.load(), 0);
}

void TestX11InputInjector::serverEnds()
{
    Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(UnicodeKey{u'x', true});
    QVERIFY(desk.client->waitUntil([&] { return desk.client->text() == QLatin1StringView("x"); }));
    desk.server->kill();
    QTRY_COMPARE(desk.failures.load(), 1);
    desk.injector->inject(UnicodeKey{u'x', false});
    desk.injector->releaseAll();
    desk.injector.reset();
    QCOMPARE(desk.failures.load(), 1);
}

void TestX11InputInjector::noDisplay()
{
    const auto nobody = X11InputInjector::create(":65000", {});
    QVERIFY(!nobody.has_value());
    QCOMPARE(nobody.error().code(), ErrorCode::NoDisplay);
    const auto server = Xvfb::start({QStringLiteral("-extension"), QStringLiteral("XTEST")});
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    const auto without = X11InputInjector::create((*server)->displayName(), {});
    QVERIFY(!without.has_value());
    QCOMPARE(without.error().message(), QStringLiteral("the X server lacks the extension XTEST"));
}

QTEST_GUILESS_MAIN(TestX11InputInjector)
#include "tst_x11_input_injector.moc"
