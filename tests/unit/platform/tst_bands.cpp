#include "platform/linux/x11/bands.h"
#include "platform/linux/x11/x11_cursor.h"

#include <QTest>

using namespace sightline;

class TestBands : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bands_data();
    void bands();
    void straightAlpha_data();
    void straightAlpha();
};

void TestBands::bands_data()
{
    QTest::addColumn<Rects>("rects");
    QTest::addColumn<Rects>("expected");
    QTest::newRow("nothing") << Rects{} << Rects{};
    QTest::newRow("as wide as the area") << Rects{{150, 60, 5, 7}} << Rects{{100, 60, 200, 7}};
    QTest::newRow("outside") << Rects{{0, 0, 100, 50}, {300, 60, 9, 9}} << Rects{};
    QTest::newRow("cut at the edges")
        << Rects{{90, 40, 20, 20}, {290, 140, 20, 20}} << Rects{{100, 50, 200, 10}, {100, 140, 200, 10}};
    QTest::newRow("close ones become one")
        << Rects{{100, 60, 1, 10}, {200, 79, 1, 10}} << Rects{{100, 60, 200, 29}};
    QTest::newRow("far ones stay two")
        << Rects{{100, 60, 1, 10}, {200, 80, 1, 10}} << Rects{{100, 60, 200, 10}, {100, 80, 200, 10}};
    QTest::newRow("in any order") << Rects{{100, 120, 1, 5}, {100, 60, 1, 5}}
                                  << Rects{{100, 60, 200, 5}, {100, 120, 200, 5}};
    QTest::newRow("one inside another")
        << Rects{{100, 60, 1, 50}, {100, 70, 1, 5}, {100, 112, 1, 1}} << Rects{{100, 60, 200, 53}};
}

void TestBands::bands()
{
    QFETCH(Rects, rects);
    QFETCH(Rects, expected);
    QCOMPARE(bandsOf(rects, {100, 50, 200, 100}, 10), expected);
}

void TestBands::straightAlpha_data()
{
    QTest::addColumn<quint32>("premultiplied");
    QTest::addColumn<quint32>("straight");
    QTest::newRow("opaque") << 0xff123456U << 0xff123456U;
    QTest::newRow("invisible") << 0x00000000U << 0x00000000U;
    QTest::newRow("invisible with a colour") << 0x00ffffffU << 0x00000000U;
    QTest::newRow("half white") << 0x80808080U << 0x80ffffffU;
    QTest::newRow("half red") << 0x80400000U << 0x80800000U; // 0x40 * 255 / 0x80 is 127.5
    QTest::newRow("brighter than its alpha") << 0x10ff0000U << 0x10ff0000U;
}

void TestBands::straightAlpha()
{
    QFETCH(quint32, premultiplied);
    QFETCH(quint32, straight);
    QCOMPARE(withStraightAlpha(premultiplied), straight);
}

QTEST_APPLESS_MAIN(TestBands)
#include "tst_bands.moc"
