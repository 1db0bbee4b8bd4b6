#include "core/graphics/content_hash.h"
#include "core/graphics/tile_cache.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <set>

using namespace sightline;

class TestTileCache : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesUpWhatWasNotUsedForLongest();
    void startsOver();
    void holdsNothingWithoutRoom();
    void hashesColorsAlone();
    void tellsContentsApart();
};

void TestTileCache::givesUpWhatWasNotUsedForLongest()
{
    TileCache cache;
    cache.reset(3);
    for (std::uint64_t key = 101; key <= 103; ++key) {
        const auto place = cache.insert(key);
        QVERIFY(place && !place->mustEvict);
        QCOMPARE(int(place->slot), int(key - 100));
    }
    QVERIFY(!cache.insert(102)); // is there
    QCOMPARE(cache.find(101), std::optional<std::uint16_t>(1));
    const auto place = cache.insert(104);
    QVERIFY(place && place->mustEvict);
    QCOMPARE(int(place->slot), 2);
    QVERIFY(!cache.find(102));
    QVERIFY(cache.contains(101) && cache.contains(103) && cache.contains(104));
    // 103 is the oldest now, then 101.
    QCOMPARE(int(cache.insert(105)->slot), 3);
    QCOMPARE(int(cache.insert(106)->slot), 1);
    QCOMPARE(int(cache.insert(107)->slot), 2);
}

void TestTileCache::startsOver()
{
    TileCache cache;
    cache.reset(2);
    cache.insert(1);
    cache.reset(2);
    QVERIFY(!cache.find(1));
    QVERIFY(!cache.insert(1)->mustEvict);
    QVERIFY(!cache.insert(2)->mustEvict);
    QVERIFY(cache.insert(3)->mustEvict);
}

void TestTileCache::holdsNothingWithoutRoom()
{
    TileCache cache;
    QVERIFY(!cache.find(1));
    QVERIFY(!cache.insert(1));
    for (const int slots : {0, -5}) {
        cache.reset(slots);
        QVERIFY(!cache.insert(1));
        QVERIFY(!cache.find(1));
    }
}

void TestTileCache::hashesColorsAlone()
{
    Picture tile = pictures::desktop(64, 64, 1);
    const Content before = contentOf(tile.view(), 5);
    QVERIFY(!before.isOneColor);
    QCOMPARE(before.marks, 0U);
    tile.row(63)[63] |= 0x81000000;
    const Content marked = contentOf(tile.view(), 5);
    QCOMPARE(marked.hash, before.hash);
    QCOMPARE(marked.marks, 0x81000000U);
    QVERIFY(contentOf(tile.view(), 6).hash != before.hash);
    const Content plain = contentOf(Picture(64, 64, 0xFF102030).view(), 5);
    QVERIFY(plain.isOneColor);
}

void TestTileCache::tellsContentsApart()
{
    std::set<std::uint64_t> hashes;
    Picture tile(64, 64, 0x808080);
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x) {
            tile.row(y)[x] ^= 1;
            hashes.insert(contentOf(tile.view(), 5).hash);
            tile.row(y)[x] ^= 1;
        }
    }
    QCOMPARE(hashes.size(), std::size_t(64 * 64));
}

QTEST_GUILESS_MAIN(TestTileCache)
#include "tst_tile_cache.moc"
