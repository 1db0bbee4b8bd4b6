#include "core/graphics/frame_pacer.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{1000s};

} // namespace

class TestFramePacer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decides_data();
    void decides();
    void keepsTheRate_data();
    void keepsTheRate();
    void acknowledgements_data();
    void acknowledgements();
    void neverDelaysTheFirstFrameAfterAPause();
    void refinementDelaysNoChange();
    void measuresLatency();
    void startsOver();
};

void TestFramePacer::decides_data()
{
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("acknowledged");
    QTest::addColumn<double>("roundTripMs");
    QTest::addColumn<double>("rate");
    QTest::addColumn<qulonglong>("queued");
    QTest::addColumn<double>("waitMs"); // from long after the last frame; -1: until an acknowledgement

    const auto row = [](const char* name, int sent, int acknowledged, double roundTrip, double rate,
                         qulonglong queued, double wait) {
        QTest::newRow(name) << sent << acknowledged << roundTrip << rate << queued << wait;
    };
    row("nothing sent yet", 0, 0, 0, 0, 0, 0);
    row("nothing sent yet, long path", 0, 0, 400, 1e6, 0, 0);
    row("no round trip, one open", 1, 0, 0, 0, 0, 0);
    row("no round trip, two open", 2, 0, 0, 0, 0, -1);
    row("no round trip, one of two acknowledged", 2, 1, 0, 0, 0, 0);
    row("no round trip, both acknowledged", 2, 2, 0, 0, 0, 0);
    row("negative round trip counts as none", 2, 0, -50, 0, 0, -1);
    row("1 ms, two open", 2, 0, 1, 0, 0, 0);
    row("1 ms, three open", 3, 0, 1, 0, 0, -1);
    row("16 ms, three open", 3, 0, 16, 0, 0, -1);
    row("17 ms, three open", 3, 0, 17, 0, 0, 0);
    row("40 ms, four open", 4, 0, 40, 0, 0, 0);
    row("40 ms, five open", 5, 0, 40, 0, 0, -1);
    row("100 ms, seven open", 7, 0, 100, 0, 0, 0);
    row("100 ms, eight open", 8, 0, 100, 0, 0, -1);
    row("100 ms, eight sent, one acknowledged", 8, 1, 100, 0, 0, 0);
    row("300 ms, fifteen open", 15, 0, 300, 0, 0, 0);
    row("300 ms, sixteen open", 16, 0, 300, 0, 0, -1);
    row("an hour, sixteen open", 16, 0, 3.6e6, 0, 0, -1);
    row("an hour, fifteen open", 15, 0, 3.6e6, 0, 0, 0);
    row("rate unknown, short queue", 0, 0, 0, 0, 200'000, 0);
    row("rate unknown, 256 KB queued", 0, 0, 0, 0, 262'144, 0);
    row("rate unknown, 512 KB queued", 0, 0, 0, 0, 524'288, 50);
    row("rate unknown, 2 MB queued", 0, 0, 0, 0, 2'097'152, 350);
    row("negative rate is unknown", 0, 0, 0, -5, 524'288, 50);
    row("1 MB/s, 50 KB queued", 0, 0, 0, 1e6, 50'000, 0);
    row("1 MB/s, 60 KB queued", 0, 0, 0, 1e6, 60'000, 10);
    row("1 MB/s, 1 MB queued", 0, 0, 0, 1e6, 1'000'000, 950);
    row("100 KB/s, 4 KB queued", 0, 0, 0, 1e5, 4'000, 0);
    row("100 KB/s, 10 KB queued", 0, 0, 0, 1e5, 10'000, 50);
    row("50 MB/s, 2 MB queued", 0, 0, 0, 5e7, 2'000'000, 0);
    row("50 MB/s, 5 MB queued", 0, 0, 0, 5e7, 5'000'000, 50);
    row("a crawl and much queued: an hour at most", 0, 0, 0, 1, 1'000'000'000'000ULL, 3.6e6);
    row("queue empty, window closed", 2, 0, 0, 1e6, 0, -1);
    row("queue long, window closed", 2, 0, 0, 1e6, 1'000'000, -1);
    row("queue long, window open", 1, 0, 0, 1e6, 100'000, 50);
    row("window reopened, queue long", 2, 2, 0, 1e6, 100'000, 50);
}

void TestFramePacer::decides()
{
    QFETCH(int, sent);
    QFETCH(int, acknowledged);
    QFETCH(double, roundTripMs);
    QFETCH(double, rate);
    QFETCH(qulonglong, queued);
    QFETCH(double, waitMs);
    FramePacer pacer({});
    for (int i = 1; i <= sent; ++i)
        pacer.frameSent(static_cast<std::uint32_t>(i), 1000, kStart);
    if (acknowledged > 0)
        pacer.frameAcknowledged(static_cast<std::uint32_t>(acknowledged), kStart);
    QCOMPARE(pacer.unacknowledged(), sent - acknowledged);
    QCOMPARE(pacer.unacknowledgedBytes(), static_cast<std::uint64_t>(1000 * (sent - acknowledged)));

    const auto roundTrip
        = std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(roundTripMs));
    const TimePoint now = kStart + 10s;
    const TimePoint earliest
        = pacer.earliestSend({.roundTrip = roundTrip, .deliveryRate = rate, .bytesQueued = queued}, now);
    if (waitMs < 0) {
        QCOMPARE(earliest, TimePoint::max());
    } else if (waitMs == 0) {
        QVERIFY(earliest <= now);
    } else {
        const double wait = std::chrono::duration<double, std::milli>(earliest - now).count();
        QVERIFY2(std::abs(wait - waitMs) < 0.01, qPrintable(QString::number(wait)));
    }
}

void TestFramePacer::keepsTheRate_data()
{
    QTest::addColumn<int>("framesPerSecond");
    QTest::addColumn<int>("lateMicroseconds"); // how much later than due each frame is sent
    QTest::addColumn<int>("expected"); // in ten seconds
    QTest::newRow("60, punctual") << 60 << 0 << 600;
    QTest::newRow("60, each 2 ms late") << 60 << 2000 << 600;
    QTest::newRow("60, each 8 ms late") << 60 << 8000 << 600;
    QTest::newRow("60, each 20 ms late") << 60 << 20000 << 352;
    QTest::newRow("30, each 5 ms late") << 30 << 5000 << 300;
    QTest::newRow("5") << 5 << 0 << 50;
    QTest::newRow("nonsense counts as one") << 0 << 0 << 10;
}

void TestFramePacer::keepsTheRate()
{
    QFETCH(int, framesPerSecond);
    QFETCH(int, lateMicroseconds);
    QFETCH(int, expected);
    FramePacer pacer({.maxFramesPerSecond = framesPerSecond});
    TimePoint now = kStart;
    int frames = 0;
    while (now < kStart + 10s) {
        ++frames;
        pacer.frameSent(static_cast<std::uint32_t>(frames), 1, now);
        pacer.frameAcknowledged(static_cast<std::uint32_t>(frames), now);
        now = std::max(now, pacer.earliestSend({}, now)) + std::chrono::microseconds(lateMicroseconds);
    }
    QVERIFY2(std::abs(frames - expected) <= 2, qPrintable(QString::number(frames)));
}

void TestFramePacer::acknowledgements_data()
{
    QTest::addColumn<QList<quint32>>("sent");
    QTest::addColumn<QList<quint32>>("acknowledged");
    QTest::addColumn<int>("open");
    using Numbers = QList<quint32>;
    QTest::newRow("in order") << Numbers{1, 2, 3} << Numbers{1, 2, 3} << 0;
    QTest::newRow("none") << Numbers{1, 2, 3} << Numbers{} << 3;
    QTest::newRow("some lost: the next one counts for all before it")
        << Numbers{1, 2, 3, 4} << Numbers{3} << 1;
    QTest::newRow("twice") << Numbers{1, 2, 3} << Numbers{2, 2, 2} << 1;
    QTest::newRow("backwards") << Numbers{1, 2, 3} << Numbers{3, 2, 1} << 0;
    QTest::newRow("never sent") << Numbers{1, 2, 3} << Numbers{4, 0, 0xFFFFFFFF, 0x80000000} << 3;
    QTest::newRow("between two that were sent") << Numbers{10, 20} << Numbers{15} << 2;
    QTest::newRow("before anything was sent") << Numbers{} << Numbers{0, 1} << 0;
    QTest::newRow("over the wrap") << Numbers{0xFFFFFFFE, 0xFFFFFFFF, 0, 1} << Numbers{0xFFFFFFFF, 0} << 1;
    QTest::newRow("all over the wrap") << Numbers{0xFFFFFFFF, 0, 1} << Numbers{1} << 0;
    QTest::newRow("from before the wrap, again") << Numbers{0, 1} << Numbers{0xFFFFFFFF} << 2;
}

void TestFramePacer::acknowledgements()
{
    QFETCH(QList<quint32>, sent);
    QFETCH(QList<quint32>, acknowledged);
    QFETCH(int, open);
    FramePacer pacer({});
    for (const quint32 frame : sent)
        pacer.frameSent(frame, 10, kStart);
    for (const quint32 frame : acknowledged)
        pacer.frameAcknowledged(frame, kStart + 1s);
    QCOMPARE(pacer.unacknowledged(), open);
    QCOMPARE(pacer.unacknowledgedBytes(), static_cast<std::uint64_t>(10 * open));
}

void TestFramePacer::neverDelaysTheFirstFrameAfterAPause()
{
    FramePacer pacer({});
    const FramePacer::Path path{.roundTrip = 100ms};
    // Whatever the phase of the pause is, and however often it happens.
    TimePoint now = kStart;
    for (std::uint32_t frame = 1; frame < 200; ++frame) {
        now += 20ms + std::chrono::microseconds(frame * 137);
        QVERIFY(pacer.earliestSend(path, now) <= now);
        pacer.frameSent(frame, 1, now);
        QVERIFY(pacer.earliestSend(path, now) > now);
        pacer.frameAcknowledged(frame, now);
    }
}

void TestFramePacer::refinementDelaysNoChange()
{
    FramePacer pacer({});
    pacer.frameSent(1, 1000, kStart);
    pacer.frameAcknowledged(1, kStart);
    const TimePoint before = pacer.earliestSend({}, kStart);
    QVERIFY(before > kStart);
    pacer.refinementSent(2, 500, kStart);
    QCOMPARE(pacer.earliestSend({}, kStart), before);
    QCOMPARE(pacer.unacknowledged(), 1);
    QCOMPARE(pacer.unacknowledgedBytes(), std::uint64_t(500));
    pacer.frameAcknowledged(2, kStart);
    QCOMPARE(pacer.unacknowledged(), 0);
}

void TestFramePacer::measuresLatency()
{
    FramePacer pacer({});
    QCOMPARE(pacer.lastLatency(), Duration::zero());
    pacer.frameSent(1, 1, kStart);
    pacer.frameSent(2, 1, kStart + 20ms);
    pacer.frameAcknowledged(2, kStart + 75ms);
    QCOMPARE(pacer.lastLatency(), Duration(55ms));
    pacer.frameAcknowledged(1, kStart + 80ms);
    QCOMPARE(pacer.lastLatency(), Duration(55ms));
}

void TestFramePacer::startsOver()
{
    FramePacer pacer({});
    pacer.frameSent(1, 5, kStart);
    pacer.frameSent(2, 5, kStart);
    QCOMPARE(pacer.earliestSend({}, kStart + 10s), TimePoint::max());
    pacer.reset();
    QVERIFY(pacer.earliestSend({}, kStart) <= kStart);
    QCOMPARE(pacer.unacknowledgedBytes(), std::uint64_t{0});
    pacer.frameAcknowledged(2, kStart);
    QCOMPARE(pacer.unacknowledged(), 0);
}

QTEST_GUILESS_MAIN(TestFramePacer)
#include "tst_frame_pacer.moc"
