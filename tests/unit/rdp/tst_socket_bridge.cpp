#include "core/rdp/socket_bridge.h"
#include "core/rdp/unique_fd.h"
#include "core/transport/event_loop.h"
#include "core/transport/loopback_stream.h"

#include <QTest>

#include <future>
#include <thread>

#include <poll.h>
#include <sys/socket.h>

using namespace sightline;

namespace {

constexpr int kDeadline = 10000; // milliseconds

Bytes pattern(std::size_t size)
{
    Bytes octets(size);
    for (std::size_t i = 0; i < size; ++i)
        octets[i] = static_cast<std::uint8_t>(i * 31 / 7);
    return octets;
}

/// Up to `size` octets; fewer when the socket ends or the deadline passes.
Bytes readAll(int fd, std::size_t size)
{
    Bytes out(size);
    std::size_t at = 0;
    while (at < size) {
        pollfd state{fd, POLLIN, 0};
        if (::poll(&state, 1, kDeadline) <= 0)
            break;
        const ssize_t got = ::recv(fd, out.data() + at, size - at, 0);
        if (got <= 0)
            break;
        at += static_cast<std::size_t>(got);
    }
    out.resize(at);
    return out;
}

bool writeAll(int fd, ByteView octets)
{
    while (!octets.empty()) {
        pollfd state{fd, POLLOUT, 0};
        if (::poll(&state, 1, kDeadline) <= 0)
            return false;
        const ssize_t sent = ::send(fd, octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            return false;
        if (sent > 0)
            octets = octets.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

bool endsNow(int fd)
{
    pollfd state{fd, POLLIN, 0};
    char octet = 0;
    return ::poll(&state, 1, kDeadline) > 0 && ::recv(fd, &octet, 1, 0) == 0;
}

} // namespace

/// Two bridges back to back: socket, bridge, stream, bridge, socket.
class TestSocketBridge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void carriesBothWays();
    void pushesBack();
    void deliversBeforeTheEnd();
    void drainsAfterTheEnd();
    void survivesClosedSocket();

private:
    std::unique_ptr<EventLoop> m_loop;
    LoopbackStream::Pair m_streams;
    std::unique_ptr<SocketBridge> m_leftBridge;
    std::unique_ptr<SocketBridge> m_rightBridge;
    UniqueFd m_left;
    UniqueFd m_right;
};

void TestSocketBridge::init()
{
    m_loop = std::make_unique<EventLoop>();
    m_streams = LoopbackStream::createPair(*m_loop, 10000); // smaller than what is read at once
    auto left = SocketBridge::create(*m_loop, *m_streams.first);
    auto right = SocketBridge::create(*m_loop, *m_streams.second);
    QVERIFY(left && right);
    m_leftBridge = std::move(left->bridge);
    m_rightBridge = std::move(right->bridge);
    m_left.reset(left->fd);
    m_right.reset(right->fd);
}

void TestSocketBridge::cleanup()
{
    m_leftBridge.reset();
    m_rightBridge.reset();
    m_loop->call([this] { m_streams = {}; });
    m_loop.reset();
    m_left.reset();
    m_right.reset();
}

void TestSocketBridge::carriesBothWays()
{
    const Bytes there = pattern(1000000);
    const Bytes back = pattern(700001);
    auto written = std::async(std::launch::async, [&] { return writeAll(m_left.get(), there); });
    auto writtenBack = std::async(std::launch::async, [&] { return writeAll(m_right.get(), back); });
    auto readBack = std::async(std::launch::async, [&] { return readAll(m_left.get(), back.size()); });
    QCOMPARE(readAll(m_right.get(), there.size()), there);
    QCOMPARE(readBack.get(), back);
    QVERIFY(written.get() && writtenBack.get());
}

void TestSocketBridge::pushesBack()
{
    // Nobody reads on the right: what fits in between is bounded, and nothing of it is lost.
    const Bytes chunk = pattern(4096);
    Bytes sent;
    while (sent.size() < 10 * 1024 * 1024) {
        pollfd state{m_left.get(), POLLOUT, 0};
        if (::poll(&state, 1, 200) <= 0)
            break;
        const ssize_t size = ::send(m_left.get(), chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (size > 0)
            sent.insert(sent.end(), chunk.begin(), chunk.begin() + size);
    }
    QVERIFY2(sent.size() < 1024 * 1024, qPrintable(QString::number(sent.size())));
    QCOMPARE(readAll(m_right.get(), sent.size()), sent);
}

void TestSocketBridge::deliversBeforeTheEnd()
{
    const Bytes last = pattern(5000);
    QVERIFY(writeAll(m_left.get(), last));
    QCOMPARE(readAll(m_right.get(), 1).size(), std::size_t(1)); // it is on its way
    m_loop->call([this] { m_streams.first->close(); });
    QCOMPARE(readAll(m_right.get(), last.size()).size(), last.size() - 1);
    QVERIFY(endsNow(m_right.get()));
    QVERIFY(endsNow(m_left.get()));
}

void TestSocketBridge::drainsAfterTheEnd()
{
    m_loop->call([this] { m_streams.first->close(); });
    QVERIFY(endsNow(m_left.get()));
    QVERIFY(writeAll(m_left.get(), pattern(2000000)));
}

void TestSocketBridge::survivesClosedSocket()
{
    m_right.reset();
    QVERIFY(writeAll(m_left.get(), pattern(2000000)));
}

QTEST_GUILESS_MAIN(TestSocketBridge)
#include "tst_socket_bridge.moc"
