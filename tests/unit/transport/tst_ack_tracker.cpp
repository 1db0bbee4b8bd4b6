#include "core/transport/ack_tracker.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{1h};

RtcpFeedback take(AckTracker& acks, TimePoint now)
{
    RtcpFeedback feedback;
    acks.fillFeedback(feedback, now);
    return feedback;
}

} // namespace

class TestAckTracker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingToTell();
    void everyFourthPacket();
    void soonAfterTheFirst();
    void atOnceOnAGap();
    void fewerUnderTcp();
    void fewerAtLanRates();
    void tellsAges();
    void keepsTheNewestRanges();
    void forgetsOldNumbers();
};

void TestAckTracker::nothingToTell()
{
    AckTracker acks(false);
    QCOMPARE(acks.deadline(), TimePoint::max());
    QVERIFY(!acks.hasPackets());
    acks.requestFeedback();
    QVERIFY(acks.deadline() <= kStart);
    QVERIFY(!take(acks, kStart).hasPackets());
    QCOMPARE(acks.deadline(), TimePoint::max());
}

void TestAckTracker::everyFourthPacket()
{
    AckTracker acks(false);
    for (std::uint64_t i = 0; i < 3; ++i)
        acks.onPacket(10 + i, kStart, false);
    QVERIFY(acks.deadline() > kStart);
    acks.onPacket(13, kStart, false);
    QVERIFY(acks.deadline() <= kStart);
    const auto feedback = take(acks, kStart);
    QCOMPARE(feedback.rangeCount, std::size_t{1});
    QCOMPARE(feedback.ranges[0], (RangeSet::Range{10, 14}));
    QCOMPARE(acks.deadline(), TimePoint::max());
}

void TestAckTracker::soonAfterTheFirst()
{
    AckTracker acks(false);
    acks.onPacket(1, kStart, false);
    acks.onPacket(2, kStart + 1ms, false);
    QCOMPARE(acks.deadline(), kStart + 2ms);
    take(acks, kStart + 2ms);
    acks.onPacket(3, kStart + 9ms, true);
    QVERIFY(acks.deadline() <= kStart + 9ms);
}

void TestAckTracker::atOnceOnAGap()
{
    AckTracker acks(false);
    acks.onPacket(1, kStart, false);
    take(acks, kStart);
    acks.onPacket(3, kStart, false);
    QVERIFY(acks.deadline() <= kStart);
    const auto feedback = take(acks, kStart);
    QCOMPARE(feedback.rangeCount, std::size_t{2});
    QCOMPARE(feedback.ranges[0], (RangeSet::Range{3, 4}));
    QCOMPARE(feedback.ranges[1], (RangeSet::Range{1, 2}));
    acks.onPacket(2, kStart, false); // late
    QVERIFY(acks.deadline() <= kStart);
    QCOMPARE(take(acks, kStart).ranges[0], (RangeSet::Range{1, 4}));
}

void TestAckTracker::fewerUnderTcp()
{
    AckTracker acks(true);
    acks.onPacket(1, kStart, false);
    acks.onPacket(9, kStart, false);
    QCOMPARE(acks.deadline(), kStart + 5ms);
    for (std::uint64_t i = 10; i < 24; ++i)
        acks.onPacket(i, kStart, false);
    QVERIFY(acks.deadline() <= kStart);
}

void TestAckTracker::fewerAtLanRates()
{
    AckTracker acks(false);
    auto now = kStart;
    std::uint64_t number = 0;
    int told = 0;
    for (int i = 0; i < 1600; ++i, now += 10us) {
        acks.onPacket(number++, now, false);
        if (acks.deadline() <= now) {
            take(acks, now);
            ++told;
        }
    }
    QVERIFY(told < 120);
    // And back, once packets are rare.
    now += 1s;
    acks.onPacket(number++, now, true);
    take(acks, now);
    for (int i = 0; i < 4; ++i)
        acks.onPacket(number++, now + 1ms, false);
    QVERIFY(acks.deadline() <= now + 1ms);
}

void TestAckTracker::tellsAges()
{
    AckTracker acks(false);
    acks.onPacket(7, kStart, false);
    acks.onPacket(8, kStart + 320us, false);
    acks.onPacket(10, kStart + 640us, false);
    auto feedback = take(acks, kStart + 800us);
    QCOMPARE(feedback.ageOf(10), std::optional<Duration>(160us));
    QCOMPARE(feedback.ageOf(9), std::nullopt);
    QCOMPARE(feedback.ageOf(8), std::optional<Duration>(480us));
    QCOMPARE(feedback.ageOf(7), std::optional<Duration>(800us));

    acks.onPacket(11, kStart + 1ms, false);
    feedback = take(acks, kStart + 1h);
    QCOMPARE(feedback.ageCount, std::size_t{1}); // the others were told
    QCOMPARE(feedback.ages[0], RtcpFeedback::kAgeMax);
}

void TestAckTracker::keepsTheNewestRanges()
{
    AckTracker acks(false);
    for (std::uint64_t i = 0; i < 100; ++i)
        acks.onPacket(2 * i, kStart, false);
    const auto feedback = take(acks, kStart);
    QCOMPARE(feedback.rangeCount, RtcpFeedback::kMaxRanges);
    QCOMPARE(feedback.largestNumber(), std::uint64_t{198});
    QCOMPARE(feedback.ranges[31], (RangeSet::Range{136, 137}));
    QVERIFY(acks.isNew(199));
    QVERIFY(acks.isNew(137));
    QVERIFY(!acks.isNew(136));
    QVERIFY(!acks.isNew(135)); // not known any more: not told as new
}

void TestAckTracker::forgetsOldNumbers()
{
    AckTracker acks(false);
    for (std::uint64_t i = 0; i < 70'000; ++i)
        acks.onPacket(i, kStart, false);
    const auto feedback = take(acks, kStart);
    QCOMPARE(feedback.rangeCount, std::size_t{1});
    QVERIFY(feedback.ranges[0].end - feedback.ranges[0].begin <= 0xFFFF);
    const auto content = RtcpContent::parse(feedback.serialise());
    QVERIFY(content && content->feedback);
    QCOMPARE(content->feedback->largestNumber(), std::uint64_t{69'999});
}

QTEST_GUILESS_MAIN(TestAckTracker)
#include "tst_ack_tracker.moc"
