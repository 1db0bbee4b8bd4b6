#include "core/graphics/h264_encoder.h"
#include "rdp_pair.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;

/// What a viewer keeps between frames: its cache, and films.
class TestRdpMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsFromTheCache();
    void refusesMoreThanTheCacheHolds();
    void playsFilms_data();
    void playsFilms();
    void aBrokenFilmEndsTheLeg();
};

namespace {

TileData uncompressed(const Picture& picture)
{
    const auto* octets = reinterpret_cast<const std::uint8_t*>(picture.row(0));
    const std::size_t size = 4 * static_cast<std::size_t>(picture.rect().area());
    return {1, TileCodec::Uncompressed, picture.rect(), std::make_shared<const Bytes>(octets, octets + size)};
}

/// One picture of a film, as an RFX_AVC420_BITMAP_STREAM of the whole of surface 2.
TileData film(ByteView unit, Size size)
{
    const auto low = [](int value) { return static_cast<std::uint8_t>(value & 0xFF); };
    const auto high = [](int value) { return static_cast<std::uint8_t>(value >> 8); };
    Bytes payload{1, 0, 0, 0, 0, 0, 0, 0, low(size.width), high(size.width), low(size.height),
        high(size.height), 23, 100};
    payload.insert(payload.end(), unit.begin(), unit.end());
    return {2, TileCodec::Avc420, {0, 0, size.width, size.height},
        std::make_shared<const Bytes>(std::move(payload))};
}

int worstDifference(const PictureView& a, const PictureView& b)
{
    int worst = 0;
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            for (int shift = 0; shift < 24; shift += 8) {
                const auto from = static_cast<int>(a.row(y)[x] >> shift & 0xFF);
                const auto to = static_cast<int>(b.row(y)[x] >> shift & 0xFF);
                worst = std::max(worst, std::abs(from - to));
            }
        }
    }
    return worst;
}

} // namespace

void TestRdpMemory::drawsFromTheCache()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    Picture expected = pictures::noise(256, 256, 1);
    QVERIFY(pair.frame(1, {uncompressed(expected)}));
    QVERIFY(pair.frame(2,
        {SurfaceToCache{1, 77, 3, {0, 0, 64, 64}}, SurfaceToCache{1, 78, 9, {100, 50, 30, 70}},
            SolidFill{1, 0x102030, {{0, 0, 256, 256}}}}));
    QVERIFY(pair.frame(3, {CacheToSurface{3, 1, {{192, 192}, {10, 10}}}, CacheToSurface{9, 1, {{226, 0}}}}));
    const Picture before = expected;
    pictures::fill(expected, expected.rect(), 0x102030);
    pictures::blit(before, {0, 0, 64, 64}, expected, {192, 192});
    pictures::blit(before, {0, 0, 64, 64}, expected, {10, 10});
    pictures::blit(before, {100, 50, 30, 70}, expected, {226, 0});
    QCOMPARE(worstDifference(pair.viewerReport.copy().screen.view(), expected.view()), 0);
    // A slot can be used again once it is free; a reset frees them all.
    QVERIFY(pair.frame(4, {EvictCacheEntry{3}, SurfaceToCache{1, 79, 3, {0, 0, 10, 10}}}));
    pair.reset({256, 256});
    QVERIFY(pair.frame(5,
        {SolidFill{1, 0x445566, {{0, 0, 256, 256}}}, SurfaceToCache{1, 80, 3, {0, 0, 10, 10}},
            CacheToSurface{3, 1, {{20, 20}}}}));
}

void TestRdpMemory::refusesMoreThanTheCacheHolds()
{
    RdpPair pair({2048, 2048});
    QVERIFY(pair.waitReady());
    pair.reset({2048, 2048});
    // 16 MB each, of 100.
    for (std::uint16_t slot = 1; slot <= 6; ++slot)
        QVERIFY(pair.frame(slot, {SurfaceToCache{1, slot, slot, {0, 0, 2048, 2048}}}));
    pair.host->accept(StartFrame{7});
    pair.host->accept(SurfaceToCache{1, 7, 7, {0, 0, 2048, 2048}});
    pair.host->accept(EndFrame{7});
    QVERIFY(pair.waitViewerClosed());
}

void TestRdpMemory::playsFilms_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("whole macroblocks") << 320 << 192;
    QTest::newRow("cut macroblocks") << 322 << 202;
    QTest::newRow("half a desktop") << 960 << 540;
}

void TestRdpMemory::playsFilms()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Size size{1024, 600};
    const Point at{37, 21};
    RdpPair pair(size);
    QVERIFY(pair.waitReady());
    pair.reset(size);
    QVERIFY(pair.frame(1, {SolidFill{1, 0x205080, {{0, 0, size.width, size.height}}}}));
    const Picture scenery = pictures::photo(1100, 700, 2, 0);
    for (int times = 0; times < 2; ++times) {
        auto encoder = H264Encoder::create({width, height});
        QVERIFY(encoder);
        pair.host->accept(CreateSurface{2, {width, height}});
        pair.host->accept(MapSurfaceToOutput{2, at});
        for (std::uint32_t i = 0; i < 5; ++i) {
            Picture expected(size.width, size.height, 0x205080);
            Picture picture(width, height);
            pictures::blit(scenery, {int(7 * i), int(4 * i), width, height}, picture, {0, 0});
            pictures::blit(picture, picture.rect(), expected, at);
            const auto unit
                = (*encoder)->encode(picture.view(), TimePoint(std::chrono::milliseconds(33 * (i + 1))));
            QVERIFY(unit);
            QVERIFY(pair.frame(std::uint32_t(2 + 10 * times) + i, {film(*unit, {width, height})}));
            const Picture seen = pair.viewerReport.copy().screen;
            const int worst = worstDifference(seen.view(), expected.view());
            QVERIFY2(worst < 60, qPrintable(QString::number(worst)));
            QCOMPARE(seen.row(at.y - 1)[at.x] & kColorMask, 0x205080U);
        }
        pair.host->accept(DeleteSurface{2});
    }
    QVERIFY(pair.frame(50, {SolidFill{1, 0xFFFFFF, {{0, 0, size.width, size.height}}}}));
    QCOMPARE(pair.viewerReport.copy().screen.row(100)[100] & kColorMask, 0xFFFFFFU);
}

void TestRdpMemory::aBrokenFilmEndsTheLeg()
{
    RdpPair pair({256, 256});
    QVERIFY(pair.waitReady());
    pair.reset({256, 256});
    pair.host->accept(CreateSurface{2, {64, 64}});
    pair.host->accept(MapSurfaceToOutput{2, {0, 0}});
    pair.host->accept(StartFrame{1});
    pair.host->accept(film(Bytes(100, 0x55), {64, 64}));
    pair.host->accept(EndFrame{1});
    QVERIFY(pair.waitViewerClosed());
}

QTEST_GUILESS_MAIN(TestRdpMemory)
#include "tst_rdp_memory.moc"
