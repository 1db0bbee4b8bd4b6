#include "core/transport/send_ledger.h"

#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

using Numbers = std::vector<std::uint64_t>;

constexpr TimePoint kStart{1h};

void send(SendLedger& ledger, int count, Duration interval = 1ms)
{
    for (int i = 0; i < count; ++i) {
        SentPacket packet;
        packet.sentAt = kStart + static_cast<int>(ledger.nextNumber()) * interval;
        packet.size = 100;
        packet.chunk = {ledger.nextNumber(), 1, false};
        ledger.onSent(packet);
    }
}

Numbers acknowledge(SendLedger& ledger, std::uint64_t begin, std::uint64_t end)
{
    Numbers numbers;
    ledger.acknowledge(begin, end, [&](std::uint64_t number, const SentPacket& packet) {
        QCOMPARE(packet.chunk.offset, number);
        numbers.push_back(number);
    });
    return numbers;
}

Numbers losses(SendLedger& ledger, std::uint64_t threshold, TimePoint sentBefore)
{
    Numbers numbers;
    ledger.detectLosses(
        threshold, sentBefore, [&](const SentPacket& packet) { numbers.push_back(packet.chunk.offset); });
    return numbers;
}

} // namespace

class TestSendLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acknowledgesOnce();
    void lossByOvertaking();
    void lossByTime();
    void newestIsNeverLost();
    void lostPacketsMayTurnUp();
    void staysSmall();
};

void TestSendLedger::acknowledgesOnce()
{
    SendLedger ledger(0);
    send(ledger, 10);
    QCOMPARE(ledger.bytesInFlight(), std::uint64_t{1000});
    QCOMPARE(acknowledge(ledger, 2, 4), (Numbers{2, 3}));
    QCOMPARE(acknowledge(ledger, 2, 4), Numbers{});
    QCOMPARE(acknowledge(ledger, 0, 6), (Numbers{0, 1, 4, 5}));
    QCOMPARE(ledger.bytesInFlight(), std::uint64_t{400});
    QCOMPARE(ledger.packetsInFlight(), std::uint64_t{4});
    QCOMPARE(ledger.largestAcknowledged(), std::optional<std::uint64_t>(5));
    QVERIFY(!ledger.oldestOvertaken());
}

void TestSendLedger::lossByOvertaking()
{
    SendLedger ledger(0);
    send(ledger, 20);
    acknowledge(ledger, 7, 8);
    QCOMPARE(losses(ledger, 8, kStart - 1s), Numbers{});
    acknowledge(ledger, 9, 10);
    QCOMPARE(losses(ledger, 8, kStart - 1s), (Numbers{0, 1}));
    QCOMPARE(losses(ledger, 8, kStart - 1s), Numbers{});
    QCOMPARE(ledger.bytesInFlight(), std::uint64_t{1600});
    acknowledge(ledger, 19, 20);
    QCOMPARE(losses(ledger, 8, kStart - 1s), (Numbers{2, 3, 4, 5, 6, 8, 10, 11}));
}

void TestSendLedger::lossByTime()
{
    SendLedger ledger(0);
    send(ledger, 10);
    acknowledge(ledger, 5, 6);
    QCOMPARE(ledger.oldestOvertaken(), std::optional<TimePoint>(kStart));
    QCOMPARE(losses(ledger, 100, kStart + 2ms), (Numbers{0, 1, 2}));
    QCOMPARE(ledger.oldestOvertaken(), std::optional<TimePoint>(kStart + 3ms));
    QCOMPARE(losses(ledger, 100, kStart + 1s), (Numbers{3, 4}));
    QVERIFY(!ledger.oldestOvertaken());
}

void TestSendLedger::newestIsNeverLost()
{
    SendLedger ledger(0);
    send(ledger, 10);
    QCOMPARE(losses(ledger, 1, kStart + 1h), Numbers{});
    acknowledge(ledger, 0, 1);
    QCOMPARE(losses(ledger, 1, kStart + 1h), Numbers{});
    QCOMPARE(ledger.packetsInFlight(), std::uint64_t{9});
}

void TestSendLedger::lostPacketsMayTurnUp()
{
    SendLedger ledger(0);
    send(ledger, 20);
    acknowledge(ledger, 19, 20);
    QCOMPARE(losses(ledger, 8, kStart - 1s).size(), std::size_t{12});
    const auto inFlight = ledger.bytesInFlight();
    auto state = SentPacket::State::InFlight;
    ledger.acknowledge(3, 4, [&](std::uint64_t, const SentPacket& packet) { state = packet.state; });
    QCOMPARE(state, SentPacket::State::Lost);
    QCOMPARE(ledger.bytesInFlight(), inFlight);

    ledger.forget(kStart + 6ms);
    QCOMPARE(acknowledge(ledger, 0, 7), Numbers{}); // forgotten
    QCOMPARE(acknowledge(ledger, 7, 8), (Numbers{7})); // not yet
}

void TestSendLedger::staysSmall()
{
    SendLedger ledger(65'000);
    for (int round = 0; round < 1000; ++round) {
        QVERIFY(!ledger.isFull());
        send(ledger, 100);
        const auto end = ledger.nextNumber();
        QCOMPARE(acknowledge(ledger, end - 100, end).size(), std::size_t{100});
        ledger.forget(kStart);
    }
    QCOMPARE(ledger.bytesInFlight(), std::uint64_t{0});
    send(ledger, static_cast<int>(SendLedger::kMaxPackets));
    QVERIFY(ledger.isFull());
}

QTEST_GUILESS_MAIN(TestSendLedger)
#include "tst_send_ledger.moc"
