#include "core/rdp/classic_picture.h"

#include <QTest>

using namespace sightline;

namespace {

Picture ramp(Size size)
{
    Picture picture(size.width, size.height);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x)
            picture.row(y)[x] = static_cast<std::uint32_t>(y * 1000 + x);
    }
    return picture;
}

} // namespace

class TestClassicPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysItsSizeFirst()
    {
        ClassicPicture picture;
        QVERIFY(picture.isEmpty());
        picture.resize({100, 70});
        QVERIFY(!picture.isEmpty());
        QCOMPARE(*picture.takeSize(), (Size{100, 70}));
        QVERIFY(picture.isEmpty());
    }

    void givesEveryPixelOnce()
    {
        const Size size{150, 130};
        const Picture expected = ramp(size);
        ClassicPicture picture;
        picture.resize(size);
        (void)picture.takeSize();
        picture.paint(expected.view(), {expected.rect()}, 5);
        Picture seen(size.width, size.height);
        int tiles = 0;
        while (const auto tile = picture.takeTile()) {
            QVERIFY(!picture.takeFrame() || picture.bytesWaiting() == 0);
            QCOMPARE(tile->stride % 4, 0);
            QCOMPARE(tile->pixels.size(), static_cast<std::size_t>(tile->stride * tile->rect.height));
            for (int y = 0; y < tile->rect.height; ++y) {
                for (int x = 0; x < tile->rect.width; ++x)
                    seen.row(tile->rect.y + y)[tile->rect.x + x]
                        = tile->pixels[static_cast<std::size_t>(y * tile->stride + x)];
            }
            ++tiles;
        }
        QCOMPARE(tiles, 9);
        for (int y = 0; y < size.height; ++y)
            QVERIFY(std::equal(seen.row(y), seen.row(y) + size.width, expected.row(y)));
    }

    void tellsTheNewestFrameWhenNothingIsLeft()
    {
        ClassicPicture picture;
        const Picture content = ramp({200, 64});
        picture.resize({200, 64});
        (void)picture.takeSize();
        picture.paint(content.view(), {{0, 0, 10, 10}}, 1);
        picture.paint(content.view(), {{5, 5, 10, 10}, {100, 0, 1, 1}}, 2);
        QVERIFY(!picture.takeFrame());
        QVERIFY(picture.takeTile());
        QVERIFY(!picture.takeFrame());
        QVERIFY(picture.takeTile());
        QVERIFY(!picture.takeTile());
        QCOMPARE(*picture.takeFrame(), 2U);
        QVERIFY(!picture.takeFrame());
    }

    void ignoresWhatIsOutside()
    {
        ClassicPicture picture;
        const Picture content = ramp({50, 50});
        picture.resize({50, 50});
        picture.paint(content.view(), {{-5, -5, 3, 3}, {60, 0, 10, 10}, {40, 40, 100, 100}}, 1);
        QCOMPARE(picture.takeTile()->rect, (Rect{0, 0, 50, 50}));
        QVERIFY(!picture.takeTile());
    }
};

QTEST_GUILESS_MAIN(TestClassicPicture)
#include "tst_classic_picture.moc"
