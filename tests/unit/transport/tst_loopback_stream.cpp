#include "core/transport/loopback_stream.h"

#include <QTest>

#include <array>
#include <future>
#include <numeric>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

bool isReady(std::future<void>& future)
{
    return future.wait_for(5s) == std::future_status::ready;
}

} // namespace

class TestLoopbackStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesMoreThanItHolds();
    void stopsTakingWhenFull();
    void closeLetsTheOtherReadTheRest();
    void destructionLooksLikeClose();
    void handlersNeverRunInsideACall();
};

void TestLoopbackStream::carriesMoreThanItHolds()
{
    EventLoop loop;
    auto pair = LoopbackStream::createPair(loop, 1000);
    LoopbackStream* writer = pair.first.get();
    LoopbackStream* reader = pair.second.get();
    Bytes sent(100'000);
    std::iota(sent.begin(), sent.end(), std::uint8_t(0));
    Bytes received;
    std::size_t offset = 0;
    std::promise<void> done;

    const auto write = [&] { offset += writer->write(ByteView(sent).subspan(offset)); };
    const auto read = [&] {
        std::array<std::uint8_t, 300> buffer;
        while (const std::size_t count = reader->read(buffer))
            received.insert(
                received.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
        if (received.size() == sent.size())
            done.set_value();
    };
    loop.call([&] {
        writer->onWritable = write;
        reader->onReadable = read;
        write();
    });
    auto future = done.get_future();
    QVERIFY(isReady(future));
    loop.call([&] { QVERIFY(received == sent); });
}

void TestLoopbackStream::stopsTakingWhenFull()
{
    EventLoop loop;
    auto pair = LoopbackStream::createPair(loop, 10);
    loop.call([&] {
        const Bytes data(15, 1);
        QCOMPARE(pair.first->write(data), std::size_t(10));
        QCOMPARE(pair.first->write(data), std::size_t(0));
        Bytes buffer(4);
        QCOMPARE(pair.second->read(buffer), std::size_t(4));
        QCOMPARE(pair.first->write(data), std::size_t(4));
    });
}

void TestLoopbackStream::closeLetsTheOtherReadTheRest()
{
    EventLoop loop;
    auto pair = LoopbackStream::createPair(loop);
    std::promise<void> closed;
    loop.call([&] {
        pair.second->onClosed = [&] { closed.set_value(); };
        QCOMPARE(pair.first->write(Bytes(5, 1)), std::size_t(5));
        pair.first->close();
        QCOMPARE(pair.first->error()->code(), ErrorCode::Cancelled);
        QVERIFY(!pair.second->error());
        QCOMPARE(pair.second->write(Bytes(5, 1)), std::size_t(0));
        Bytes buffer(10);
        QCOMPARE(pair.second->read(buffer), std::size_t(5));
        QCOMPARE(pair.second->error()->code(), ErrorCode::Gone);
    });
    auto future = closed.get_future();
    QVERIFY(isReady(future));
}

void TestLoopbackStream::destructionLooksLikeClose()
{
    EventLoop loop;
    auto pair = LoopbackStream::createPair(loop);
    std::promise<void> closed;
    loop.call([&] { pair.second->onClosed = [&] { closed.set_value(); }; });
    pair.first.reset();
    auto future = closed.get_future();
    QVERIFY(isReady(future));
    loop.call([&] { QCOMPARE(pair.second->error()->code(), ErrorCode::Gone); });
}

void TestLoopbackStream::handlersNeverRunInsideACall()
{
    EventLoop loop;
    auto pair = LoopbackStream::createPair(loop, 4);
    int calls = 0;
    loop.call([&] {
        for (LoopbackStream* stream : {pair.first.get(), pair.second.get()})
            stream->onReadable = stream->onWritable = stream->onClosed = [&] { ++calls; };
        QCOMPARE(pair.first->write(Bytes(8)), std::size_t(4));
        Bytes buffer(8);
        QCOMPARE(pair.second->read(buffer), std::size_t(4));
        pair.first->close();
        QCOMPARE(calls, 0);
    });
    loop.call([&] { QCOMPARE(calls, 4); }); // readable, writable, and closed on both ends
}

QTEST_GUILESS_MAIN(TestLoopbackStream)
#include "tst_loopback_stream.moc"
