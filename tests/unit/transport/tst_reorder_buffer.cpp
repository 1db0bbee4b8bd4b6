#include "core/transport/reorder_buffer.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace sightline;

namespace {

using Insertion = ReorderBuffer::Insertion;

constexpr std::size_t kCapacity = 100 * 1024;

Bytes pattern(std::uint64_t offset, std::size_t size)
{
    Bytes octets(size);
    for (std::size_t i = 0; i < size; ++i)
        octets[i] = static_cast<std::uint8_t>((offset + i) * 2654435761u >> 11);
    return octets;
}

Insertion insert(ReorderBuffer& buffer, std::uint64_t offset, std::size_t size, bool isEnd = false)
{
    return buffer.insert(offset, pattern(offset, size), isEnd);
}

Bytes read(ReorderBuffer& buffer, std::size_t size)
{
    Bytes octets(size);
    octets.resize(buffer.read(octets));
    return octets;
}

} // namespace

class TestReorderBuffer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inOrder();
    void outOfOrder();
    void repeats();
    void window();
    void contradictions();
    void end();
    void endContradictions();
    void boundsItsHoles();
    void shuffled();
};

void TestReorderBuffer::inOrder()
{
    ReorderBuffer buffer(kCapacity);
    QCOMPARE(insert(buffer, 0, 1000), Insertion::Accepted);
    QCOMPARE(insert(buffer, 1000, 500), Insertion::Accepted);
    QCOMPARE(buffer.readableBytes(), std::size_t{1500});
    QCOMPARE(read(buffer, 700), pattern(0, 700));
    QCOMPARE(read(buffer, 5000), pattern(700, 800));
    QCOMPARE(buffer.readableBytes(), std::size_t{0});
    QCOMPARE(buffer.limit(), std::uint64_t{1500 + kCapacity});
}

void TestReorderBuffer::outOfOrder()
{
    ReorderBuffer buffer(kCapacity);
    insert(buffer, 2000, 1000);
    insert(buffer, 1000, 500);
    QCOMPARE(buffer.readableBytes(), std::size_t{0});
    insert(buffer, 0, 1000);
    QCOMPARE(buffer.nextOffset(), std::uint64_t{1500});
    insert(buffer, 1400, 700); // overlaps both neighbours
    QCOMPARE(buffer.nextOffset(), std::uint64_t{3000});
    QCOMPARE(read(buffer, 3000), pattern(0, 3000));
}

void TestReorderBuffer::repeats()
{
    ReorderBuffer buffer(kCapacity);
    insert(buffer, 0, 1000);
    QCOMPARE(insert(buffer, 0, 1000), Insertion::Accepted);
    QCOMPARE(buffer.readableBytes(), std::size_t{1000});
    read(buffer, 600);
    QCOMPARE(insert(buffer, 0, 1000), Insertion::Accepted); // partly read already
    QCOMPARE(insert(buffer, 0, 300), Insertion::Accepted); // read already
    QCOMPARE(read(buffer, 1000), pattern(600, 400));
}

void TestReorderBuffer::window()
{
    ReorderBuffer buffer(kCapacity);
    QCOMPARE(insert(buffer, kCapacity, 1), Insertion::OutOfWindow);
    QCOMPARE(insert(buffer, kCapacity - 10, 11), Insertion::OutOfWindow);
    QCOMPARE(insert(buffer, ~0ull - 5, 10), Insertion::OutOfWindow);
    QCOMPARE(insert(buffer, kCapacity - 10, 10), Insertion::Accepted);
    QCOMPARE(insert(buffer, 0, kCapacity - 10), Insertion::Accepted);
    QCOMPARE(insert(buffer, kCapacity, 1), Insertion::OutOfWindow);
    QCOMPARE(read(buffer, 1), pattern(0, 1));
    QCOMPARE(insert(buffer, kCapacity, 1), Insertion::Accepted);
    QCOMPARE(read(buffer, kCapacity), pattern(1, kCapacity));
}

void TestReorderBuffer::contradictions()
{
    ReorderBuffer buffer(kCapacity);
    insert(buffer, 0, 100);
    insert(buffer, 200, 100);
    auto changed = pattern(0, 350);
    changed[50] ^= 1;
    QCOMPARE(buffer.insert(0, changed, false), Insertion::Contradiction);
    changed = pattern(0, 350);
    changed[250] ^= 1;
    QCOMPARE(buffer.insert(0, changed, false), Insertion::Contradiction);
    changed = pattern(0, 350);
    QCOMPARE(buffer.insert(0, changed, false), Insertion::Accepted);
    QCOMPARE(read(buffer, 1000), pattern(0, 350));
}

void TestReorderBuffer::end()
{
    ReorderBuffer buffer(kCapacity);
    QVERIFY(!buffer.isAtEnd());
    insert(buffer, 100, 100, true);
    QVERIFY(!buffer.isAtEnd());
    insert(buffer, 0, 100);
    QVERIFY(!buffer.isAtEnd());
    read(buffer, 200);
    QVERIFY(buffer.isAtEnd());
    QCOMPARE(insert(buffer, 100, 100, true), Insertion::Accepted);

    ReorderBuffer empty(kCapacity);
    QCOMPARE(insert(empty, 0, 0, true), Insertion::Accepted);
    QVERIFY(empty.isAtEnd());
}

void TestReorderBuffer::endContradictions()
{
    ReorderBuffer buffer(kCapacity);
    insert(buffer, 100, 100);
    QCOMPARE(insert(buffer, 0, 150, true), Insertion::Contradiction); // before what has arrived
    QCOMPARE(insert(buffer, 200, 100, true), Insertion::Accepted);
    QCOMPARE(insert(buffer, 300, 1), Insertion::Contradiction); // behind the end
    QCOMPARE(insert(buffer, 200, 50, true), Insertion::Contradiction); // another end
    QCOMPARE(insert(buffer, 0, 100), Insertion::Accepted);
    QCOMPARE(buffer.nextOffset(), std::uint64_t{300});
}

void TestReorderBuffer::boundsItsHoles()
{
    ReorderBuffer buffer(kCapacity);
    std::size_t accepted = 0;
    for (std::uint64_t offset = 1; offset < 40'000; offset += 2)
        accepted += insert(buffer, offset, 1) == Insertion::Accepted ? 1 : 0;
    QCOMPARE(accepted, std::size_t{2048});
    QCOMPARE(insert(buffer, 0, 40'000), Insertion::Accepted); // what is missing is always taken
    QCOMPARE(read(buffer, 40'000), pattern(0, 40'000));
}

void TestReorderBuffer::shuffled()
{
    std::mt19937 random(3);
    ReorderBuffer buffer(kCapacity);
    Bytes result;
    std::uint64_t sent = 0;
    constexpr std::uint64_t kTotal = 2'000'000;
    while (result.size() < kTotal) {
        struct Piece {
            std::uint64_t offset;
            std::size_t size;
        };
        std::vector<Piece> pieces;
        for (int i = 0; i < 40 && sent < kTotal; ++i) {
            const std::size_t size = std::min<std::uint64_t>(1 + random() % 1180, kTotal - sent);
            const std::uint64_t back = std::min<std::uint64_t>(random() % 200, sent);
            pieces.push_back({sent - back, static_cast<std::size_t>(size + back)});
            sent += size;
        }
        std::shuffle(pieces.begin(), pieces.end(), random);
        for (const auto& piece : pieces) {
            QCOMPARE(insert(buffer, piece.offset, piece.size), Insertion::Accepted);
            const auto octets = read(buffer, random() % 3000);
            result.insert(result.end(), octets.begin(), octets.end());
        }
        const auto octets = read(buffer, kCapacity);
        result.insert(result.end(), octets.begin(), octets.end());
    }
    QVERIFY(result == pattern(0, kTotal));
}

QTEST_GUILESS_MAIN(TestReorderBuffer)
#include "tst_reorder_buffer.moc"
