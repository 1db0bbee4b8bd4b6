#include "core/transport/congestion_control.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kPacket = 1200;

/// A path that delivers at a rate after a delay, one Ack a millisecond.
class Path {
public:
    explicit Path(bool lossless = false)
        : control(kPacket, lossless)
    {
    }

    void run(
        Duration duration, double rate, Duration roundTrip, double lostShare = 0, bool isAppLimited = false)
    {
        for (const auto end = now + duration; now < end; now += 1ms) {
            const auto octets = static_cast<std::uint64_t>(rate / 1000);
            delivered += octets;
            const auto inFlight
                = static_cast<std::uint64_t>(rate * std::chrono::duration<double>(roundTrip).count());
            control.onAcknowledged({
                .now = now,
                .sample = {rate, isAppLimited, delivered > inFlight ? delivered - inFlight : 0},
                .delivered = delivered,
                .acknowledgedBytes = octets,
                .lostBytes = static_cast<std::uint64_t>(static_cast<double>(octets) * lostShare),
                .bytesInFlight = inFlight,
                .roundTrip = roundTrip,
            });
        }
    }

    CongestionControl control;
    TimePoint now{1h};
    std::uint64_t delivered = 0;
};

} // namespace

class TestCongestionControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknownPath();
    void findsRateAndRoundTrip();
    void pacesFasterAtTheStart();
    void ignoresFewLosses();
    void yieldsToManyLosses();
    void ignoresLossesUnderTcp();
    void appLimitedSamplesDoNotSlowDown();
    void paceHasAFloor();
    void probesTheRoundTrip();
    void idleSourceNeedsNoProbe();
};

void TestCongestionControl::unknownPath()
{
    const CongestionControl control(kPacket, false);
    QCOMPARE(control.window(), std::uint64_t{32 * kPacket});
    QVERIFY(control.pacingRate() > 32 * kPacket / 0.02); // all of it within 20 ms
    QCOMPARE(control.bandwidth(), 0.0);
    QCOMPARE(control.minRoundTrip(), Duration::zero());
}

void TestCongestionControl::findsRateAndRoundTrip()
{
    Path path;
    path.run(3s, 5e6, 40ms);
    QVERIFY(qAbs(path.control.bandwidth() - 5e6) < 1e5);
    QCOMPARE(path.control.minRoundTrip(), Duration(40ms));
    QVERIFY(path.control.window() >= 400'000); // twice what the path holds
    QVERIFY(path.control.window() < 500'000);
    QVERIFY(path.control.pacingRate() > 0.7 * 5e6);
    QVERIFY(path.control.pacingRate() < 1.3 * 5e6);
}

void TestCongestionControl::pacesFasterAtTheStart()
{
    Path path;
    path.run(30ms, 5e6, 40ms);
    QVERIFY(path.control.pacingRate() > 2 * 5e6);
}

void TestCongestionControl::ignoresFewLosses()
{
    Path path;
    path.run(3s, 5e6, 40ms);
    const auto window = path.control.window();
    path.run(3s, 5e6, 40ms, 0.05);
    QCOMPARE(path.control.window(), window);
}

void TestCongestionControl::yieldsToManyLosses()
{
    Path path;
    path.run(3s, 5e6, 40ms);
    const auto window = path.control.window();
    path.run(1s, 5e6, 40ms, 0.3);
    QVERIFY(path.control.window() < window * 6 / 10);
    QVERIFY(path.control.window() >= 195'000); // but what the path holds
    path.run(3s, 5e6, 40ms);
    QCOMPARE(path.control.window(), window);
}

void TestCongestionControl::ignoresLossesUnderTcp()
{
    Path path(true);
    path.run(3s, 5e6, 40ms);
    const auto window = path.control.window();
    path.run(1s, 5e6, 40ms, 0.3);
    QCOMPARE(path.control.window(), window);
}

void TestCongestionControl::appLimitedSamplesDoNotSlowDown()
{
    Path path;
    path.run(2s, 5e6, 40ms);
    path.run(20s, 50e3, 40ms, 0, true);
    QVERIFY(path.control.bandwidth() > 4.9e6);
    path.run(2s, 1e6, 40ms); // but the path may become slower
    QVERIFY(path.control.bandwidth() < 1.1e6);
}

void TestCongestionControl::paceHasAFloor()
{
    Path path;
    path.run(3s, 10e3, 40ms);
    QVERIFY(path.control.pacingRate() >= 150e3);
    QVERIFY(path.control.window() >= 8 * kPacket);
}

void TestCongestionControl::probesTheRoundTrip()
{
    Path path;
    path.run(2s, 5e6, 40ms);
    path.run(5100ms, 5e6, 50ms); // longer than the life of the least round trip
    QVERIFY(path.control.window() <= 110'000); // half of what the path holds
    path.run(20ms, 2e6, 45ms);
    path.run(200ms, 5e6, 45ms);
    QVERIFY(path.control.minRoundTrip() >= 45ms);
    QVERIFY(path.control.minRoundTrip() <= 50ms);
    QVERIFY(path.control.window() >= 400'000);
}

void TestCongestionControl::idleSourceNeedsNoProbe()
{
    Path path;
    path.run(2s, 5e6, 40ms);
    path.now += 10s;
    path.control.onRestartFromIdle(path.now);
    path.run(100ms, 5e6, 44ms);
    QCOMPARE(path.control.minRoundTrip(), Duration(44ms));
    QVERIFY(path.control.window() >= 400'000);
}

QTEST_GUILESS_MAIN(TestCongestionControl)
#include "tst_congestion_control.moc"
