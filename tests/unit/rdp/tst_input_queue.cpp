#include "core/rdp/input_queue.h"

#include <QTest>

using namespace sightline;

namespace {

InputEvent key(int code, bool isPressed)
{
    return ScancodeKey{static_cast<std::uint8_t>(code), ScancodeKey::Extension::None, isPressed};
}

std::vector<InputEvent> contentOf(InputQueue& queue)
{
    std::vector<InputEvent> events;
    while (const auto event = queue.take())
        events.push_back(*event);
    return events;
}

} // namespace

class TestInputQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder();
    void mergesMoves();
    void sumsTurnsOfOneWheel();
    void movesMakeRoom();
    void refusesAPressWithItsRelease();
    void releasesWhatIsHeldHoweverFull();
    void aRefusedRepetitionReleasesAllTheSame();
};

void TestInputQueue::keepsTheOrder()
{
    InputQueue queue;
    const std::vector<InputEvent> events{key(30, true), PointerMove{{1, 1}}, key(30, true), key(30, false),
        UnicodeKey{u'x', true}, UnicodeKey{u'x', false}, PointerButton{MouseButton::Left, true, {1, 1}},
        PointerMove{{2, 2}}, PointerButton{MouseButton::Left, false, {2, 2}}, LockKeys{true, true, true}};
    for (const InputEvent& event : events)
        queue.push(event);
    QVERIFY(contentOf(queue) == events);
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.take());
}

void TestInputQueue::mergesMoves()
{
    InputQueue queue;
    for (int x = 0; x < 10000; ++x)
        queue.push(PointerMove{{x, 1}});
    queue.push(key(30, true));
    queue.push(PointerMove{{5, 5}});
    const auto events = contentOf(queue);
    QCOMPARE(events.size(), std::size_t(3));
    QVERIFY((events[0] == InputEvent(PointerMove{{9999, 1}})));
    QVERIFY((events[2] == InputEvent(PointerMove{{5, 5}})));
}

void TestInputQueue::sumsTurnsOfOneWheel()
{
    InputQueue queue;
    for (int i = 0; i < 5; ++i)
        queue.push(PointerWheel{false, 120, {1, 1}});
    queue.push(PointerWheel{false, -120, {1, 1}});
    queue.push(PointerWheel{true, 120, {1, 1}});
    queue.push(PointerWheel{true, 120, {1, 2}});
    const auto events = contentOf(queue);
    QCOMPARE(events.size(), std::size_t(3));
    QCOMPARE(std::get<PointerWheel>(events[0]).delta, 480);
    // However far a hostile hand turns, the sum has an end.
    for (int i = 0; i < 100; ++i)
        queue.push(PointerWheel{false, 2'000'000'000, {1, 1}});
    QCOMPARE(contentOf(queue).size(), std::size_t(100));
}

void TestInputQueue::movesMakeRoom()
{
    InputQueue queue(4);
    queue.push(PointerMove{{1, 1}});
    queue.push(key(30, true));
    queue.push(PointerMove{{2, 2}});
    queue.push(key(30, false));
    queue.push(key(31, true));
    const std::vector<InputEvent> expected{key(30, true), key(30, false), key(31, true)};
    QVERIFY(contentOf(queue) == expected);
    QCOMPARE(queue.refused(), std::uint64_t(0));
}

void TestInputQueue::refusesAPressWithItsRelease()
{
    InputQueue queue(2);
    queue.push(key(30, true));
    queue.push(key(30, false));
    queue.push(key(31, true));
    queue.push(key(31, false));
    const std::vector<InputEvent> expected{key(30, true), key(30, false)};
    QVERIFY(contentOf(queue) == expected);
    QCOMPARE(queue.refused(), std::uint64_t(2));
}

void TestInputQueue::releasesWhatIsHeldHoweverFull()
{
    InputQueue queue(2);
    queue.push(key(30, true));
    queue.push(PointerButton{MouseButton::Left, true, {1, 1}});
    queue.push(key(30, false));
    queue.push(PointerButton{MouseButton::Left, false, {9, 9}});
    QCOMPARE(contentOf(queue).size(), std::size_t(4));
    // It was sent long ago.
    queue.push(key(40, true));
    contentOf(queue);
    queue.push(key(30, true));
    queue.push(key(30, false));
    queue.push(key(40, false));
    QCOMPARE(contentOf(queue).size(), std::size_t(3));
}

void TestInputQueue::aRefusedRepetitionReleasesAllTheSame()
{
    InputQueue queue(2);
    queue.push(key(30, true));
    queue.push(key(31, true));
    queue.push(key(30, true));
    queue.push(key(30, false));
    const std::vector<InputEvent> expected{key(30, true), key(31, true), key(30, false)};
    QVERIFY(contentOf(queue) == expected);
    QCOMPARE(queue.refused(), std::uint64_t(1));
}

QTEST_APPLESS_MAIN(TestInputQueue)
#include "tst_input_queue.moc"
