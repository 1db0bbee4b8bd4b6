#include "core/rdp/gfx_command_check.h"

#include <QTest>

#include <limits>

using namespace sightline;
using Verdict = GfxCommandCheck::Verdict;

Q_DECLARE_METATYPE(sightline::GfxCommand)

namespace {

SharedBytes octets(std::size_t size)
{
    return std::make_shared<const Bytes>(size);
}

} // namespace

class TestGfxCommandCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void passesOrRefuses_data();
    void passesOrRefuses();
    void waitsForReset();
    void followsSurfaces();
    void followsFrames();
    void followsTheCache();
};

void TestGfxCommandCheck::passesOrRefuses_data()
{
    constexpr int kMax = std::numeric_limits<int>::max();
    QTest::addColumn<GfxCommand>("command"); // after surface 1 of 100x50 was made
    QTest::addColumn<bool>("passes");

    const auto fill = [](const char* name, Rect rect, bool passes) {
        QTest::newRow(name) << GfxCommand(SolidFill{1, 0, {{0, 0, 1, 1}, rect}}) << passes;
    };
    fill("all of it", {0, 0, 100, 50}, true);
    fill("last pixel", {99, 49, 1, 1}, true);
    fill("beyond the right", {99, 0, 2, 1}, false);
    fill("beyond the bottom", {0, 49, 1, 2}, false);
    fill("negative", {-1, 0, 2, 2}, false);
    fill("empty", {5, 5, 0, 5}, false);
    fill("overflowing", {kMax, 0, kMax, 1}, false);
    QTest::newRow("no rectangles") << GfxCommand(SolidFill{1, 0, {}}) << false;
    QTest::newRow("too many rectangles") << GfxCommand(SolidFill{1, 0, Rects(65536, {0, 0, 1, 1})}) << false;
    QTest::newRow("unknown surface") << GfxCommand(SolidFill{2, 0, {{0, 0, 1, 1}}}) << false;

    QTest::newRow("planar tile") << GfxCommand(TileData{1, TileCodec::Planar, {0, 0, 64, 50}, octets(9)})
                                 << true;
    QTest::newRow("tile outside") << GfxCommand(TileData{1, TileCodec::Planar, {64, 0, 64, 50}, octets(9)})
                                  << false;
    QTest::newRow("no payload") << GfxCommand(TileData{1, TileCodec::Planar, {0, 0, 1, 1}, nullptr}) << false;
    QTest::newRow("empty payload") << GfxCommand(TileData{1, TileCodec::Planar, {0, 0, 1, 1}, octets(0)})
                                   << false;
    QTest::newRow("uncompressed") << GfxCommand(TileData{1, TileCodec::Uncompressed, {0, 0, 3, 5},
        octets(60)}) << true;
    QTest::newRow("uncompressed, short")
        << GfxCommand(TileData{1, TileCodec::Uncompressed, {0, 0, 3, 5}, octets(59)}) << false;

    QTest::newRow("keep") << GfxCommand(SurfaceToCache{1, 7, 25600, {0, 0, 100, 50}}) << true;
    QTest::newRow("keep in slot 0") << GfxCommand(SurfaceToCache{1, 7, 0, {0, 0, 5, 5}}) << false;
    QTest::newRow("keep beyond the slots") << GfxCommand(SurfaceToCache{1, 7, 25601, {0, 0, 5, 5}}) << false;
    QTest::newRow("keep what is outside") << GfxCommand(SurfaceToCache{1, 7, 1, {99, 0, 5, 5}}) << false;
    QTest::newRow("draw from an empty slot") << GfxCommand(CacheToSurface{1, 1, {{0, 0}}}) << false;
    QTest::newRow("evict from an empty slot") << GfxCommand(EvictCacheEntry{1}) << false;
    QTest::newRow("copy") << GfxCommand(SurfaceToSurface{1, 1, {0, 0, 50, 50}, {{50, 0}, {1, 0}}}) << true;
    QTest::newRow("copy beyond") << GfxCommand(SurfaceToSurface{1, 1, {0, 0, 50, 50}, {{0, 0}, {51, 0}}})
                                 << false;
    QTest::newRow("copy to nowhere") << GfxCommand(SurfaceToSurface{1, 1, {0, 0, 50, 50}, {}}) << false;
    QTest::newRow("copy from unknown") << GfxCommand(SurfaceToSurface{3, 1, {0, 0, 5, 5}, {{0, 0}}}) << false;
    QTest::newRow("copy to unknown") << GfxCommand(SurfaceToSurface{1, 3, {0, 0, 5, 5}, {{0, 0}}}) << false;

    QTest::newRow("map") << GfxCommand(MapSurfaceToOutput{1, {0, 0}}) << true;
    QTest::newRow("map unknown") << GfxCommand(MapSurfaceToOutput{4, {0, 0}}) << false;
    QTest::newRow("map outside") << GfxCommand(MapSurfaceToOutput{1, {-1, 0}}) << false;
    QTest::newRow("create again") << GfxCommand(CreateSurface{1, {10, 10}}) << false;
    QTest::newRow("create nothing") << GfxCommand(CreateSurface{2, {0, 10}}) << false;
    QTest::newRow("create absurd") << GfxCommand(CreateSurface{2, {32767, 10}}) << false;
    QTest::newRow("delete unknown") << GfxCommand(DeleteSurface{2}) << false;
    QTest::newRow("reset to nothing") << GfxCommand(ResetGraphics{{0, 0}}) << false;
    const auto monitors = [](Rects rects) { return GfxCommand(ResetGraphics{{100, 50}, std::move(rects)}); };
    QTest::newRow("monitors") << monitors({{0, 0, 60, 50}, {60, 10, 40, 40}}) << true;
    QTest::newRow("monitor beyond") << monitors({{0, 0, 101, 50}}) << false;
    QTest::newRow("monitor before") << monitors({{-1, 0, 10, 10}}) << false;
    QTest::newRow("empty monitor") << monitors({{0, 0, 100, 50}, {5, 5, 0, 5}}) << false;
    QTest::newRow("most monitors") << monitors(Rects(16, {0, 0, 9, 9})) << true;
    QTest::newRow("too many monitors") << monitors(Rects(17, {0, 0, 9, 9})) << false;
}

void TestGfxCommandCheck::passesOrRefuses()
{
    QFETCH(GfxCommand, command);
    QFETCH(bool, passes);
    GfxCommandCheck check;
    QCOMPARE(check.check(ResetGraphics{{100, 50}}), Verdict::Pass);
    QCOMPARE(check.check(CreateSurface{1, {100, 50}}), Verdict::Pass);
    QCOMPARE(check.check(command), passes ? Verdict::Pass : Verdict::Invalid);
}

void TestGfxCommandCheck::waitsForReset()
{
    GfxCommandCheck check;
    QCOMPARE(check.check(EndFrame{1}), Verdict::NotYet);
    QCOMPARE(check.check(CreateSurface{1, {8, 8}}), Verdict::NotYet);
    QCOMPARE(check.check(ResetGraphics{{8, 8}}), Verdict::Pass);
    QCOMPARE(check.check(CreateSurface{1, {8, 8}}), Verdict::Pass);
    check.restart();
    QCOMPARE(check.check(SolidFill{1, 0, {{0, 0, 1, 1}}}), Verdict::NotYet);
}

void TestGfxCommandCheck::followsSurfaces()
{
    GfxCommandCheck check;
    const GfxCommand fill = SolidFill{1, 0, {{0, 0, 8, 8}}};
    QCOMPARE(check.check(ResetGraphics{{8, 8}}), Verdict::Pass);
    QCOMPARE(check.check(CreateSurface{1, {8, 8}}), Verdict::Pass);
    QCOMPARE(check.check(fill), Verdict::Pass);
    QCOMPARE(check.check(DeleteSurface{1}), Verdict::Pass);
    QCOMPARE(check.check(fill), Verdict::Invalid);
    QCOMPARE(check.check(CreateSurface{1, {8, 8}}), Verdict::Pass);
    QCOMPARE(check.check(ResetGraphics{{4, 4}}), Verdict::Pass);
    QVERIFY(check.surfaces().empty());
    QCOMPARE(check.check(fill), Verdict::Invalid);
}

void TestGfxCommandCheck::followsFrames()
{
    GfxCommandCheck check;
    QCOMPARE(check.check(ResetGraphics{{8, 8}}), Verdict::Pass);
    QCOMPARE(check.check(EndFrame{1}), Verdict::Invalid);
    QCOMPARE(check.check(StartFrame{1}), Verdict::Pass);
    QVERIFY(check.isInsideFrame());
    QCOMPARE(check.check(StartFrame{2}), Verdict::Invalid);
    QCOMPARE(check.check(EndFrame{2}), Verdict::Invalid);
    QCOMPARE(check.check(EndFrame{1}), Verdict::Pass);
    QVERIFY(!check.isInsideFrame());
}

void TestGfxCommandCheck::followsTheCache()
{
    GfxCommandCheck check;
    QCOMPARE(check.check(ResetGraphics{{100, 50}}), Verdict::Pass);
    QCOMPARE(check.check(CreateSurface{1, {100, 50}}), Verdict::Pass);
    const SurfaceToCache keep{1, 7, 3, {10, 10, 20, 20}};
    QCOMPARE(check.check(keep), Verdict::Pass);
    QCOMPARE(check.check(keep), Verdict::Invalid); // taken
    QCOMPARE(check.check(CacheToSurface{3, 1, {{0, 0}, {80, 30}}}), Verdict::Pass);
    QCOMPARE(check.check(CacheToSurface{3, 1, {{0, 0}, {81, 30}}}), Verdict::Invalid);
    QCOMPARE(check.check(CacheToSurface{3, 1, {}}), Verdict::Invalid);
    QCOMPARE(check.cacheSlots(), std::vector<std::uint16_t>{3});
    QCOMPARE(check.check(EvictCacheEntry{3}), Verdict::Pass);
    QCOMPARE(check.check(CacheToSurface{3, 1, {{0, 0}}}), Verdict::Invalid);
    QCOMPARE(check.check(keep), Verdict::Pass);
    QCOMPARE(check.check(ResetGraphics{{100, 50}}), Verdict::Pass);
    QVERIFY(check.cacheSlots().empty());
}

QTEST_GUILESS_MAIN(TestGfxCommandCheck)
#include "tst_gfx_command_check.moc"
