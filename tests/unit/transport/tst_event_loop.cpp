#include "core/transport/event_loop.h"

#include <QTest>

#include <array>
#include <atomic>
#include <future>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

bool isReady(std::future<void>& future)
{
    return future.wait_for(5s) == std::future_status::ready;
}

struct SocketPair {
    std::array<int, 2> fds{-1, -1};
    SocketPair() { isValid = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds.data()) == 0; }
    ~SocketPair()
    {
        for (const int fd : fds)
            ::close(fd);
    }
    SocketPair(const SocketPair&) = delete;
    SocketPair& operator=(const SocketPair&) = delete;
    bool isValid = false;
};

} // namespace

class TestEventLoop : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tasksRunInOrderOnTheLoopsThread();
    void callBlocksUntilDone();
    void destructionRunsWhatWasPosted();
    void timerFiresOnceAndNotEarly();
    void timerCanBeMovedCancelledAndDestroyedByItself();
    void watchTellsReadableAndWritable();
    void watchTakesHangUpAsReadable();
    void watchWithoutInterestIsSilent();
    void watchCanBeDestroyedByItsOwnTask();
};

void TestEventLoop::tasksRunInOrderOnTheLoopsThread()
{
    EventLoop loop;
    std::vector<int> order;
    std::atomic<int> onLoop = 0;
    for (int i = 0; i < 100; ++i) {
        loop.post([&, i] {
            order.push_back(i);
            onLoop += loop.isCurrentThread();
        });
    }
    loop.call([] {});
    QCOMPARE(onLoop.load(), 100);
    QCOMPARE(order.size(), std::size_t(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QVERIFY(!loop.isCurrentThread());
}

void TestEventLoop::callBlocksUntilDone()
{
    EventLoop loop;
    int value = 0;
    loop.call([&] {
        loop.call([&] { value = 1; }); // at once on its own thread, or it would wait for itself
        value += 1;
    });
    QCOMPARE(value, 2);
}

void TestEventLoop::destructionRunsWhatWasPosted()
{
    int count = 0;
    {
        EventLoop loop;
        for (int i = 0; i < 10; ++i)
            loop.post([&] { ++count; });
    }
    QCOMPARE(count, 10);
}

void TestEventLoop::timerFiresOnceAndNotEarly()
{
    EventLoop loop;
    std::promise<void> fired;
    std::optional<EventLoop::Timer> timer;
    std::atomic<int> count = 0;
    const TimePoint deadline = Clock::now() + 20ms;
    std::atomic<bool> early = false;
    loop.call([&] {
        timer.emplace(loop, [&] {
            early = Clock::now() < deadline;
            if (++count == 1)
                fired.set_value();
        });
        timer->setDeadline(deadline);
    });
    auto future = fired.get_future();
    QVERIFY(isReady(future));
    QVERIFY(!early);
    loop.call([&] { timer.reset(); });
    QCOMPARE(count.load(), 1);
}

void TestEventLoop::timerCanBeMovedCancelledAndDestroyedByItself()
{
    EventLoop loop;
    std::promise<void> fired;
    std::optional<EventLoop::Timer> cancelled;
    std::unique_ptr<EventLoop::Timer> timer;
    std::atomic<bool> wrong = false;
    loop.call([&] {
        cancelled.emplace(loop, [&] { wrong = true; });
        cancelled->setDeadline(Clock::now());
        cancelled->cancel();
        timer = std::make_unique<EventLoop::Timer>(loop, [&, big = std::vector<int>(1000, 7)] {
            timer.reset();
            wrong = wrong || big.back() != 7; // the task outlives its timer
            fired.set_value();
        });
        timer->setDeadline(Clock::now() + 1h);
        timer->setDeadline(Clock::now() + 2ms);
    });
    auto future = fired.get_future();
    QVERIFY(isReady(future));
    loop.call([&] { cancelled.reset(); });
    QVERIFY(!wrong);
}

void TestEventLoop::watchTellsReadableAndWritable()
{
    EventLoop loop;
    SocketPair pair;
    QVERIFY(pair.isValid);
    std::promise<void> readable;
    std::promise<void> writable;
    std::optional<EventLoop::FdWatch> watch;
    loop.call([&] {
        watch.emplace(
            loop, pair.fds[0],
            [&] {
                watch->setInterest(false, true);
                readable.set_value();
            },
            [&] {
                watch->setInterest(false, false);
                writable.set_value();
            });
        watch->setInterest(true, false);
    });
    auto readFuture = readable.get_future();
    auto writeFuture = writable.get_future();
    QCOMPARE(readFuture.wait_for(0s), std::future_status::timeout);
    QCOMPARE(::write(pair.fds[1], "x", 1), ssize_t(1));
    QVERIFY(isReady(readFuture));
    QVERIFY(isReady(writeFuture));
    loop.call([&] { watch.reset(); });
}

void TestEventLoop::watchTakesHangUpAsReadable()
{
    EventLoop loop;
    SocketPair pair;
    QVERIFY(pair.isValid);
    std::promise<void> readable;
    std::optional<EventLoop::FdWatch> watch;
    loop.call([&] {
        watch.emplace(
            loop, pair.fds[0],
            [&] {
                watch->setInterest(false, false);
                readable.set_value();
            },
            [] {});
        watch->setInterest(true, false);
    });
    ::shutdown(pair.fds[1], SHUT_RDWR);
    auto future = readable.get_future();
    QVERIFY(isReady(future));
    loop.call([&] { watch.reset(); });
}

void TestEventLoop::watchWithoutInterestIsSilent()
{
    EventLoop loop;
    SocketPair pair;
    QVERIFY(pair.isValid);
    std::atomic<int> count = 0;
    std::optional<EventLoop::FdWatch> watch;
    loop.call([&] {
        watch.emplace(
            loop, pair.fds[0], [&] { ++count; }, [&] { ++count; });
    });
    ::shutdown(pair.fds[1], SHUT_RDWR);
    // Two rounds through the loop would have shown it.
    loop.call([] {});
    loop.call([] {});
    QCOMPARE(count.load(), 0);
    loop.call([&] { watch.reset(); });
}

void TestEventLoop::watchCanBeDestroyedByItsOwnTask()
{
    EventLoop loop;
    SocketPair pair;
    QVERIFY(pair.isValid);
    std::promise<void> readable;
    std::atomic<bool> wrong = false;
    std::unique_ptr<EventLoop::FdWatch> watch;
    QCOMPARE(::write(pair.fds[1], "x", 1), ssize_t(1));
    loop.call([&] {
        watch = std::make_unique<EventLoop::FdWatch>(
            loop, pair.fds[0],
            [&] {
                watch.reset();
                readable.set_value();
            },
            [&] { wrong = true; });
        watch->setInterest(true, true);
    });
    auto future = readable.get_future();
    QVERIFY(isReady(future));
    loop.call([] {});
    QVERIFY(!wrong);
}

QTEST_GUILESS_MAIN(TestEventLoop)
#include "tst_event_loop.moc"
