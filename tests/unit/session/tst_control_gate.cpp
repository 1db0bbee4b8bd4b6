#include "core/session/control_gate.h"
#include "tests/support/recording_injector.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

const TimePoint kStart = TimePoint() + 1h;
const InputEvent kPress = ScancodeKey{0x1E, ScancodeKey::Extension::None, true};
const InputEvent kRelease = ScancodeKey{0x1E, ScancodeKey::Extension::None, false};

struct OpenGate {
    OpenGate() { gate.open(std::move(*log.open({}))); }

    InjectorLog log;
    ControlGate gate;
};

} // namespace

class TestControlGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isShutUntilControlIsGiven();
    void injectsInOrder();
    void shutsWhenControlIsTaken();
    void shutsWhilePaused();
    void theSharerWins();
    void releasesWhatASilentViewerHolds_data();
    void releasesWhatASilentViewerHolds();
    void tellsTheInjectorTheArea();
    void knowsWhatIsHeld();
};

void TestControlGate::isShutUntilControlIsGiven()
{
    ControlGate gate;
    gate.handle(kPress, kStart);
    gate.handle(kRelease, kStart);
    gate.localInput(kStart);
    gate.releaseIfSilent(kStart + 1h);
    gate.setPaused(true);
    QCOMPARE(gate.counts().dropped, std::uint64_t(2));
    QCOMPARE(gate.counts().injected, std::uint64_t(0));
}

void TestControlGate::injectsInOrder()
{
    OpenGate open;
    const std::vector<InputEvent> events{kPress, PointerMove{{1, 2}}, kRelease, LockKeys{}};
    for (const InputEvent& event : events)
        open.gate.handle(event, kStart);
    QVERIFY(open.log.content().events == events);
    QCOMPARE(open.gate.counts().injected, std::uint64_t(4));
    QCOMPARE(open.gate.counts().dropped, std::uint64_t(0));
}

void TestControlGate::shutsWhenControlIsTaken()
{
    OpenGate open;
    open.gate.handle(kPress, kStart);
    open.gate.close();
    QVERIFY(!open.log.content().isOpen); // which lets go of what is pressed
    open.gate.handle(kRelease, kStart);
    QCOMPARE(open.gate.counts().dropped, std::uint64_t(1));
    QCOMPARE(open.log.content().events.size(), std::size_t(1));
    open.gate.open(std::move(*open.log.open({})));
    open.gate.handle(kPress, kStart);
    QCOMPARE(open.log.content().events.size(), std::size_t(2));
}

void TestControlGate::shutsWhilePaused()
{
    OpenGate open;
    open.gate.handle(kPress, kStart);
    open.gate.setPaused(true);
    QCOMPARE(open.log.content().timesReleased, 1);
    open.gate.handle(kPress, kStart);
    QCOMPARE(open.gate.counts().dropped, std::uint64_t(1));
    open.gate.setPaused(false);
    open.gate.handle(kPress, kStart);
    QCOMPARE(open.log.content().events.size(), std::size_t(2));
}

void TestControlGate::theSharerWins()
{
    OpenGate open;
    open.gate.handle(kPress, kStart);
    open.gate.localInput(kStart + 10ms);
    QCOMPARE(open.log.content().timesReleased, 1);
    open.gate.handle(kPress, kStart + 10ms);
    open.gate.localInput(kStart + 500ms);
    open.gate.handle(kPress, kStart + 1400ms);
    QCOMPARE(open.gate.counts().dropped, std::uint64_t(2));
    open.gate.handle(kPress, kStart + 500ms + ControlGate::kLocalPriority);
    QCOMPARE(open.log.content().events.size(), std::size_t(2));
}

void TestControlGate::releasesWhatASilentViewerHolds_data()
{
    QTest::addColumn<bool>("isHeld");
    QTest::addColumn<int>("heardAt");
    QTest::addColumn<int>("checkedAt");
    QTest::addColumn<bool>("isReleased");
    QTest::newRow("at once") << true << 0 << 10 << false;
    QTest::newRow("still") << true << 0 << 1500 << false;
    QTest::newRow("silent") << true << 0 << 1501 << true;
    QTest::newRow("sign of life") << true << 1000 << 2400 << false;
    QTest::newRow("last sign of life") << true << 1000 << 2600 << true;
    QTest::newRow("nothing held") << false << 0 << 9000 << false;
}

void TestControlGate::releasesWhatASilentViewerHolds()
{
    QFETCH(const bool, isHeld);
    QFETCH(const int, heardAt);
    QFETCH(const int, checkedAt);
    QFETCH(const bool, isReleased);
    OpenGate open;
    open.gate.handle(kPress, kStart);
    if (!isHeld)
        open.gate.handle(kRelease, kStart);
    open.gate.heard(kStart + std::chrono::milliseconds(heardAt));
    open.gate.releaseIfSilent(kStart + std::chrono::milliseconds(checkedAt));
    QCOMPARE(open.log.content().timesReleased, isReleased ? 1 : 0);
    // Once: nothing is held after it.
    open.gate.releaseIfSilent(kStart + 1h);
    open.gate.releaseIfSilent(kStart + 2h);
    QCOMPARE(open.log.content().timesReleased, isHeld ? 1 : 0);
}

void TestControlGate::tellsTheInjectorTheArea()
{
    InjectorLog log;
    ControlGate gate;
    gate.setArea({1, 2, 3, 4});
    gate.open(std::move(*log.open({})));
    QVERIFY((log.content().area == Rect{1, 2, 3, 4}));
    gate.setArea({5, 6, 7, 8});
    QVERIFY((log.content().area == Rect{5, 6, 7, 8}));
}

void TestControlGate::knowsWhatIsHeld()
{
    HeldInput held;
    using Extension = ScancodeKey::Extension;
    const std::vector<std::pair<InputEvent, InputEvent>> pairs{
        {ScancodeKey{0x1D, Extension::None, true}, ScancodeKey{0x1D, Extension::None, false}},
        {ScancodeKey{0x1D, Extension::E0, true}, ScancodeKey{0x1D, Extension::E0, false}},
        {UnicodeKey{0x1D, true}, UnicodeKey{0x1D, false}},
        {PointerButton{MouseButton::Back, true, {}}, PointerButton{MouseButton::Back, false, {7, 7}}},
    };
    for (const auto& [press, release] : pairs) {
        held.note(press);
        held.note(press);
    }
    for (const auto& [press, release] : pairs) {
        QVERIFY(!held.isEmpty());
        held.note(release);
    }
    QVERIFY(held.isEmpty());
    held.note(PointerMove{});
    held.note(LockKeys{});
    QVERIFY(held.isEmpty());
    held.note(pairs.front().first);
    held.clear();
    QVERIFY(held.isEmpty());
}

QTEST_APPLESS_MAIN(TestControlGate)
#include "tst_control_gate.moc"
