#include "core/graphics/frame_plan.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/rect_merge.h"
#include "core/graphics/tile_classifier.h"
#include "test_pictures.h"

#include <QTest>

using namespace sightline;

class TestFramePlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void seesOneColor();
    void estimatesPlanarSize_data();
    void estimatesPlanarSize();
    void countsColors();
    void choosesByContent();
    void keepsTextExactUnlessVeryMuchChanges();
    void coversEveryChangeOnce();
    void mergesRects();
};

namespace {

std::vector<TileChange> allTiles(const Picture& picture)
{
    std::vector<TileChange> changes;
    const TileGrid grid{{picture.width(), picture.height()}};
    for (int i = 0; i < grid.count(); ++i)
        changes.push_back({i, grid.tile(i)});
    return changes;
}

long areaOf(const Rects& rects)
{
    long area = 0;
    for (const Rect& rect : rects)
        area += rect.area();
    return area;
}

Picture textPage(int width, int height)
{
    Picture picture(width, height);
    pictures::text(picture, picture.rect(), 1, true);
    return picture;
}

} // namespace

void TestFramePlan::seesOneColor()
{
    Picture picture(64, 64, 0xAB123456);
    picture.row(3)[5] = 0x01123456;
    TileLook look = lookAt(picture.view());
    QVERIFY(look.isOneColor);
    QCOMPARE(look.color, 0x123456U);
    for (const Point p : {Point{0, 0}, {63, 63}, {0, 63}, {31, 7}}) {
        Picture other = picture;
        other.row(p.y)[p.x] ^= 1;
        QVERIFY(!lookAt(other.view()).isOneColor);
    }
    QVERIFY(lookAt(picture.view().part({63, 63, 1, 1})).isOneColor);
}

void TestFramePlan::estimatesPlanarSize_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("text") << 0;
    QTest::newRow("photo") << 1;
    QTest::newRow("noise") << 2;
    QTest::newRow("gradient") << 3;
}

void TestFramePlan::estimatesPlanarSize()
{
    QFETCH(int, kind);
    Picture picture = kind == 0 ? textPage(64, 64)
        : kind == 1             ? pictures::photo(64, 64, 2)
                                : pictures::noise(64, 64, 3);
    for (int y = 0; y < 64 && kind == 3; ++y)
        pictures::fill(picture, {0, y, 64, 1}, pictures::rgb(y, y * 2, 100));
    PlanarEncoder encoder;
    const auto real = static_cast<double>(encoder.encode(picture.view()).size());
    const double guessed = lookAt(picture.view()).planarBytes;
    QVERIFY2(guessed > real * 0.6 && guessed < real * 1.6,
        qPrintable(QStringLiteral("%1 for %2").arg(guessed).arg(real)));
}

void TestFramePlan::countsColors()
{
    Picture picture(64, 64, 0);
    for (int i = 0; i < 20; ++i)
        pictures::fill(picture, {i * 3, i, 2, 30}, static_cast<std::uint32_t>(i * 5 + 1) | 0xFF000000);
    QVERIFY(hasMoreColorsThan(20, picture.view()));
    QVERIFY(!hasMoreColorsThan(21, picture.view()));
    QVERIFY(!hasMoreColorsThan(1, Picture(64, 64, 7).view()));
    QVERIFY(hasMoreColorsThan(63, pictures::noise(64, 64, 1).view()));
}

void TestFramePlan::choosesByContent()
{
    Picture screen(640, 192, 0xFFFFFF);
    pictures::blit(textPage(192, 192), {0, 0, 192, 192}, screen, {192, 0});
    pictures::blit(pictures::photo(256, 192, 1), {0, 0, 256, 192}, screen, {384, 0});
    FramePlanner planner;
    const FramePlan& plan = planner.plan(screen.view(), allTiles(screen), true);
    QCOMPARE(plan.fills.size(), std::size_t{9});
    QCOMPARE(plan.lossy.size(), std::size_t{12});
    QCOMPARE(areaOf(plan.lossless), 192L * 192);
    QCOMPARE(plan.lossless.size(), std::size_t{3}); // a strip for each row of tiles
    const FramePlan& exact = planner.plan(screen.view(), allTiles(screen), false);
    QVERIFY(exact.lossy.empty());
    QCOMPARE(areaOf(exact.lossless), 448L * 192);
    // Two colours in no order: bad for every codec, worst for RemoteFX.
    Picture dithered(64, 64);
    pictures::Random random(1);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            dithered.row(y)[x] = random.below(2) == 0 ? 0 : 0xFFFFFF;
    QVERIFY(planner.plan(dithered.view(), allTiles(dithered), true).lossy.empty());
    // A small piece of a photo.
    const std::vector<TileChange> small{{0, {400, 10, 20, 20}}};
    QVERIFY(planner.plan(screen.view(), small, true).lossy.empty());
}

void TestFramePlan::keepsTextExactUnlessVeryMuchChanges()
{
    // As busy as dense text: every third pixel differs from the one before it.
    Picture screen = pictures::photo(1280, 512, 1);
    for (int y = 0; y < screen.height(); ++y)
        for (int x = 0; x < screen.width(); ++x)
            screen.row(y)[x] = screen.row(y)[x / 3 * 3];
    const auto changes = allTiles(screen);
    FramePlanner planner;
    const auto lossyOf = [&](std::size_t count) {
        return planner.plan(screen.view(), std::span(changes).first(count), true).lossy.size();
    };
    const std::size_t allOfIt = lossyOf(changes.size());
    QVERIFY(allOfIt > changes.size() / 2);
    std::size_t alone = 0;
    for (const TileChange& change : changes)
        alone += planner.plan(screen.view(), {&change, 1}, true).lossy.size();
    QCOMPARE(alone, std::size_t{0});
}

void TestFramePlan::coversEveryChangeOnce()
{
    const Picture screen = pictures::desktop(700, 500, 1);
    const TileGrid grid{{700, 500}};
    pictures::Random random(5);
    FramePlanner planner;
    for (int round = 0; round < 50; ++round) {
        std::vector<TileChange> changes;
        for (int i = 0; i < grid.count(); ++i) {
            const Rect tile = grid.tile(i);
            const Rect box = intersected(tile,
                {tile.x + random.below(64) - 30, tile.y + random.below(64) - 30, random.below(100),
                    random.below(100)});
            if (!box.isEmpty() && random.below(3) > 0)
                changes.push_back({i, box});
        }
        const FramePlan& plan = planner.plan(screen.view(), changes, true);
        Picture covered(700, 500, 0);
        const auto cover = [&covered](const Rect& rect) {
            for (int y = rect.y; y < rect.bottom(); ++y)
                for (int x = rect.x; x < rect.right(); ++x)
                    ++covered.row(y)[x];
        };
        for (const FramePlan::Fill& fill : plan.fills)
            cover(fill.rect);
        for (const Rect& rect : plan.lossless)
            cover(rect);
        for (const Rect& rect : plan.lossy)
            cover(rect);
        for (const TileChange& change : changes)
            for (int y = change.box.y; y < change.box.bottom(); ++y)
                for (int x = change.box.x; x < change.box.right(); ++x)
                    QCOMPARE(covered.row(y)[x], 1U);
        for (int y = 0; y < 500; ++y)
            for (int x = 0; x < 700; ++x)
                QVERIFY(covered.row(y)[x] <= 1);
    }
}

void TestFramePlan::mergesRects()
{
    const auto merged = [](const Rects& rects) { return mergeRects(rects); };
    QVERIFY(merged({}).empty());
    QVERIFY((merged({{0, 0, 64, 64}, {64, 0, 64, 64}, {0, 64, 64, 64}, {64, 64, 64, 64}})
        == Rects{{0, 0, 128, 128}}));
    QVERIFY((merged({{0, 0, 64, 64}, {128, 0, 64, 64}}).size() == 2));
    QVERIFY((merged({{0, 0, 64, 64}, {64, 1, 64, 63}}).size() == 2));
    QVERIFY((merged({{0, 0, 64, 64}, {10, 64, 20, 10}}).size() == 2));
    QVERIFY((merged({{0, 0, 64, 64}, {128, 0, 64, 64}, {0, 64, 64, 10}, {128, 64, 64, 64}})
        == Rects{{0, 0, 64, 74}, {128, 0, 64, 128}}));
}

QTEST_GUILESS_MAIN(TestFramePlan)
#include "tst_frame_plan.moc"
