#include "rdp_pair.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace sightline;

namespace {

Picture noise(Size size, unsigned seed)
{
    std::minstd_rand random(seed);
    Picture picture(size.width, size.height);
    for (int y = 0; y < size.height; ++y)
        std::generate_n(
            picture.row(y), size.width, [&] { return static_cast<std::uint32_t>(random()) & kColorMask; });
    return picture;
}

TileData uncompressed(const PictureView& pixels, Point at)
{
    Bytes payload;
    for (int y = 0; y < pixels.height; ++y) {
        const auto* row = reinterpret_cast<const std::uint8_t*>(pixels.row(y));
        payload.insert(payload.end(), row, row + pixels.width * 4);
    }
    return {1, TileCodec::Uncompressed, {at.x, at.y, pixels.width, pixels.height},
        std::make_shared<const Bytes>(std::move(payload))};
}

/// Planar without run lengths (MS-RDPEGDI 2.2.2.5.1): no alpha, the planes of red, green and blue, a pad
/// octet.
TileData planar(const PictureView& pixels, Point at)
{
    Bytes payload{0x20};
    for (const int shift : {16, 8, 0}) {
        for (int y = 0; y < pixels.height; ++y) {
            for (int x = 0; x < pixels.width; ++x)
                payload.push_back(static_cast<std::uint8_t>(pixels.row(y)[x] >> shift));
        }
    }
    payload.push_back(0);
    return {1, TileCodec::Planar, {at.x, at.y, pixels.width, pixels.height},
        std::make_shared<const Bytes>(std::move(payload))};
}

/// Where two pictures differ first, as text; empty when nowhere.
QString difference(const Picture& seen, const Picture& expected)
{
    if (seen.rect() != expected.rect())
        return QStringLiteral("size %1x%2").arg(seen.width()).arg(seen.height());
    for (int y = 0; y < seen.height(); ++y) {
        for (int x = 0; x < seen.width(); ++x) {
            const std::uint32_t a = seen.row(y)[x] & kColorMask;
            const std::uint32_t b = expected.row(y)[x] & kColorMask;
            if (a != b)
                return QStringLiteral("%1,%2: %3 instead of %4").arg(x).arg(y).arg(a, 6, 16).arg(b, 6, 16);
        }
    }
    return {};
}

void copyInto(Picture& picture, const Rect& from, Point to)
{
    const Picture before = picture;
    for (int y = 0; y < from.height; ++y)
        std::copy_n(before.row(from.y + y) + from.x, from.width, picture.row(to.y + y) + to.x);
}

void paintInto(Picture& picture, const Picture& part, Point to)
{
    for (int y = 0; y < part.height(); ++y)
        std::copy_n(part.row(y), part.width(), picture.row(to.y + y) + to.x);
}

} // namespace

class TestRdpGraphics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { RdpHost::warmUp(); }
    void agreesOnCapabilities();
    void dropsWhatComesTooEarly();
    void fillsAndTilesArriveExactly_data();
    void fillsAndTilesArriveExactly();
    void overlappingCopiesArriveExactly_data();
    void overlappingCopiesArriveExactly();
    void resizes();
    void resetOfSameSizeIsBlackUntilPainted();
    void tellsTheMonitors();
    void mapsSurfaceWithOffset();
    void tellsWhatDrewThePicture();
    void framesInFlightAreAllAcknowledged();
    void largeFramesPass();
    void dropsInvalidCommands();
    void carriesRefreshRequests();
    void countsQueuedBytes();
};

void TestRdpGraphics::agreesOnCapabilities()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    const ViewerCapabilities capabilities = pair.hostReport.copy().capabilities;
    // FreeRDP's client offers version 10 only together with AVC444.
    QCOMPARE(capabilities.version, 0x00080105u);
    QVERIFY(!capabilities.smallCache);
    QVERIFY(capabilities.avc420);
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return r.timesConnected == 1; }));
}

void TestRdpGraphics::dropsWhatComesTooEarly()
{
    RdpPair pair;
    QVERIFY(pair.host);
    pair.reset({640, 480});
    pair.host->accept(StartFrame{1});
    QCOMPARE(pair.host->queuedBytes(), std::size_t(0));
    QVERIFY(pair.waitReady());
    pair.host->accept(SolidFill{1, 0x123456, {{0, 0, 640, 480}}}); // the rest of that frame
    pair.host->accept(EndFrame{1});
    pair.reset({640, 480});
    QVERIFY(pair.frame(2, {SolidFill{1, 0x654321, {{0, 0, 640, 480}}}}));
    QCOMPARE(pair.hostReport.copy().acknowledged, std::vector<std::uint32_t>{2});
    QCOMPARE(pair.viewerReport.copy().paints, 1);
}

void TestRdpGraphics::fillsAndTilesArriveExactly_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("even") << 640 << 480;
    QTest::newRow("odd") << 333 << 201;
    QTest::newRow("tiny") << 1 << 1;
}

void TestRdpGraphics::fillsAndTilesArriveExactly()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Size size{width, height};
    RdpPair pair(size);
    QVERIFY(pair.waitReady());
    pair.reset(size);

    Picture expected(width, height, 0x336699);
    QVERIFY(pair.frame(1, {SolidFill{1, 0xFF336699, {expected.rect()}}}));
    QCOMPARE(difference(pair.viewerReport.copy().screen, expected), QString());

    // Every tile of the screen, by turns of both kinds; the last ones are cut by the edges.
    const Picture picture = noise(size, 1);
    std::vector<GfxCommand> tiles;
    for (int y = 0; y < height; y += 64) {
        for (int x = 0; x < width; x += 64) {
            const PictureView part = picture.view().part(intersected(picture.rect(), {x, y, 64, 64}));
            tiles.push_back((x + y) % 128 == 0 ? planar(part, {x, y}) : uncompressed(part, {x, y}));
        }
    }
    QVERIFY(pair.frame(2, tiles));
    const ViewerReport seen = pair.viewerReport.copy();
    QCOMPARE(difference(seen.screen, picture), QString());
    QCOMPARE(seen.paints, 2);
    QVERIFY(seen.sizes == std::vector<Size>{size});
    QCOMPARE(seen.timesConnected, 1);
    QCOMPARE(pair.viewer->framesDecoded(), std::uint64_t(2));
}

void TestRdpGraphics::overlappingCopiesArriveExactly_data()
{
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    QTest::newRow("up") << 20 << 17;
    QTest::newRow("down") << 20 << 43;
    QTest::newRow("left") << 13 << 30;
    QTest::newRow("right") << 27 << 30;
    QTest::newRow("down right") << 23 << 33;
    QTest::newRow("far") << 100 << 100;
}

void TestRdpGraphics::overlappingCopiesArriveExactly()
{
    QFETCH(int, x);
    QFETCH(int, y);
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Picture expected = noise({256, 256}, 2);
    QVERIFY(pair.frame(1, {uncompressed(expected.view(), {0, 0})}));
    const Rect source{20, 30, 120, 100};
    QVERIFY(pair.frame(2, {SurfaceToSurface{1, 1, source, {{x, y}}}}));
    copyInto(expected, source, {x, y});
    QCOMPARE(difference(pair.viewerReport.copy().screen, expected), QString());
}

void TestRdpGraphics::resizes()
{
    RdpPair pair({640, 480});
    QVERIFY(pair.waitReady());
    std::uint32_t frame = 0;
    const std::vector<Size> sizes{{640, 480}, {1280, 720}, {320, 200}, {1921, 1081}};
    for (const Size& size : sizes) {
        pair.reset(size);
        const Picture picture = noise(size, frame);
        QVERIFY(pair.frame(++frame, {planar(picture.view(), {0, 0})}));
        QCOMPARE(difference(pair.viewerReport.copy().screen, picture), QString());
    }
    QVERIFY(pair.viewerReport.copy().sizes == sizes);
}

// Another monitor of the same size, for example: nothing of the one before may stay among what has arrived.
void TestRdpGraphics::resetOfSameSizeIsBlackUntilPainted()
{
    RdpPair pair({64, 64});
    QVERIFY(pair.waitReady());
    pair.reset({64, 64});
    QVERIFY(pair.frame(1, {SolidFill{1, 0x0000FF, {{0, 0, 64, 64}}}}));
    pair.reset({64, 64});
    QVERIFY(pair.frame(2, {SolidFill{1, 0x00FF00, {{0, 0, 32, 64}}}}));
    const ViewerReport seen = pair.viewerReport.copy();
    QCOMPARE(seen.sizes.size(), std::size_t(2));
    QCOMPARE(seen.screen.row(5)[5] & kColorMask, 0x00FF00u);
    QCOMPARE(seen.screen.row(5)[40] & kColorMask, 0x000000u);
}

void TestRdpGraphics::tellsTheMonitors()
{
    RdpPair pair({200, 100});
    QVERIFY(pair.waitReady());
    const Rects monitors{{0, 0, 120, 100}, {120, 20, 80, 80}};
    pair.reset({200, 100}, monitors);
    QVERIFY(pair.frame(1, {SolidFill{1, 0x0000FF, {{0, 0, 200, 100}}}}));
    QVERIFY(pair.viewerReport.copy().monitors == monitors);
    pair.reset({200, 100});
    QVERIFY(pair.frame(2, {SolidFill{1, 0x0000FF, {{0, 0, 200, 100}}}}));
    QVERIFY((pair.viewerReport.copy().monitors == Rects{{0, 0, 200, 100}}));
}

void TestRdpGraphics::mapsSurfaceWithOffset()
{
    RdpPair pair({200, 100});
    QVERIFY(pair.waitReady());
    pair.reset({200, 100});
    Picture expected = noise({200, 100}, 3);
    QVERIFY(pair.frame(1, {uncompressed(expected.view(), {0, 0})}));
    // A second surface in the middle, and partly beyond the edge.
    const Picture inner = noise({50, 40}, 4);
    pair.host->accept(CreateSurface{2, {50, 40}});
    pair.host->accept(MapSurfaceToOutput{2, {170, 31}});
    TileData tile = planar(inner.view(), {0, 0});
    tile.surface = 2;
    QVERIFY(pair.frame(2, {tile}));
    for (int y = 0; y < 40; ++y)
        std::copy_n(inner.row(y), 30, expected.row(31 + y) + 170);
    QCOMPARE(difference(pair.viewerReport.copy().screen, expected), QString());
}

void TestRdpGraphics::tellsWhatDrewThePicture()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    pair.host->accept(CreateSurface{2, {64, 64}});
    pair.host->accept(MapSurfaceToOutput{2, {100, 50}});
    const Picture picture = noise({64, 64}, 5);
    TileData tile = planar(picture.view(), {0, 0});
    tile.surface = 2;
    QVERIFY(pair.frame(1,
        {SolidFill{1, 0x102030, {{0, 0, 10, 20}, {30, 0, 5, 5}}}, tile,
            SurfaceToSurface{1, 1, {0, 0, 8, 9}, {{40, 41}}}, SurfaceToCache{1, 7, 1, {0, 0, 12, 13}},
            CacheToSurface{1, 1, {{60, 61}}}}));
    // What drew is told after the picture.
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return r.lastDrawn.size() == 5; }));
    const auto drawn = pair.viewerReport.copy().lastDrawn;
    using Kind = DrawnArea::Kind;
    const std::vector<std::pair<Kind, Rect>> expected{{Kind::Fill, {0, 0, 10, 20}},
        {Kind::Fill, {30, 0, 5, 5}}, {Kind::Planar, {100, 50, 64, 64}}, {Kind::Copy, {40, 41, 8, 9}},
        {Kind::Cached, {60, 61, 12, 13}}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(drawn[i].kind, expected[i].first);
        QVERIFY(drawn[i].rect == expected[i].second);
        QCOMPARE(drawn[i].octets, drawn[i].kind == Kind::Planar ? tile.payload->size() : 0);
    }
}

void TestRdpGraphics::framesInFlightAreAllAcknowledged()
{
    constexpr std::uint32_t kFrames = 500;
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Picture expected(256, 256);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < kFrames; ++i) {
        if (i >= 16)
            QVERIFY(pair.waitAcknowledged(i - 16));
        const Picture tile = noise({64, 64}, i);
        const Point at{static_cast<int>(i * 37 % 192), static_cast<int>(i * 11 % 192)};
        pair.host->accept(StartFrame{i});
        pair.host->accept(planar(tile.view(), at));
        pair.host->accept(EndFrame{i});
        paintInto(expected, tile, at);
        numbers.push_back(i);
    }
    QVERIFY(pair.waitAcknowledged(kFrames - 1));
    QCOMPARE(pair.hostReport.copy().acknowledged, numbers);
    QCOMPARE(pair.viewer->framesDecoded(), std::uint64_t(kFrames));
    // Where nothing was drawn the surface is undefined: look at what was.
    const Picture seen = pair.viewerReport.copy().screen;
    QCOMPARE(difference(seen, expected), QString());
}

void TestRdpGraphics::largeFramesPass()
{
    constexpr std::uint32_t kFrames = 12;
    const Size size{1920, 1080};
    RdpPair pair(size, 64 * 1024);
    QVERIFY(pair.waitReady());
    pair.reset(size);
    const Picture pictures[]{noise(size, 5), noise(size, 6)};
    for (std::uint32_t i = 0; i < kFrames; ++i) {
        if (i >= 4)
            QVERIFY(pair.waitAcknowledged(i - 4));
        pair.host->accept(StartFrame{i});
        pair.host->accept(uncompressed(pictures[i % 2].view(), {0, 0}));
        pair.host->accept(EndFrame{i});
    }
    QVERIFY(pair.waitAcknowledged(kFrames - 1));
    QCOMPARE(difference(pair.viewerReport.copy().screen, pictures[(kFrames - 1) % 2]), QString());
}

void TestRdpGraphics::dropsInvalidCommands()
{
    RdpPair pair({64, 64});
    QVERIFY(pair.waitReady());
    pair.reset({64, 64});
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("^Dropped")));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("^Dropped")));
    QVERIFY(pair.frame(1,
        {SolidFill{1, 0, {{0, 0, 65, 64}}}, SolidFill{2, 0, {{0, 0, 1, 1}}},
            SolidFill{1, 0x445566, {{0, 0, 64, 64}}}}));
    QCOMPARE(pair.viewerReport.copy().screen.row(63)[63] & kColorMask, 0x445566u);
    QVERIFY(!pair.viewerReport.copy().closed);
}

void TestRdpGraphics::carriesRefreshRequests()
{
    RdpPair pair({64, 64});
    QVERIFY(pair.viewer);
    pair.viewer->requestRefresh(); // before there is a connection
    QVERIFY(pair.hostReport.waitFor([](const HostReport& r) { return r.refreshes == 1; }));
    pair.viewer->requestRefresh();
    QVERIFY(pair.hostReport.waitFor([](const HostReport& r) { return r.refreshes == 2; }));
    QVERIFY(pair.hostReport.copy().refreshed.front().contains({0, 0, 64, 64}));
    const Rects areas{{3, 4, 10, 1}, {0, 0, 64, 64}};
    pair.viewer->requestRefresh(areas);
    QVERIFY(pair.hostReport.waitFor([&](const HostReport& r) { return r.refreshed == areas; }));
}

void TestRdpGraphics::countsQueuedBytes()
{
    RdpPair pair({64, 64});
    QVERIFY(pair.waitReady());
    pair.reset({64, 64});
    QVERIFY(pair.frame(1, {SolidFill{1, 0, {{0, 0, 64, 64}}}}));
    QCOMPARE(pair.host->queuedBytes(), std::size_t(0));
    const Picture tile = noise({64, 64}, 7);
    pair.host->accept(StartFrame{2});
    pair.host->accept(uncompressed(tile.view(), {0, 0}));
    QCOMPARE(pair.host->queuedBytes(), std::size_t(16 + 25 + 64 * 64 * 4)); // waits for the end of its frame
    pair.host->accept(EndFrame{2});
    QVERIFY(pair.waitAcknowledged(2));
    QCOMPARE(pair.host->queuedBytes(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestRdpGraphics)
#include "tst_rdp_graphics.moc"
