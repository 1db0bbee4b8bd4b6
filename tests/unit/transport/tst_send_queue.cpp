#include "core/transport/send_queue.h"

#include <QTest>

using namespace sightline;

namespace {

constexpr std::uint64_t kNoLimit = ~0ull;

Bytes numbered(std::size_t size)
{
    Bytes octets(size);
    for (std::size_t i = 0; i < size; ++i)
        octets[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return octets;
}

SendQueue::Chunk sendNext(SendQueue& queue, std::size_t maxSize, std::uint64_t limit = kNoLimit)
{
    const auto chunk = queue.next(maxSize, limit).value();
    queue.onSent(chunk);
    return chunk;
}

} // namespace

class TestSendQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsInOrder();
    void keepsToTheLimit();
    void sendsLostOctetsFirst();
    void doesNotRepeatWhatArrived();
    void acknowledgesByOffset();
    void probesTheLowestHole();
    void endTravelsWithTheLastOctets();
    void endAlone();
    void lostEndIsSentAgain();
};

void TestSendQueue::sendsInOrder()
{
    SendQueue queue;
    const auto octets = numbered(2500);
    queue.append(ByteView(octets).first(1500));
    queue.append(ByteView(octets).subspan(1500));
    Bytes sent;
    while (const auto chunk = queue.next(1000, kNoLimit)) {
        Bytes part(chunk->size);
        queue.read(*chunk, part);
        queue.onSent(*chunk);
        QCOMPARE(chunk->offset, sent.size());
        sent.insert(sent.end(), part.begin(), part.end());
    }
    QCOMPARE(sent, octets);
    QCOMPARE(queue.unsentBytes(), std::uint64_t{0});
    QCOMPARE(queue.begin(), std::uint64_t{0});
}

void TestSendQueue::keepsToTheLimit()
{
    SendQueue queue;
    queue.append(numbered(2000));
    QCOMPARE(sendNext(queue, 1000, 1500).size, 1000u);
    QCOMPARE(sendNext(queue, 1000, 1500).size, 500u);
    QVERIFY(!queue.next(1000, 1500));
    QVERIFY(!queue.next(1000, 100)); // a limit below what was sent
    QCOMPARE(sendNext(queue, 1000, 1501).size, 1u);
}

void TestSendQueue::sendsLostOctetsFirst()
{
    SendQueue queue;
    queue.append(numbered(5000));
    const auto first = sendNext(queue, 1000);
    const auto second = sendNext(queue, 1000);
    const auto third = sendNext(queue, 1000);
    queue.onLost(third);
    queue.onLost(first);
    queue.onAcknowledged(second);
    QCOMPARE(queue.next(600, 0)->offset, std::uint64_t{0}); // the limit does not hold back repeats
    QCOMPARE(sendNext(queue, 600).size, 600u);
    QCOMPARE(sendNext(queue, 600).offset, std::uint64_t{600});
    QCOMPARE(sendNext(queue, 1000).offset, std::uint64_t{2000});
    QCOMPARE(sendNext(queue, 1000).offset, std::uint64_t{3000});
}

void TestSendQueue::doesNotRepeatWhatArrived()
{
    SendQueue queue;
    queue.append(numbered(3000));
    const auto first = sendNext(queue, 1000);
    const auto second = sendNext(queue, 1000);
    queue.onLost(first);
    queue.onAcknowledged(first); // it was only late
    QCOMPARE(queue.begin(), std::uint64_t{1000});
    QCOMPARE(sendNext(queue, 1000).offset, std::uint64_t{2000});
    queue.onAcknowledged(second);
    queue.onLost(second); // a copy of it
    QVERIFY(!queue.next(1000, kNoLimit));
    QCOMPARE(queue.begin(), std::uint64_t{2000});
}

void TestSendQueue::acknowledgesByOffset()
{
    SendQueue queue;
    queue.append(numbered(3000));
    const auto first = sendNext(queue, 1000);
    const auto second = sendNext(queue, 1000);
    queue.onLost(first);
    queue.onLost(second);
    queue.acknowledgeBelow(1500);
    QCOMPARE(queue.begin(), std::uint64_t{1500});
    QCOMPARE(queue.next(1000, kNoLimit)->offset, std::uint64_t{1500});
    QCOMPARE(queue.next(1000, kNoLimit)->size, 500u);
    queue.acknowledgeBelow(700); // old news
    QCOMPARE(queue.begin(), std::uint64_t{1500});
}

void TestSendQueue::probesTheLowestHole()
{
    SendQueue queue;
    queue.append(numbered(3000));
    QCOMPARE(queue.probe(1000).size, 0u);
    const auto first = sendNext(queue, 500);
    const auto second = sendNext(queue, 1000);
    QCOMPARE(queue.probe(1000).offset, std::uint64_t{0});
    QCOMPARE(queue.probe(1000).size, 1000u);
    queue.onAcknowledged(second);
    QCOMPARE(queue.probe(1000).size, 500u);
    queue.onAcknowledged(first);
    QCOMPARE(queue.probe(1000).offset, std::uint64_t{1500});
    QCOMPARE(queue.probe(1000).size, 0u);
}

void TestSendQueue::endTravelsWithTheLastOctets()
{
    SendQueue queue;
    queue.append(numbered(1500));
    queue.finish();
    QVERIFY(!sendNext(queue, 1000).isEnd);
    const auto last = sendNext(queue, 1000);
    QVERIFY(last.isEnd);
    QVERIFY(!queue.next(1000, kNoLimit));
    queue.onAcknowledged(last);
    QVERIFY(!queue.isFinishAcknowledged());
    queue.acknowledgeBelow(1000);
    QVERIFY(queue.isFinishAcknowledged());
}

void TestSendQueue::endAlone()
{
    SendQueue queue;
    queue.append(numbered(100));
    const auto data = sendNext(queue, 1000);
    QVERIFY(!queue.next(1000, kNoLimit));
    queue.finish();
    const auto end = sendNext(queue, 1000);
    QVERIFY(end.isEnd);
    QCOMPARE(end.size, 0u);
    QVERIFY(!queue.next(1000, kNoLimit));
    queue.onAcknowledged(data);
    queue.onAcknowledged(end);
    QVERIFY(queue.isFinishAcknowledged());
}

void TestSendQueue::lostEndIsSentAgain()
{
    SendQueue queue;
    queue.finish();
    const auto end = sendNext(queue, 1000);
    queue.onLost(end);
    QVERIFY(sendNext(queue, 1000).isEnd);
    queue.onAcknowledged(end);
    queue.onLost(end); // the copy
    QVERIFY(!queue.next(1000, kNoLimit));
    QVERIFY(queue.isFinishAcknowledged());
}

QTEST_GUILESS_MAIN(TestSendQueue)
#include "tst_send_queue.moc"
