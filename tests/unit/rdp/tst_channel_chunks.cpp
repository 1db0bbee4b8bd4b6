#include "core/rdp/channel_chunks.h"

#include <QTest>

#include <numeric>

using namespace sightline;

class TestChannelChunks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack_data();
    void thereAndBack();
    void flags();
    void refusals_data();
    void refusals();
    void memoryFollowsWhatArrived();
};

namespace {

Bytes counted(std::size_t size)
{
    Bytes octets(size);
    std::iota(octets.begin(), octets.end(), std::uint8_t(0));
    return octets;
}

} // namespace

void TestChannelChunks::thereAndBack_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("chunks");
    QTest::newRow("one octet") << 1 << 1;
    QTest::newRow("just one") << 1600 << 1;
    QTest::newRow("one more") << 1601 << 2;
    QTest::newRow("many") << 16'001 << 11;
}

void TestChannelChunks::thereAndBack()
{
    QFETCH(const int, size);
    QFETCH(const int, chunks);
    ChannelChunkQueue queue;
    ChannelAssembler assembler(20'000);
    queue.push(counted(std::size_t(size)));
    queue.push(counted(7));
    std::vector<Bytes> received;
    int count = 0;
    while (const auto chunk = queue.next(1600)) {
        ++count;
        auto message = assembler.add(*chunk);
        QVERIFY(message);
        if (*message)
            received.push_back(**message);
    }
    QCOMPARE(count, chunks + 1);
    QVERIFY(queue.isEmpty());
    QCOMPARE(received, (std::vector{counted(std::size_t(size)), counted(7)}));
}

void TestChannelChunks::flags()
{
    ChannelChunkQueue queue;
    queue.push(counted(3));
    queue.push(counted(10));
    QCOMPARE(queue.octets(), std::size_t(13));
    const auto whole = queue.next(4);
    QCOMPARE(whole->flags, ChannelChunk::kFirst | ChannelChunk::kLast);
    QCOMPARE(queue.next(4)->flags, ChannelChunk::kFirst | ChannelChunk::kShowProtocol);
    QCOMPARE(queue.next(4)->flags, ChannelChunk::kShowProtocol);
    QVERIFY(!queue.isEmpty());
    const auto last = queue.next(4);
    QCOMPARE(last->flags, ChannelChunk::kLast | ChannelChunk::kShowProtocol);
    QCOMPARE(last->data.size(), std::size_t(2));
    QCOMPARE(last->total, std::size_t(10));
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.next(4));
}

void TestChannelChunks::refusals_data()
{
    QTest::addColumn<quint32>("flags");
    QTest::addColumn<int>("total");
    QTest::addColumn<bool>("afterFirst");
    QTest::addColumn<ErrorCode>("code");
    const auto first = ChannelChunk::kFirst;
    const auto last = ChannelChunk::kLast;
    QTest::newRow("middle without a first") << quint32(0) << 20 << false << ErrorCode::ParseFailed;
    QTest::newRow("first in the middle") << first << 20 << true << ErrorCode::ParseFailed;
    QTest::newRow("compressed") << (first | ChannelChunk::kCompressed) << 20 << false
                                << ErrorCode::ParseFailed;
    QTest::newRow("too large") << first << 101 << false << ErrorCode::TooLarge;
    QTest::newRow("another length") << quint32(0) << 21 << true << ErrorCode::ParseFailed;
    QTest::newRow("longer than announced") << first << 9 << false << ErrorCode::ParseFailed;
    QTest::newRow("ends too early") << (first | last) << 20 << false << ErrorCode::ParseFailed;
}

void TestChannelChunks::refusals()
{
    QFETCH(const quint32, flags);
    QFETCH(const int, total);
    QFETCH(const bool, afterFirst);
    QFETCH(const ErrorCode, code);
    ChannelAssembler assembler(100);
    const Bytes octets = counted(10);
    if (afterFirst)
        QVERIFY(assembler.add({octets, ChannelChunk::kFirst, 20}));
    const auto result = assembler.add({octets, flags, std::size_t(total)});
    QVERIFY(!result);
    QCOMPARE(result.error().code(), code);
}

void TestChannelChunks::memoryFollowsWhatArrived()
{
    // Announced is as much as a machine may not have; only what arrives counts.
    ChannelAssembler assembler(std::numeric_limits<std::size_t>::max());
    QVERIFY(assembler.add({counted(10), ChannelChunk::kFirst, std::size_t(1) << 40}));
    QVERIFY(assembler.add({counted(10), 0, std::size_t(1) << 40}));
}

QTEST_APPLESS_MAIN(TestChannelChunks)
#include "tst_channel_chunks.moc"
