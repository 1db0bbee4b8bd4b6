#include "core/graphics/remotefx_encoder.h"
#include "core/graphics/tile_grid.h"
#include "screen_model.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;

/// What the RemoteFX encoder makes, FreeRDP decodes to nearly the same pixels, and to no others.
class TestRemoteFxFreeRdp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsPhotos_data();
    void keepsPhotos();
    void keepsFlatAreasAndText();
    void drawsOnlyTheAreas();
    void survivesNoise();
    void coarserLevelsAreSmaller();
};

namespace {

/// Shows `start`, then draws the areas of `picture` over it.
QString show(
    const Picture& picture, const Rects& areas, int quality, ScreenModel& model, std::size_t* size = nullptr)
{
    RemoteFxEncoder encoder(quality);
    encoder.begin(picture.rect());
    for (const Rect& area : areas)
        encoder.add(picture.view(), area);
    const auto message = encoder.finish();
    if (size)
        *size = message.size();
    model.accept(ResetGraphics{{picture.width(), picture.height()}});
    model.accept(CreateSurface{1, {picture.width(), picture.height()}});
    model.accept(StartFrame{1});
    model.accept(SolidFill{1, 0x00FF00, {picture.rect()}});
    model.accept(TileData{1, TileCodec::RemoteFx, picture.rect(),
        std::make_shared<const Bytes>(message.begin(), message.end())});
    model.accept(EndFrame{1});
    return model.fault();
}

Rects tilesOf(const Picture& picture)
{
    Rects tiles;
    const TileGrid grid{{picture.width(), picture.height()}};
    for (int i = 0; i < grid.count(); ++i)
        tiles.push_back(grid.tile(i));
    return tiles;
}

} // namespace

void TestRemoteFxFreeRdp::keepsPhotos_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    const std::array<QSize, 7> sizes{
        QSize{64, 64}, {1, 1}, {65, 64}, {64, 65}, {127, 31}, {640, 384}, {333, 222}};
    for (const QSize& size : sizes)
        QTest::addRow("%dx%d", size.width(), size.height()) << size.width() << size.height();
}

void TestRemoteFxFreeRdp::keepsPhotos()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Picture photo = pictures::photo(width, height, 3);
    ScreenModel model;
    QCOMPARE(show(photo, tilesOf(photo), 0, model), QString());
    const double quality = psnr(photo.view(), model.screen().view());
    QVERIFY2(quality >= 38, qPrintable(QString::number(quality)));
}

void TestRemoteFxFreeRdp::keepsFlatAreasAndText()
{
    for (const std::uint32_t color :
        {0x000000U, 0xFFFFFFU, 0x808080U, 0x336699U, 0xFF0000U, 0x00FF00U, 0x0000FFU}) {
        const Picture flat(128, 64, color);
        ScreenModel model;
        QCOMPARE(show(flat, tilesOf(flat), 0, model), QString());
        const double quality = psnr(flat.view(), model.screen().view());
        QVERIFY2(quality >= 46, qPrintable(QStringLiteral("%1: %2").arg(color, 6, 16).arg(quality)));
    }
    Picture page(320, 192);
    pictures::text(page, page.rect(), 1, true);
    ScreenModel model;
    QCOMPARE(show(page, tilesOf(page), 0, model), QString());
    const double quality = psnr(page.view(), model.screen().view());
    QVERIFY2(quality >= 35, qPrintable(QString::number(quality)));
}

void TestRemoteFxFreeRdp::drawsOnlyTheAreas()
{
    const Picture photo = pictures::photo(300, 200, 3);
    const Rects areas{{3, 5, 40, 50}, {64, 0, 64, 64}, {128, 0, 64, 64}, {70, 64, 1, 1}, {255, 180, 1, 10},
        {256, 192, 44, 8}};
    ScreenModel model;
    QCOMPARE(show(photo, areas, 0, model), QString());
    Picture expected(300, 200, 0x00FF00);
    for (const Rect& area : areas)
        pictures::blit(photo, area, expected, {area.x, area.y});
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 300; ++x) {
            const bool inside = std::any_of(areas.begin(), areas.end(), [&](const Rect& area) {
                return area.contains({x, y, 1, 1});
            });
            if (!inside)
                QCOMPARE(model.screen().row(y)[x] & kColorMask, 0x00FF00U);
        }
    }
    for (const Rect& area : areas)
        QVERIFY(psnr(expected.view().part(area), model.screen().view().part(area)) > 33);
}

void TestRemoteFxFreeRdp::survivesNoise()
{
    // The most that the entropy coder can meet: full contrast in every pixel.
    Picture checks(256, 128);
    for (int y = 0; y < checks.height(); ++y)
        for (int x = 0; x < checks.width(); ++x)
            checks.row(y)[x] = (x / 2 + y) % 2 == 0 ? 0xFF00FF : 0x00FF00;
    const std::array<Picture, 2> hard{pictures::noise(256, 128, 7), checks};
    for (const Picture& picture : hard) {
        ScreenModel model;
        std::size_t size = 0;
        QCOMPARE(show(picture, tilesOf(picture), 0, model, &size), QString());
        QVERIFY(size < 256 * 128 * 4);
        QVERIFY(psnr(picture.view(), model.screen().view()) > 20);
    }
}

void TestRemoteFxFreeRdp::coarserLevelsAreSmaller()
{
    const Picture photo = pictures::photo(320, 192, 3);
    std::size_t before = SIZE_MAX;
    for (int level = 0; level < 3; ++level) {
        ScreenModel model;
        std::size_t size = 0;
        QCOMPARE(show(photo, tilesOf(photo), level, model, &size), QString());
        QVERIFY(size < before);
        QVERIFY(psnr(photo.view(), model.screen().view()) > 28);
        before = size;
    }
}

QTEST_GUILESS_MAIN(TestRemoteFxFreeRdp)
#include "tst_remotefx_freerdp.moc"
