// RtpStream over simulated paths in virtual time: what a user would feel, as figures that do not depend on
// the machine.

#include "stream_pair.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

using Link = LinkSimulator::Config;

constexpr std::uint64_t kEndless = 1ull << 40;

/// What of the link's rate is left for octets of the stream.
double goodputLimit(const Link& link)
{
    return link.bitsPerSecond / 8 * 1180 / 1244;
}

double octetsPerSecond(std::uint64_t octets, Duration time)
{
    return static_cast<double>(octets) / std::chrono::duration<double>(time).count();
}

} // namespace

class TestRtpStreamPaths : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bulk_data();
    void bulk();
    void queueStaysShort_data();
    void queueStaysShort();
    void startsFast();
    void typing();
    void frames();
    void firstFrameAfterSilence();
    void appLimitedThenBulk();
    void bothDirections();
    void lossOfFeedback();
    void outage_data();
    void outage();
    void slowerAndFaster();
    void framesFindNewBandwidth();
    void sequenceNumbersWrap();
};

void TestRtpStreamPaths::bulk_data()
{
    QTest::addColumn<Link>("link");
    QTest::addColumn<double>("share");
    QTest::newRow("50 Mbit/s") << Link{} << 0.95;
    QTest::newRow("50 Mbit/s, 1 %") << Link{.loss = 0.01} << 0.92;
    QTest::newRow("50 Mbit/s, 2 %") << Link{.loss = 0.02} << 0.9;
    QTest::newRow("50 Mbit/s, 5 %") << Link{.loss = 0.05} << 0.8;
    QTest::newRow("50 Mbit/s, 80 ms, 2 %") << Link{.delay = 40ms, .loss = 0.02} << 0.85;
    QTest::newRow("20 Mbit/s, 1 %") << Link{.bitsPerSecond = 20e6, .loss = 0.01} << 0.92;
    QTest::newRow("5 Mbit/s, 1 %") << Link{.bitsPerSecond = 5e6, .loss = 0.01} << 0.92;
    QTest::newRow("1 Mbit/s, below the pacing floor") << Link{.bitsPerSecond = 1e6} << 0.85;
    QTest::newRow("200 Mbit/s, 1 %") << Link{.bitsPerSecond = 200e6, .loss = 0.01} << 0.9;
    QTest::newRow("LAN") << Link{.bitsPerSecond = 600e6, .delay = 100us, .queue = 3ms} << 0.9;
    QTest::newRow("short queue") << Link{.queue = 10ms} << 0.9;
    QTest::newRow("reordering") << Link{.reordering = 0.05} << 0.9;
    QTest::newRow("duplication") << Link{.duplication = 0.05} << 0.9;
    QTest::newRow("jitter") << Link{.jitter = 10ms} << 0.9;
    QTest::newRow("jitter that reorders") << Link{.jitter = 10ms, .jitterReorders = true} << 0.9;
    QTest::newRow("everything") << Link{.bitsPerSecond = 20e6,
        .loss = 0.02,
        .duplication = 0.02,
        .reordering = 0.02,
        .jitter = 5ms,
        .jitterReorders = true} << 0.8;
}

void TestRtpStreamPaths::bulk()
{
    QFETCH(Link, link);
    QFETCH(double, share);
    StreamPair pair(StreamPair::Config::symmetric(link));
    const Duration warmUp = link.bitsPerSecond > 100e6 ? 500ms : 2s;
    pair.send(0, kEndless);
    pair.runFor(warmUp);
    const auto before = pair.end(1).read;
    pair.runFor(2 * warmUp);
    const auto goodput = octetsPerSecond(pair.end(1).read - before, 2 * warmUp);
    QVERIFY(pair.isIntact());
    QVERIFY2(goodput > share * goodputLimit(link), qPrintable(QString::number(goodput / goodputLimit(link))));

    const auto statistics = pair.stream(0).statistics();
    QVERIFY(statistics.deliveryRate > 0.9 * link.bitsPerSecond / 8 * 1200 / 1244);
    QVERIFY(statistics.minRoundTrip >= 2 * link.delay);
    QVERIFY(statistics.minRoundTrip < 2 * link.delay + 15ms + link.jitter);
    const auto& counters = pair.link(0).counters();
    QVERIFY(statistics.packetsLost <= (counters.lost + counters.dropped) * 11 / 10);
}

void TestRtpStreamPaths::queueStaysShort_data()
{
    QTest::addColumn<Link>("link");
    QTest::newRow("50 Mbit/s") << Link{.queue = 1s};
    QTest::newRow("50 Mbit/s, 1 %") << Link{.queue = 1s, .loss = 0.01};
    QTest::newRow("50 Mbit/s, 80 ms") << Link{.delay = 40ms, .queue = 1s};
    QTest::newRow("20 Mbit/s") << Link{.bitsPerSecond = 20e6, .queue = 1s};
    QTest::newRow("5 Mbit/s") << Link{.bitsPerSecond = 5e6, .queue = 1s};
}

void TestRtpStreamPaths::queueStaysShort()
{
    QFETCH(Link, link);
    StreamPair pair(StreamPair::Config::symmetric(link));
    pair.send(0, kEndless);
    pair.runFor(1s);
    QVERIFY(pair.link(0).counters().longestQueue < 150ms);
    pair.runFor(1s);
    pair.link(0).resetLongestQueue();
    pair.runFor(12s);
    QVERIFY(pair.link(0).counters().longestQueue < link.delay * 3 / 2);
    QVERIFY(pair.stream(0).statistics().roundTrip < 2 * link.delay * 3 / 2);
}

void TestRtpStreamPaths::startsFast()
{
    const Link link{.bitsPerSecond = 20e6};
    StreamPair pair(StreamPair::Config::symmetric(link));
    pair.send(0, 200'000);
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 200'000; }, 1s));
    // 84 ms of it is the link's rate, 20 ms its delay.
    QVERIFY(pair.end(0).latencies.front() < 190ms);
}

void TestRtpStreamPaths::typing()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 20e6, .loss = 0.01}));
    for (int i = 0; i < 1000; ++i) {
        pair.send(0, 2000);
        pair.runFor(80ms);
    }
    pair.runFor(1s);
    const auto& latencies = pair.end(0).latencies;
    QVERIFY(pair.isIntact());
    QCOMPARE(latencies.size(), std::size_t{1000});
    QVERIFY(percentile(latencies, 0.5) < 25ms);
    QVERIFY(percentile(latencies, 0.95) < 50ms);
    QVERIFY(percentile(latencies, 0.99) < 100ms);
    QVERIFY(percentile(latencies, 1) < 250ms);
}

void TestRtpStreamPaths::frames()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 20e6, .loss = 0.01}));
    for (int i = 0; i < 100; ++i) {
        pair.send(0, 200'000);
        QVERIFY(pair.runUntil([&] { return pair.end(0).messages.empty(); }, 2s));
    }
    QVERIFY(pair.isIntact());
    const auto& latencies = pair.end(0).latencies;
    QVERIFY(percentile(latencies, 0.5) < 140ms);
    QVERIFY(percentile(latencies, 0.95) < 250ms);
    QVERIFY(percentile(latencies, 1) < 500ms);
}

void TestRtpStreamPaths::firstFrameAfterSilence()
{
    StreamPair pair(StreamPair::Config::symmetric({}));
    for (int i = 0; i < 6; ++i) {
        pair.send(0, 200'000);
        pair.runFor(6s); // longer than the life of the least round trip
    }
    QCOMPARE(pair.end(0).latencies.size(), std::size_t{6});
    for (std::size_t i = 3; i < 6; ++i)
        QVERIFY(pair.end(0).latencies[i] < 70ms); // 34 ms at the link's rate, 20 ms delay
}

void TestRtpStreamPaths::appLimitedThenBulk()
{
    const Link link{.loss = 0.01};
    StreamPair pair(StreamPair::Config::symmetric(link));
    for (int i = 0; i < 200; ++i) {
        pair.send(0, 2000);
        pair.runFor(50ms);
    }
    pair.send(0, kEndless);
    pair.runFor(1s);
    const auto before = pair.end(1).read;
    pair.runFor(4s);
    QVERIFY(pair.isIntact());
    QVERIFY(octetsPerSecond(pair.end(1).read - before, 4s) > 0.9 * goodputLimit(link));
}

void TestRtpStreamPaths::bothDirections()
{
    const Link link{.loss = 0.01};
    StreamPair pair(StreamPair::Config::symmetric(link));
    pair.send(0, kEndless);
    pair.send(1, kEndless);
    pair.runFor(2s);
    const auto forth = pair.end(1).read;
    const auto back = pair.end(0).read;
    pair.runFor(6s);
    QVERIFY(pair.isIntact());
    // Each side's queue delays the other's feedback, and feedback takes its share.
    QVERIFY(octetsPerSecond(pair.end(1).read - forth, 6s) > 0.7 * goodputLimit(link));
    QVERIFY(octetsPerSecond(pair.end(0).read - back, 6s) > 0.7 * goodputLimit(link));
}

void TestRtpStreamPaths::lossOfFeedback()
{
    auto config = StreamPair::Config::symmetric({});
    config.links[1].loss = 0.3;
    StreamPair pair(config);
    pair.send(0, 20'000'000);
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == 20'000'000; }, 6s));
    QVERIFY(pair.isIntact());
    // Feedback repeats itself, so hardly anything is sent twice.
    QVERIFY(pair.link(0).counters().sent < 20'000'000 / 1180 * 102 / 100);
}

void TestRtpStreamPaths::outage_data()
{
    QTest::addColumn<int>("seconds");
    QTest::newRow("5 s") << 5;
    QTest::newRow("12 s") << 12;
}

void TestRtpStreamPaths::outage()
{
    QFETCH(const int, seconds);
    StreamPair pair(StreamPair::Config::symmetric({.loss = 0.01}));
    pair.send(0, kEndless);
    pair.runFor(3s);
    pair.link(0).setOutage(true);
    pair.link(1).setOutage(true);
    const auto sentBefore = pair.link(0).counters().sent;
    pair.runFor(std::chrono::seconds(seconds));
    const auto readInOutage = pair.end(1).read;
    QVERIFY(pair.link(0).counters().sent - sentBefore < 600); // what the window allows, and a few probes
    pair.link(0).setOutage(false);
    pair.link(1).setOutage(false);
    pair.runFor(600ms);
    QVERIFY(pair.end(1).read > readInOutage);
    const auto before = pair.end(1).read;
    pair.runFor(3s);
    QVERIFY(pair.isIntact());
    QVERIFY(octetsPerSecond(pair.end(1).read - before, 3s) > 0.85 * goodputLimit({}));
}

void TestRtpStreamPaths::slowerAndFaster()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 50e6}));
    pair.send(0, kEndless);
    pair.runFor(3s);
    pair.link(0).setRate(10e6);
    pair.runFor(3s);
    auto before = pair.end(1).read;
    pair.link(0).resetLongestQueue();
    pair.runFor(4s);
    QVERIFY(octetsPerSecond(pair.end(1).read - before, 4s) > 0.85 * goodputLimit({.bitsPerSecond = 10e6}));
    QVERIFY(pair.link(0).counters().longestQueue < 60ms);

    pair.link(0).setRate(50e6);
    pair.runFor(4s);
    before = pair.end(1).read;
    pair.runFor(4s);
    QVERIFY(octetsPerSecond(pair.end(1).read - before, 4s) > 0.85 * goodputLimit({.bitsPerSecond = 50e6}));
    QVERIFY(pair.isIntact());
}

void TestRtpStreamPaths::framesFindNewBandwidth()
{
    StreamPair pair(StreamPair::Config::symmetric({.bitsPerSecond = 10e6, .loss = 0.01}));
    const auto sendFrames = [&](int count) {
        for (int i = 0; i < count; ++i) {
            pair.send(0, 200'000);
            pair.runFor(300ms);
        }
    };
    sendFrames(10);
    pair.link(0).setRate(50e6);
    sendFrames(20);
    pair.end(0).latencies.clear();
    sendFrames(20);
    QVERIFY(pair.isIntact());
    QVERIFY(percentile(pair.end(0).latencies, 0.5) < 90ms); // at 10 Mbit/s it would be 190
}

void TestRtpStreamPaths::sequenceNumbersWrap()
{
    auto config = StreamPair::Config::symmetric({.bitsPerSecond = 200e6, .loss = 0.02});
    config.links[0].reordering = 0.02;
    config.streams[0].firstSequenceNumber = 65530;
    StreamPair pair(config);
    std::uint64_t count = 0;
    // The packets on both sides of the first wrap arrive late or never.
    pair.onPacket
        = [&](std::size_t index, LinkSimulator::Packet&) { return index != 0 || ++count > 12 || count % 2; };
    constexpr std::uint64_t kOctets = 100'000'000; // the numbers wrap again after 77 MB
    pair.send(0, kOctets);
    QVERIFY(pair.runUntil([&] { return pair.end(1).read == kOctets; }, 10s));
    QVERIFY(pair.isIntact());
    QCOMPARE(pair.stream(1).statistics().packetsMalformed, std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestRtpStreamPaths)
#include "tst_rtp_stream_paths.moc"
