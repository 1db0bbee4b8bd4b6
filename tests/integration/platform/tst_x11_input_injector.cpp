#include "platform/linux/x11/x11_hotkey_probe.h"
#include "tests/integration/platform/input_desk.h"
#include "tests/support/x11_hands.h"

#include <QTest>

using namespace sightline;

class TestX11InputInjector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pointer();
    void positionsStayInTheArea();
    void wheelAddsUp();
    void exchangedButtons();
    void releaseAll();
    void releasesOnDestruction();
    void releaseOfNothing();
    void localInput();
    void hotkey();
    void chosenHotkey_data();
    void chosenHotkey();
    void anotherProgramHasTheHotkey();
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
        QVERIFY(
            desk.client->waitUntil([&] { return desk.client->story().endsWith(QLatin1StringView("-1")); }));
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
    QVERIFY(desk.server->run(
        QStringLiteral("xmodmap"), {QStringLiteral("-e"), QStringLiteral("pointer = 3 2 1")}));
    desk.injector->inject(PointerButton{MouseButton::Left, true, {5, 5}});
    desk.injector->inject(PointerButton{MouseButton::Left, false, {5, 5}});
    QCOMPARE(desk.story(), QStringLiteral("+1 -1"));
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

void TestX11InputInjector::chosenHotkey_data()
{
    QTest::addColumn<QString>("layout");
    QTest::addColumn<Hotkey>("hotkey");
    QTest::addColumn<QList<QByteArray>>("held");
    QTest::addColumn<QByteArray>("key");
    using Keys = QList<QByteArray>;
    QTest::newRow("a letter") << QStringLiteral("us") << Hotkey{.character = U'q', .hasAlt = false}
                              << Keys{"Control_L"} << QByteArray("q");
    // A new master's own layout is American: by keycodes.
    QTest::newRow("elsewhere") << QStringLiteral("fr") << Hotkey{.character = U'q'}
                               << Keys{"Control_L", "Alt_L"} << QByteArray("38");
    QTest::newRow("a digit above a character")
        << QStringLiteral("fr") << Hotkey{.character = U'1', .hasControl = false} << Keys{"Alt_L"}
        << QByteArray("10");
    QTest::newRow("Latin on a Russian one") << QStringLiteral("ru") << Hotkey{.character = U'q'}
                                            << Keys{"Control_L", "Alt_L"} << QByteArray("24");
    QTest::newRow("a function key") << QStringLiteral("de")
                                    << Hotkey{.character = 0,
                                           .place = {0x43},
                                           .hasControl = false,
                                           .hasAlt = false,
                                           .hasShift = true,
                                           .hasSuper = true}
                                    << Keys{"Super_L", "Shift_L"} << QByteArray("F9");
}

void TestX11InputInjector::chosenHotkey()
{
    QFETCH(QString, layout);
    QFETCH(Hotkey, hotkey);
    QFETCH(QList<QByteArray>, held);
    QFETCH(QByteArray, key);
    const Desk desk(layout);
    QVERIFY(desk.isReady);
    const auto person = X11Hands::create(desk.server->displayName(), X11Hands::Seat::Own);
    QVERIFY(person);
    desk.injector->setHotkey(hotkey);
    QVERIFY(desk.settle());
    QCOMPARE(desk.hotkeyState.load(), HotkeyState::Works);
    // The usual one is a combination like any other now.
    for (const char* each : {"Control_L", "Alt_L", "65"})
        QVERIFY(person->press(each));
    for (const char* each : {"65", "Alt_L", "Control_L"})
        person->release(each);
    for (const QByteArray& each : held)
        QVERIFY(person->press(each.constData()));
    QVERIFY(person->tap(key.constData()));
    for (const QByteArray& each : held)
        person->release(each.constData());
    QTRY_COMPARE(desk.hotkeys.load(), 1);
    QVERIFY(desk.settle());
    QCOMPARE(desk.hotkeys.load(), 1);
}

void TestX11InputInjector::anotherProgramHasTheHotkey()
{
    const Desk first;
    QVERIFY(first.isReady);
    QVERIFY(first.settle()); // it listens
    const QByteArray& display = first.server->displayName();
    QCOMPARE(probeX11Hotkey(display, {}), HotkeyState::Taken);
    QCOMPARE(probeX11Hotkey(display, {.character = U'q'}), HotkeyState::Works);
    QCOMPARE(probeX11Hotkey(display, {.character = U'\u4E2D'}), HotkeyState::NoSuchKey);
    QCOMPARE(probeX11Hotkey(":65000", {}), HotkeyState::Works);

    std::atomic<HotkeyState> state = HotkeyState::Works;
    const auto second = X11InputInjector::create(display,
        {.localInput = {},
            .takeBackHotkey = {},
            .hotkeyStateChanged = [&state](HotkeyState now) { state = now; },
            .failed = {}});
    QVERIFY(second.has_value());
    (*second)->setHotkey({});
    QTRY_COMPARE(state.load(), HotkeyState::Taken);
    (*second)->setHotkey({.character = U'q'});
    QTRY_COMPARE(state.load(), HotkeyState::Works);
    (*second)->setHotkey({.character = U'\u4E2D'});
    QTRY_COMPARE(state.load(), HotkeyState::NoSuchKey);
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
    // No mark of ours: the mouse goes on while the server asks about the keyboard.
    const auto expected = QStringLiteral("+Control_L +Alt_L +space -space -Alt_L -Control_L");
    const bool hasCome = desk.client->waitUntil([&] { return desk.client->story() == expected; });
    QVERIFY2(hasCome, qPrintable(desk.client->story()));
    QCOMPARE(desk.hotkeys.load(), 0);
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
