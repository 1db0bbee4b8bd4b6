#include "core/graphics/tile_diff.h"
#include "test_pictures.h"

#include <QTest>

using namespace sightline;

class TestTileDiff : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gridCoversThePicture_data();
    void gridCoversThePicture();
    void boxIsTight();
    void findsWhatASlowLookFinds_data();
    void findsWhatASlowLookFinds();
    void unknownPixelsDiffer();
};

namespace {

ReferencePicture referenceOf(const Picture& picture)
{
    ReferencePicture reference;
    reference.reset({picture.width(), picture.height()});
    reference.store(picture.view(), picture.rect());
    return reference;
}

} // namespace

void TestTileDiff::gridCoversThePicture_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("tiles");
    QTest::newRow("nothing") << 0 << 0 << 0;
    QTest::newRow("a pixel") << 1 << 1 << 1;
    QTest::newRow("a tile") << 64 << 64 << 1;
    QTest::newRow("a little more") << 65 << 64 << 2;
    QTest::newRow("1080p") << 1920 << 1080 << 510;
}

void TestTileDiff::gridCoversThePicture()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, tiles);
    const TileGrid grid{{width, height}};
    QCOMPARE(grid.count(), tiles);
    long area = 0;
    for (int i = 0; i < grid.count(); ++i) {
        const Rect tile = grid.tile(i);
        QVERIFY(grid.picture().contains(tile));
        area += tile.area();
        int visits = 0;
        grid.forEachTile(tile, [&](int index, const Rect& part) {
            QCOMPARE(index, i);
            QVERIFY(part == tile);
            ++visits;
        });
        QCOMPARE(visits, 1);
    }
    QCOMPARE(area, static_cast<long>(width) * height);
    int visits = 0;
    grid.forEachTile({-100, -100, width + 1000, height + 1000}, [&](int, const Rect&) { ++visits; });
    QCOMPARE(visits, tiles);
    grid.forEachTile({width, 0, 10, 10}, [&](int, const Rect&) { QFAIL("outside"); });
}

void TestTileDiff::boxIsTight()
{
    const Picture before(200, 100, 0x336699);
    const ReferencePicture reference = referenceOf(before);
    const Rect tile{64, 0, 64, 64};
    QVERIFY(changedBox(before.view(), reference.view(), tile).isEmpty());
    for (const Point a : {Point{64, 0}, {70, 13}, {127, 63}}) {
        for (const Point b : {Point{64, 0}, {90, 40}, {127, 63}, {65, 63}}) {
            Picture now = before;
            now.row(a.y)[a.x] ^= 1;
            if (!(b == a))
                now.row(b.y)[b.x] ^= 0x800000;
            QVERIFY(
                changedBox(now.view(), reference.view(), tile) == united({a.x, a.y, 1, 1}, {b.x, b.y, 1, 1}));
        }
    }
}

void TestTileDiff::findsWhatASlowLookFinds_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("1x1") << 1 << 1;
    QTest::newRow("64x64") << 64 << 64;
    QTest::newRow("63x130") << 63 << 130;
    QTest::newRow("300x200") << 300 << 200;
}

void TestTileDiff::findsWhatASlowLookFinds()
{
    QFETCH(int, width);
    QFETCH(int, height);
    pictures::Random random(static_cast<std::uint64_t>(width));
    const Picture before = pictures::noise(width, height, 1);
    const ReferencePicture reference = referenceOf(before);
    const TileGrid& grid = reference.grid();
    TileDiff diff;
    for (int round = 0; round < 200; ++round) {
        Picture now = before;
        for (int i = random.below(12); i > 0; --i)
            now.row(random.below(height))[random.below(width)] = random.next();
        Rects damage;
        for (int i = random.below(4); i > 0; --i) {
            damage.push_back({random.below(width + 80) - 40, random.below(height + 80) - 40,
                random.below(width + 40), random.below(height + 40)});
        }
        const std::vector<TileChange>& changes = diff.find(now.view(), reference, damage);
        std::size_t at = 0;
        for (int tile = 0; tile < grid.count(); ++tile) {
            Rect looked;
            for (const Rect& rect : damage)
                looked = united(looked, intersected(rect, grid.tile(tile)));
            Rect expected;
            for (int y = looked.y; y < looked.bottom(); ++y)
                for (int x = looked.x; x < looked.right(); ++x)
                    if (((now.row(y)[x] ^ before.row(y)[x]) & kColorMask) != 0)
                        expected = united(expected, {x, y, 1, 1});
            if (expected.isEmpty())
                continue;
            QVERIFY(at < changes.size());
            QCOMPARE(changes[at].tile, tile);
            QVERIFY(changes[at].box == expected);
            ++at;
        }
        QCOMPARE(at, changes.size());
    }
}

void TestTileDiff::unknownPixelsDiffer()
{
    ReferencePicture reference;
    reference.reset({100, 70});
    TileDiff diff;
    const Picture black(100, 70, 0);
    QCOMPARE(diff.find(black.view(), reference, Rects{black.rect()}).size(), std::size_t{4});
    reference.store(black.view(), {0, 0, 64, 64});
    QCOMPARE(diff.find(black.view(), reference, Rects{black.rect()}).size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestTileDiff)
#include "tst_tile_diff.moc"
