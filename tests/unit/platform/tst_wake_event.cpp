#include "platform/linux/x11/wake_event.h"

#include <QTest>

#include <array>
#include <thread>
#include <unistd.h>

using namespace sightline;

namespace {

TimePoint soon()
{
    return Clock::now() + std::chrono::seconds(20);
}

} // namespace

class TestWakeEvent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWakeBeforeTheWaitEndsIt();
    void aWakeFromAnotherThreadEndsIt();
    void theDescriptorEndsIt();
    void theDeadlineEndsIt();
    void manyWakesAreOne();
};

void TestWakeEvent::aWakeBeforeTheWaitEndsIt()
{
    WakeEvent event;
    event.wake();
    const TimePoint deadline = soon();
    event.wait(-1, deadline);
    QVERIFY(Clock::now() < deadline);
    QVERIFY(event.take());
}

void TestWakeEvent::aWakeFromAnotherThreadEndsIt()
{
    WakeEvent event;
    const std::jthread other([&event] { event.wake(); });
    event.wait(-1, TimePoint::max());
    QVERIFY(event.take());
}

void TestWakeEvent::theDescriptorEndsIt()
{
    std::array<int, 2> ends{};
    QCOMPARE(pipe(ends.data()), 0);
    QCOMPARE(write(ends[1], "x", 1), 1);
    WakeEvent event;
    event.wait(ends[0], TimePoint::max());
    QVERIFY(!event.take());
    close(ends[0]);
    close(ends[1]);
}

void TestWakeEvent::theDeadlineEndsIt()
{
    WakeEvent event;
    const TimePoint deadline = Clock::now() + std::chrono::milliseconds(20);
    event.wait(-1, deadline);
    QVERIFY(Clock::now() >= deadline);
    event.wait(-1, TimePoint::min());
    QVERIFY(!event.take());
}

void TestWakeEvent::manyWakesAreOne()
{
    WakeEvent event;
    event.wake();
    event.wake();
    QVERIFY(event.take());
    QVERIFY(!event.take());
}

QTEST_APPLESS_MAIN(TestWakeEvent)
#include "tst_wake_event.moc"
