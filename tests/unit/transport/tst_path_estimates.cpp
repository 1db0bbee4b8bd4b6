// The small classes that estimate the path: round trip, delivery rate, bandwidth; and the pacer that acts on
// them.

#include "core/transport/bandwidth_filter.h"
#include "core/transport/delivery_rate.h"
#include "core/transport/packet_pacer.h"
#include "core/transport/rtt_estimator.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kStart{1h};

bool isNear(double value, double expected)
{
    return value > 0.97 * expected && value < 1.03 * expected;
}

} // namespace

class TestPathEstimates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTripIsSmoothed();
    void timeouts();
    void timeoutsUnderTcp();
    void rateOfASteadyFlow();
    void rateIgnoresBundledFeedback();
    void rateOfAnIdleSource();
    void filterKeepsTheMaximum();
    void filterForgets();
    void pacerSpreads();
    void pacerGivesCredit();
    void pacerWakesForBatches();
};

void TestPathEstimates::roundTripIsSmoothed()
{
    RttEstimator estimator(false);
    QVERIFY(!estimator.hasSample());
    estimator.addSample(40ms);
    QCOMPARE(estimator.smoothed(), Duration(40ms));
    QCOMPARE(estimator.variation(), Duration(20ms));
    estimator.addSample(80ms);
    QCOMPARE(estimator.smoothed(), Duration(45ms));
    QCOMPARE(estimator.variation(), Duration(25ms));
    for (int i = 0; i < 100; ++i)
        estimator.addSample(30ms);
    QVERIFY(estimator.smoothed() < 31ms);
    QVERIFY(estimator.variation() < 1ms);
    RttEstimator tiny(false);
    tiny.addSample(-5ms); // a clock that stands still
    QVERIFY(tiny.hasSample());
}

void TestPathEstimates::timeouts()
{
    RttEstimator estimator(false);
    QCOMPARE(estimator.probeTimeout(0), Duration(200ms));
    for (int i = 0; i < 100; ++i)
        estimator.addSample(40ms);
    QVERIFY(estimator.lossDelay() >= 57ms && estimator.lossDelay() <= 59ms);
    QVERIFY(estimator.probeTimeout(0) >= 54ms && estimator.probeTimeout(0) <= 57ms);
    QVERIFY(estimator.probeTimeout(1) >= 2 * estimator.probeTimeout(0) - 1ms);
    QCOMPARE(estimator.probeTimeout(5), Duration(400ms));
    QCOMPARE(estimator.probeTimeout(1000), Duration(400ms));

    RttEstimator slow(false);
    for (int i = 0; i < 100; ++i)
        slow.addSample(600ms);
    QVERIFY(slow.probeTimeout(9) >= 615ms); // the ceiling does not cut into the round trip
}

void TestPathEstimates::timeoutsUnderTcp()
{
    RttEstimator estimator(true);
    QCOMPARE(estimator.probeTimeout(0), Duration(3s));
    estimator.addSample(40ms);
    QCOMPARE(estimator.probeTimeout(0), Duration(3s));
    QVERIFY(estimator.lossDelay() > 300ms);
}

void TestPathEstimates::rateOfASteadyFlow()
{
    // 1000 octets a millisecond, 20 ms there and back.
    DeliveryRate rate;
    std::vector<SentPacket> sent;
    DeliveryRate::Sample sample;
    for (int i = 0; i < 200; ++i) {
        const auto now = kStart + i * 1ms;
        if (i >= 20) {
            rate.onAcknowledged(sent[static_cast<std::size_t>(i - 20)], now);
            sample = rate.takeSample(20ms);
        }
        SentPacket packet;
        packet.size = 1000;
        packet.sentAt = now;
        rate.onSent(packet, i == 0);
        sent.push_back(packet);
    }
    QVERIFY(isNear(sample.octetsPerSecond, 1e6));
    QVERIFY(!sample.isAppLimited);
    QCOMPARE(rate.delivered(), std::uint64_t{180'000});
}

void TestPathEstimates::rateIgnoresBundledFeedback()
{
    // The same, but feedback comes every 15 ms for 15 packets; their arrival times are known.
    DeliveryRate rate;
    std::vector<SentPacket> sent;
    double highest = 0;
    for (int i = 0; i < 300; ++i) {
        const auto now = kStart + i * 1ms;
        if (i >= 35 && i % 15 == 0) {
            for (int number = i - 35; number < i - 20; ++number)
                rate.onAcknowledged(sent[static_cast<std::size_t>(number)], kStart + (number + 20) * 1ms);
            const auto sample = rate.takeSample(20ms);
            highest = std::max(highest, sample.octetsPerSecond);
        }
        SentPacket packet;
        packet.size = 1000;
        packet.sentAt = now;
        rate.onSent(packet, i == 0);
        sent.push_back(packet);
    }
    QVERIFY(isNear(highest, 1e6));
}

void TestPathEstimates::rateOfAnIdleSource()
{
    DeliveryRate rate;
    SentPacket packet;
    packet.size = 1000;
    packet.sentAt = kStart;
    rate.markAppLimited(0);
    rate.onSent(packet, true);
    QVERIFY(packet.isAppLimited);
    rate.onAcknowledged(packet, kStart + 20ms);
    const auto sample = rate.takeSample(20ms);
    QVERIFY(sample.isAppLimited);
    QVERIFY(isNear(sample.octetsPerSecond, 50'000));
    QCOMPARE(rate.takeSample(20ms).octetsPerSecond, 0.0); // nothing new

    // After a silence only the flight counts, not the silence.
    packet.sentAt = kStart + 10s;
    rate.onSent(packet, true);
    QVERIFY(!packet.isAppLimited);
    rate.onAcknowledged(packet, kStart + 10s + 20ms);
    QVERIFY(isNear(rate.takeSample(20ms).octetsPerSecond, 50'000));
}

void TestPathEstimates::filterKeepsTheMaximum()
{
    BandwidthFilter filter;
    QCOMPARE(filter.maximum(), 0.0);
    filter.update(5, kStart, 400ms);
    filter.update(9, kStart + 10ms, 400ms);
    for (int i = 2; i < 40; ++i)
        filter.update(3, kStart + i * 10ms, 400ms);
    QCOMPARE(filter.maximum(), 9.0);
    filter.update(11, kStart + 395ms, 400ms);
    QCOMPARE(filter.maximum(), 11.0);
}

void TestPathEstimates::filterForgets()
{
    BandwidthFilter filter;
    filter.update(9, kStart, 400ms);
    double falling = 8;
    for (int i = 1; i < 200; ++i, falling -= 0.02)
        filter.update(falling, kStart + i * 10ms, 400ms);
    // Values of the last 400 ms are 0.8 apart.
    QVERIFY(filter.maximum() < falling + 0.9);
    QVERIFY(filter.maximum() >= falling);
    filter.update(1, kStart + 10s, 400ms);
    QCOMPARE(filter.maximum(), 1.0);
}

void TestPathEstimates::pacerSpreads()
{
    PacketPacer pacer(1000);
    pacer.setRate(1e6);
    auto now = kStart;
    int sent = 0;
    for (; now < kStart + 1s; now += 100us) {
        for (; pacer.maySend(now); ++sent)
            pacer.onSent(1000, now);
    }
    QVERIFY(sent >= 1000 && sent <= 1020);
}

void TestPathEstimates::pacerGivesCredit()
{
    PacketPacer pacer(1000);
    pacer.setRate(1e6);
    const auto burst = [&](TimePoint now) {
        int sent = 0;
        for (; pacer.maySend(now); ++sent)
            pacer.onSent(1000, now);
        return sent;
    };
    QCOMPARE(burst(kStart), 17); // sixteen, and the one that is due
    QCOMPARE(burst(kStart), 0);
    QCOMPARE(burst(kStart + 3ms + 1us), 3);
    QCOMPARE(burst(kStart + 1h), 17); // not more after a long silence
    pacer.setRate(1e8);
    QVERIFY(burst(kStart + 2h) <= 67); // 64 KiB: what sockets hold
}

void TestPathEstimates::pacerWakesForBatches()
{
    PacketPacer pacer(1000);
    pacer.setRate(10e6);
    while (pacer.maySend(kStart))
        pacer.onSent(1000, kStart);
    const auto wake = pacer.wakeTime();
    QVERIFY(wake > kStart && wake <= kStart + 1ms);
    int batch = 0;
    for (; pacer.maySend(wake); ++batch)
        pacer.onSent(1000, wake);
    QVERIFY(batch >= 9 && batch <= 11);

    pacer.setRate(100e3); // a packet takes longer than the interval of batches: one by one
    while (pacer.maySend(kStart + 1s))
        pacer.onSent(1000, kStart + 1s);
    QVERIFY(pacer.maySend(pacer.wakeTime()));
    QVERIFY(!pacer.maySend(pacer.wakeTime() - 1us));
}

QTEST_GUILESS_MAIN(TestPathEstimates)
#include "tst_path_estimates.moc"
