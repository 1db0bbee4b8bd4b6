// What an RtpStream promises its owner: delivery, flow control, its end, silence, TCP below it.

#include "stream_pair.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

using Link = LinkSimulator::Config;

constexpr std::size_t kWindow = 256 * 1024;

StreamPair::Config smallWindow(const Link& link)
{
    auto config = StreamPair::Config::symmetric(link);
    config.streams[1].receiveBuffer = kWindow;
    return config;
}

StreamPair::Config lossless()
{
    auto config = StreamPair::Config::symmetric({.queue = 10s});
    for (auto& stream : config.streams)
        stream.lossless = true;
    return config;
}

} // namespace

class TestRtpStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallMessageLeavesAtOnce();
    void packetsKeepToTheSize();
    void acceptsAsMuchAsThePathTakes();
    void isSilentWhenIdle();
    void keepalive();
    void countsBytes();

    void readerStops();
    void readerIsSlow();
    void windowUpdateIsLost();
    void windowStaysShut();

    void finish_data();
    void finish();
    void finishWaitsForTheReader();
    void writesNothingAfterFinish();

    void losslessRepeatsNothing();
    void losslessRepairsAHole();
    void losslessRepairsALostTail();
};

void TestRtpStream::smallMessageLeavesAtOnce()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 5e6}));
    pair.send(0, 500'000);
    pair.runFor(10s);
    const auto before = pair.link(0).counters().sent;
    pair.send(0, 15'000);
    pair.runFor(0ms);
    QCOMPARE(pair.link(0).counters().sent - before, std::uint64_t{13});
}

void TestRtpStream::packetsKeepToTheSize()
{
    for (const std::size_t size : {500u, 1200u, 1400u}) {
        auto config = StreamPair::Config::symmetric({.loss = 0.05, .reordering = 0.1});
        config.streams[0].maxPacketSize = size;
        StreamPair pair(config);
        std::size_t largest = 0;
        pair.onPacket = [&](std::size_t, const LinkSimulator::Packet& packet) {
            largest = std::max(largest, packet.octets.size());
            return true;
        };
        pair.send(0, 300'000);
        QVERIFY(pair.runUntil([&] { return pair.end(1).read == 300'000; }, 5s));
        QCOMPARE(largest, size);
    }
}

void TestRtpStream::acceptsAsMuchAsThePathTakes()
{
    StreamPair slow(StreamPair::Config::symmetric({.bitsPerSecond = 2e6}));
    slow.send(0, 1 << 30);
    slow.runFor(3s);
    QVERIFY(slow.stream(0).statistics().bytesQueued <= 64 * 1024);
    StreamPair fast(StreamPair::Config::symmetric({.bitsPerSecond = 100e6}));
    fast.send(0, 1 << 30);
    fast.runFor(1s);
    QCOMPARE(fast.stream(0).statistics().bytesQueued, std::uint64_t{256 * 1024});
    QCOMPARE(fast.stream(0).writableBytes(), std::size_t{0});
}

void TestRtpStream::isSilentWhenIdle()
{
    StreamPair pair(StreamPair::Config::symmetric({.loss = 0.05}));
    QCOMPARE(pair.stream(0).nextTimeout(), TimePoint::max());
    QVERIFY(!pair.stream(0).takePacket(pair.now()));
    pair.send(0, 100'000);
    pair.send(1, 50'000);
    pair.runFor(3s);
    QCOMPARE(pair.end(1).read, std::uint64_t{100'000});
    QVERIFY(pair.isSilent());
    const auto sent = pair.link(0).counters().sent;
    pair.runFor(1h);
    QCOMPARE(pair.link(0).counters().sent, sent);
}

void TestRtpStream::keepalive()
{
    StreamPair pair(StreamPair::Config::symmetric({}));
    pair.stream(0).requestKeepalive();
    QVERIFY(pair.stream(0).nextTimeout() <= pair.now());
    const auto packet = pair.stream(0).takePacket(pair.now());
    QVERIFY(packet && packet->isRtcp);
    QVERIFY(packet->packet.size() < 64);
    QVERIFY(!pair.stream(0).takePacket(pair.now()));
    QVERIFY(pair.isSilent());
    QVERIFY(pair.stream(1).onPacket(packet->packet, pair.now()));
    QVERIFY(pair.isSilent()); // it needs no answer
}

void TestRtpStream::countsBytes()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 20e6, .loss = 0.02}));
    pair.send(0, 2'000'000);
    pair.runFor(300ms);
    auto statistics = pair.stream(0).statistics();
    QVERIFY(statistics.bytesQueued > 0);
    QVERIFY(statistics.bytesInFlight > 0);
    pair.runFor(5s);
    statistics = pair.stream(0).statistics();
    QCOMPARE(statistics.bytesQueued, std::uint64_t{0});
    QCOMPARE(statistics.bytesInFlight, std::uint64_t{0});
    QCOMPARE(statistics.packetsSent, pair.link(0).counters().sent);
    QVERIFY(statistics.packetsLost >= pair.link(0).counters().lost * 8 / 10); // feedback is lost too
    QVERIFY(statistics.packetsLost <= pair.link(0).counters().lost);
    QVERIFY(statistics.roundTrip >= 40ms && statistics.roundTrip < 100ms);
    QCOMPARE(pair.stream(1).statistics().packetsMalformed, std::uint64_t{0});
}

void TestRtpStream::readerStops()
{
    StreamPair pair(smallWindow({.loss = 0.01}));
    pair.end(1).readBudget = 100'000;
    pair.send(0, 5'000'000);
    pair.runFor(10s);
    QCOMPARE(pair.end(1).read, std::uint64_t{100'000});
    QCOMPARE(pair.stream(1).readableBytes(), kWindow);
    QCOMPARE(pair.stream(0).statistics().bytesInFlight, std::uint64_t{0});
    pair.end(1).readBudget = 1 << 30;
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 5'000'000; }, 3s));
    QVERIFY(pair.isIntact());
}

void TestRtpStream::readerIsSlow()
{
    StreamPair pair(smallWindow({.loss = 0.01}));
    pair.end(1).readBudget = 0;
    pair.send(0, 2'000'000);
    for (int i = 1; i <= 200; ++i)
        pair.at(i * 20ms, [&] { pair.end(1).readBudget += 10'000; });
    pair.runFor(4100ms);
    QVERIFY(pair.isIntact());
    QCOMPARE(pair.end(1).read, std::uint64_t{2'000'000}); // it never had to wait for the sender
}

void TestRtpStream::windowUpdateIsLost()
{
    StreamPair pair(smallWindow({}));
    pair.end(1).readBudget = 0;
    pair.send(0, 1'000'000);
    pair.runFor(5s);
    int swallowed = 0;
    pair.onPacket
        = [&](std::size_t index, const LinkSimulator::Packet&) { return index != 1 || ++swallowed > 2; };
    pair.end(1).readBudget = 1 << 30;
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 1'000'000; }, 5s));
    QVERIFY(swallowed > 2);
    QVERIFY(pair.isIntact());
}

void TestRtpStream::windowStaysShut()
{
    StreamPair pair(smallWindow({}));
    pair.end(1).readBudget = 0;
    pair.send(0, 1'000'000);
    pair.runFor(5s);
    const auto sent = pair.link(0).counters().sent;
    pair.runFor(60s);
    const auto probes = pair.link(0).counters().sent - sent;
    QVERIFY(probes >= 50 && probes <= 65); // one a second
    QCOMPARE(pair.stream(1).readableBytes(), kWindow);
}

void TestRtpStream::finish_data()
{
    QTest::addColumn<quint64>("octets");
    QTest::addColumn<double>("loss");
    QTest::newRow("nothing written") << quint64(0) << 0.0;
    QTest::newRow("nothing written, half lost") << quint64(0) << 0.5;
    QTest::newRow("a little") << quint64(5000) << 0.0;
    QTest::newRow("a packet, exactly") << quint64(1180) << 0.3;
    QTest::newRow("much, half lost") << quint64(300'000) << 0.5;
}

void TestRtpStream::finish()
{
    QFETCH(quint64, octets);
    QFETCH(double, loss);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        StreamPair pair(StreamPair::Config::symmetric({.loss = loss, .seed = seed}));
        pair.send(0, octets);
        QVERIFY(pair.runUntil([&] { return pair.end(0).toWrite == 0; }, 60s));
        QVERIFY(!pair.stream(1).isPeerFinished());
        pair.stream(0).finish();
        QVERIFY(pair.runUntil([&] { return pair.stream(0).isFinishAcknowledged(); }, 60s));
        QVERIFY(pair.stream(1).isPeerFinished());
        QVERIFY(!pair.stream(0).isPeerFinished());
        QCOMPARE(pair.end(1).read, octets);
        QVERIFY(pair.isIntact());

        pair.send(1, 1000); // the other direction goes on
        QVERIFY(pair.runUntil([&] { return pair.end(0).read == 1000; }, 60s));
    }
}

void TestRtpStream::finishWaitsForTheReader()
{
    StreamPair pair(StreamPair::Config::symmetric({}));
    pair.end(1).readBudget = 4000;
    pair.send(0, 5000);
    pair.runFor(1s);
    pair.stream(0).finish();
    pair.runFor(1s);
    QVERIFY(pair.stream(0).isFinishAcknowledged());
    QVERIFY(!pair.stream(1).isPeerFinished());
    pair.end(1).readBudget = 5000;
    pair.runFor(1s);
    QVERIFY(pair.stream(1).isPeerFinished());
    QVERIFY(pair.isSilent());
}

void TestRtpStream::writesNothingAfterFinish()
{
    StreamPair pair(StreamPair::Config::symmetric({}));
    pair.stream(0).finish();
    QCOMPARE(pair.stream(0).writableBytes(), std::size_t{0});
    QCOMPARE(pair.stream(0).write(Bytes(10)), std::size_t{0});
}

void TestRtpStream::losslessRepeatsNothing()
{
    auto config = lossless();
    config.links[0].jitter = 300ms; // TCP repairs, and everything behind waits
    StreamPair pair(config);
    pair.send(0, 20'000'000);
    for (int i = 1; i < 10; ++i) {
        pair.at(i * 400ms, [&] { pair.link(0).setRate(5e6); });
        pair.at(i * 400ms + 200ms, [&] { pair.link(0).setRate(50e6); });
    }
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 20'000'000; }, 30s));
    QVERIFY(pair.isIntact());
    QCOMPARE(pair.stream(0).statistics().packetsLost, std::uint64_t{0});
    QVERIFY(pair.link(0).counters().sent <= 20'000'000 / 1180 + 20'000'000 / (64 * 1024) + 50);
    QVERIFY(pair.link(1).counters().sent <= pair.link(0).counters().sent / 10);
}

void TestRtpStream::losslessRepairsAHole()
{
    StreamPair pair(lossless());
    pair.send(0, 1'000'000);
    std::uint64_t count = 0;
    pair.onPacket
        = [&](std::size_t index, const LinkSimulator::Packet&) { return index != 0 || ++count % 100 != 0; };
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 1'000'000; }, 10s));
    QVERIFY(pair.isIntact());
}

void TestRtpStream::losslessRepairsALostTail()
{
    StreamPair pair(lossless());
    pair.send(0, 50'000);
    pair.runFor(2s);
    bool isDropping = true;
    pair.onPacket = [&](std::size_t, const LinkSimulator::Packet&) { return !isDropping; };
    pair.send(0, 5'000);
    pair.runFor(1s);
    isDropping = false;
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 55'000; }, 5s));
    QVERIFY(pair.isIntact());
}

QTEST_GUILESS_MAIN(TestRtpStream)
#include "tst_rtp_stream.moc"
