#include "core/graphics/avc420_stream.h"
#include "core/graphics/gfx_screen.h"
#include "core/graphics/planar_decoder.h"
#include "core/graphics/planar_encoder.h"
#include "core/graphics/remotefx_decoder.h"
#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/tile_grid.h"
#include "test_pictures.h"

#include <QTest>

using namespace sightline;

/// Decoders take hostile octets, and the screen behind them hostile commands.
class TestTileDecoders : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void planarIsLossless();
    void planarPassesOverAlpha();
    void planarRefuses_data();
    void planarRefuses();
    void remoteFxRefusesEveryCut();
    void remoteFxTakesAnyCoefficients();
    void findsKeyPictures();
    void screenRefuses_data();
    void screenRefuses();
    void screenIsBounded();
    void copiesThroughAThirdPlace();
    void aFilmStaysVisible();
};

namespace {

Bytes bytesOf(std::span<const std::uint8_t> octets)
{
    return {octets.begin(), octets.end()};
}

Bytes remoteFxOf(const Picture& picture)
{
    RemoteFxEncoder encoder;
    encoder.begin(picture.rect());
    const TileGrid grid{{picture.width(), picture.height()}};
    for (int i = 0; i < grid.count(); ++i)
        encoder.add(picture.view(), grid.tile(i));
    return bytesOf(encoder.finish());
}

bool isEqual(const PictureView& a, const PictureView& b)
{
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            if (((a.row(y)[x] ^ b.row(y)[x]) & kColorMask) != 0)
                return false;
        }
    }
    return a.width == b.width && a.height == b.height;
}

GfxScreen started()
{
    GfxScreen screen;
    for (const GfxCommand& command : std::initializer_list<GfxCommand>{ResetGraphics{{200, 200}},
             CreateSurface{1, {200, 200}}, MapSurfaceToOutput{1, {}}, StartFrame{1}}) {
        if (!screen.execute(command))
            qFatal("the screen does not start");
    }
    return screen;
}

} // namespace

void TestTileDecoders::planarIsLossless()
{
    PlanarEncoder encoder;
    PlanarDecoder decoder;
    for (const Picture& picture : {pictures::desktop(200, 100, 1), pictures::noise(63, 65, 2),
             Picture(1, 1, 0x123456), pictures::photo(1, 99, 3), Picture(300, 2, 0xFFFFFF)}) {
        Picture decoded(picture.width(), picture.height());
        const auto octets = encoder.encode(picture.view());
        QVERIFY(decoder.decode(octets, picture.width(), picture.height(), decoded.row(0), decoded.width()));
        QVERIFY(isEqual(decoded.view(), picture.view()));
    }
}

void TestTileDecoders::planarPassesOverAlpha()
{
    // Two pixels in a row: alpha, red, green and blue; plain, and as raw values of a run-length coding.
    Picture decoded(2, 1);
    PlanarDecoder decoder;
    const Bytes plain{0x00, 9, 9, 1, 2, 3, 4, 5, 6, 0};
    QVERIFY(decoder.decode(plain, 2, 1, decoded.row(0), 2));
    QCOMPARE(decoded.row(0)[0] & kColorMask, 0x010305U);
    QCOMPARE(decoded.row(0)[1] & kColorMask, 0x020406U);
    const Bytes coded{0x10, 0x20, 9, 9, 0x20, 7, 8, 0x20, 3, 4, 0x20, 5, 6};
    QVERIFY(decoder.decode(coded, 2, 1, decoded.row(0), 2));
    QCOMPARE(decoded.row(0)[0] & kColorMask, 0x070305U);
}

void TestTileDecoders::planarRefuses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("header only") << QByteArray::fromHex("30");
    QTest::newRow("too few plain planes") << QByteArray::fromHex("200102030405060708090a0b");
    QTest::newRow("colour loss") << QByteArray::fromHex("310404040404040404040404");
    QTest::newRow("subsampling") << QByteArray::fromHex("380404040404040404040404");
    QTest::newRow("a run beyond the row") << QByteArray::fromHex("300504040404040404040404");
    QTest::newRow("raw values beyond the end") << QByteArray::fromHex("30400102");
    QTest::newRow("one row missing") << QByteArray::fromHex("300404040404040404040404");
}

void TestTileDecoders::planarRefuses()
{
    QFETCH(QByteArray, octets);
    Picture decoded(4, 4);
    QVERIFY(!PlanarDecoder().decode(viewOf(octets), 4, 4, decoded.row(0), 4));
}

void TestTileDecoders::remoteFxRefusesEveryCut()
{
    const Bytes whole = remoteFxOf(pictures::desktop(100, 70, 1));
    RemoteFxDecoder decoder;
    Picture decoded(100, 70);
    QVERIFY(decoder.decode(whole, {100, 70}, decoded.row(0), 100));
    // The last block says only that the frame ends.
    for (std::size_t size = 0; size < whole.size() - 8; ++size)
        QVERIFY(!decoder.decode(ByteView(whole).first(size), {100, 70}, decoded.row(0), 100));
}

void TestTileDecoders::remoteFxTakesAnyCoefficients()
{
    // Whatever is damaged, nothing is drawn outside.
    const Bytes whole = remoteFxOf(pictures::photo(100, 70, 1));
    RemoteFxDecoder decoder;
    pictures::Random random(5);
    for (int i = 0; i < 300; ++i) {
        Bytes damaged = whole;
        for (int n = 0; n < 20; ++n)
            damaged[static_cast<std::size_t>(random.below(static_cast<int>(whole.size())))]
                = static_cast<std::uint8_t>(random.next());
        Picture decoded(60, 50, 0x112233);
        // A smaller place than the message thinks: the last column and row are not given.
        const Result<Rects> drawn = decoder.decode(damaged, {59, 49}, decoded.row(0), 60);
        for (int x = 0; x < 60; ++x)
            QCOMPARE(decoded.row(49)[x], 0x112233U);
        if (drawn) {
            for (const Rect& area : *drawn)
                QVERIFY((Rect{0, 0, 59, 49}.contains(area)));
        }
    }
}

void TestTileDecoders::findsKeyPictures()
{
    const auto stream = [](const char* unit) {
        return QByteArray::fromHex("0100000000000000100010001764") + QByteArray::fromHex(unit);
    };
    const auto isKey = [&](const char* unit) {
        const QByteArray octets = stream(unit);
        const Result<Avc420Stream> parsed = parseAvc420(viewOf(octets));
        return parsed && parsed->areas == Rects{{0, 0, 16, 16}} && parsed->isKey;
    };
    QVERIFY(isKey("0000000167420000000168ce0000016588"));
    QVERIFY(!isKey("00000001419a"));
    QVERIFY(!isKey("000000"));
    QVERIFY(!parseAvc420(viewOf(stream(""))));
    QVERIFY(!parseAvc420(viewOf(QByteArray::fromHex("ffffffff00000000"))));
}

void TestTileDecoders::screenRefuses_data()
{
    QTest::addColumn<int>("which");
    for (int i = 0; i < 20; ++i)
        QTest::addRow("%d", i) << i;
}

void TestTileDecoders::screenRefuses()
{
    QFETCH(int, which);
    const auto payload = std::make_shared<const Bytes>(Bytes{0x20});
    const std::array<GfxCommand, 20> nonsense{
        ResetGraphics{{0, 10}}, // also: inside a frame
        CreateSurface{1, {10, 10}},
        StartFrame{2},
        EndFrame{2},
        TileData{2, TileCodec::Planar, {0, 0, 1, 1}, payload},
        TileData{1, TileCodec::Planar, {0, 0, 0, 1}, payload},
        TileData{1, TileCodec::Planar, {199, 0, 2, 1}, payload},
        TileData{1, TileCodec::Planar, {0, 0, 2, 2}, payload},
        TileData{1, TileCodec::Planar, {0, 0, 2, 2}, nullptr},
        TileData{1, TileCodec::Uncompressed, {0, 0, 1, 1}, payload},
        TileData{1, TileCodec::RemoteFx, {0, 0, 1, 1}, payload},
        TileData{1, TileCodec::Avc420, {0, 0, 1, 1}, payload},
        TileData{1, TileCodec(0x77), {0, 0, 1, 1}, payload},
        SolidFill{1, 0, {}},
        SolidFill{1, 0, {{0, 0, 1, 1}, {-1, 0, 1, 1}}},
        SurfaceToSurface{1, 1, {0, 0, 10, 10}, {{195, 0}}},
        SurfaceToCache{1, 0, 0, {0, 0, 10, 10}},
        SurfaceToCache{1, 0, 25601, {0, 0, 10, 10}},
        CacheToSurface{3, 1, {{0, 0}}},
        EvictCacheEntry{3},
    };
    GfxScreen screen = started();
    QVERIFY(screen.execute(SolidFill{1, 0xABCDEF, {{0, 0, 200, 200}}}));
    const Result<void> done = screen.execute(nonsense[static_cast<std::size_t>(which)]);
    QVERIFY(!done);
    QCOMPARE(done.error().code(), ErrorCode::ParseFailed);
    QVERIFY(screen.execute(EndFrame{1}));
    QVERIFY(isEqual(screen.output(), Picture(200, 200, 0xABCDEF).view()));
}

void TestTileDecoders::screenIsBounded()
{
    GfxScreen screen;
    QVERIFY(!screen.execute(CreateSurface{1, {1, 1}}));
    QVERIFY(!screen.execute(ResetGraphics{{32767, 10}}));
    QVERIFY(!screen.execute(ResetGraphics{{32766, 32766}}));
    QVERIFY(screen.execute(ResetGraphics{{100, 100}}));
    QVERIFY(!screen.execute(CreateSurface{1, {32766, 32766}}));
    // Thin ones count as whole tiles.
    int made = 0;
    for (std::uint16_t id = 0; id < 1000; ++id)
        made += screen.execute(CreateSurface{id, {32766, 1}}) ? 1 : 0;
    QCOMPARE(made, 18);
}

void TestTileDecoders::copiesThroughAThirdPlace()
{
    GfxScreen screen = started();
    const Picture noise = pictures::noise(40, 40, 3);
    PlanarEncoder encoder;
    QVERIFY(screen.execute(TileData{1, TileCodec::Planar, {50, 50, 40, 40},
        std::make_shared<const Bytes>(bytesOf(encoder.encode(noise.view())))}));
    QVERIFY(screen.execute(SurfaceToSurface{1, 1, {50, 50, 40, 40}, {{60, 63}, {130, 130}}}));
    QVERIFY(screen.execute(SurfaceToSurface{1, 1, {60, 63, 40, 40}, {{55, 60}}}));
    QVERIFY(screen.execute(EndFrame{1}));
    QVERIFY(isEqual(screen.output().part({130, 130, 40, 40}), noise.view()));
    QVERIFY(isEqual(screen.output().part({55, 60, 40, 40}), noise.view()));
}

void TestTileDecoders::aFilmStaysVisible()
{
    GfxScreen screen = started();
    QVERIFY(screen.execute(EndFrame{1}));
    QVERIFY(screen.execute(CreateSurface{2, {50, 50}}));
    QVERIFY(screen.execute(MapSurfaceToOutput{2, {100, 100}}));
    QVERIFY(screen.execute(StartFrame{2}));
    QVERIFY(screen.execute(SolidFill{2, 0xFF, {{0, 0, 50, 50}}}));
    QVERIFY(screen.execute(EndFrame{2}));
    QVERIFY(screen.execute(DeleteSurface{2}));
    QCOMPARE(screen.output().row(120)[120], 0xFFU);
    QCOMPARE(screen.output().row(99)[120], 0U);
}

QTEST_APPLESS_MAIN(TestTileDecoders)
#include "tst_tile_decoders.moc"
