#include "core/graphics/planar_encoder.h"
#include "screen_model.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

using namespace sightline;

/// What the planar encoder makes, FreeRDP decodes to the very same pixels.
class TestPlanarFreeRdp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decodesExactly_data();
    void decodesExactly();
    void decodesRunsOfEveryLength();
    void isSmallForText();
    void neverExceedsPlainPixels();
};

namespace {

QString roundTrip(PlanarEncoder& encoder, const Picture& picture)
{
    ScreenModel model;
    model.accept(ResetGraphics{{picture.width(), picture.height()}});
    model.accept(CreateSurface{1, {picture.width(), picture.height()}});
    model.accept(StartFrame{1});
    const auto encoded = encoder.encode(picture.view());
    model.accept(TileData{
        1, TileCodec::Planar, picture.rect(), std::make_shared<const Bytes>(encoded.begin(), encoded.end())});
    model.accept(EndFrame{1});
    if (!model.fault().isEmpty())
        return model.fault();
    const long wrong = differingPixels(model.screen().view(), picture.view());
    return wrong == 0 ? QString() : QStringLiteral("%1 pixels are wrong").arg(wrong);
}

} // namespace

void TestPlanarFreeRdp::decodesExactly_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    const std::array<QSize, 10> sizes{
        QSize{1, 1}, {2, 1}, {1, 2}, {3, 3}, {7, 64}, {64, 5}, {64, 64}, {65, 33}, {300, 64}, {1920, 64}};
    for (const QSize& size : sizes)
        QTest::addRow("%dx%d", size.width(), size.height()) << size.width() << size.height();
}

void TestPlanarFreeRdp::decodesExactly()
{
    QFETCH(int, width);
    QFETCH(int, height);
    PlanarEncoder encoder;
    Picture text(width, height);
    pictures::text(text, text.rect(), 3, true);
    QCOMPARE(roundTrip(encoder, text), QString());
    QCOMPARE(roundTrip(encoder, pictures::photo(width, height, 5)), QString());
    QCOMPARE(roundTrip(encoder, pictures::noise(width, height, 6)), QString());
    QCOMPARE(roundTrip(encoder, Picture(width, height, 0)), QString());
    QCOMPARE(roundTrip(encoder, Picture(width, height, 0xFFFFFF)), QString());
    QCOMPARE(roundTrip(encoder, Picture(width, height, 0x8001FE)), QString());
}

void TestPlanarFreeRdp::decodesRunsOfEveryLength()
{
    PlanarEncoder encoder;
    pictures::Random random(11);
    // One row of `run` equal pixels after `raw` different ones, at the row's start, middle and end, on both
    // kinds of rows: the first holds values, the second differences.
    for (int raw = 0; raw <= 32; ++raw) {
        for (int run = 0; run <= 110; ++run) {
            Picture picture(std::max(1, 2 * raw + run), 2, 0x101010);
            for (int y = 0; y < 2; ++y) {
                for (int x = 0; x < raw; ++x)
                    picture.row(y)[x] = random.next() & kColorMask;
                for (int x = raw + run; x < picture.width(); ++x)
                    picture.row(y)[x] = random.next() & kColorMask;
            }
            const QString fault = roundTrip(encoder, picture);
            QVERIFY2(fault.isEmpty(),
                qPrintable(QStringLiteral("raw %1, run %2: %3").arg(raw).arg(run).arg(fault)));
        }
    }
}

void TestPlanarFreeRdp::isSmallForText()
{
    PlanarEncoder encoder;
    Picture page(640, 64);
    pictures::text(page, page.rect(), 3, false);
    QVERIFY(encoder.encode(page.view()).size() < 640 * 64 * 3 / 2);
    QVERIFY(encoder.encode(Picture(64, 64, 0x336699).view()).size() < 500);
}

void TestPlanarFreeRdp::neverExceedsPlainPixels()
{
    PlanarEncoder encoder;
    QCOMPARE(encoder.encode(pictures::noise(64, 64, 1).view()).size(), std::size_t{64 * 64 * 3 + 2});
    QVERIFY(encoder.encode(pictures::noise(1, 64, 1).view()).size() <= 64 * 3 + 2);
}

QTEST_GUILESS_MAIN(TestPlanarFreeRdp)
#include "tst_planar_freerdp.moc"
