#include "ui/shrink.h"

#include <QTest>

#include <random>

using namespace sightline;

class TestShrink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainStaysPlain_data();
    void plainStaysPlain();
    void meanOfFour();
    void closeToExactMean();
    void partsEqualWhole();
    void badArguments();
};

namespace {

Picture noise(int width, int height)
{
    std::mt19937 random(7);
    Picture picture(width, height);
    for (int y = 0; y < height; ++y)
        std::generate_n(picture.row(y), width, [&] { return static_cast<std::uint32_t>(random()); });
    return picture;
}

double exactMean(const Picture& picture, double left, double top, double right, double bottom, int shift)
{
    double sum = 0;
    for (int y = static_cast<int>(top); y < bottom && y < picture.height(); ++y) {
        const double down = std::min<double>(bottom, y + 1) - std::max<double>(top, y);
        for (int x = static_cast<int>(left); x < right && x < picture.width(); ++x) {
            const double across = std::min<double>(right, x + 1) - std::max<double>(left, x);
            sum += down * across * (picture.row(y)[x] >> shift & 0xFF);
        }
    }
    return sum / ((right - left) * (bottom - top));
}

} // namespace

void TestShrink::plainStaysPlain_data()
{
    QTest::addColumn<quint32>("color");
    QTest::newRow("black") << 0x00000000u;
    QTest::newRow("white") << 0x00FFFFFFu;
    QTest::newRow("one") << 0x00010203u;
    QTest::newRow("odd") << 0xAB7F80FEu;
}

void TestShrink::plainStaysPlain()
{
    QFETCH(const quint32, color);
    const Picture picture(97, 61, color);
    for (int width = 1; width <= 97; width += 5) {
        const Picture small = shrunk(picture.view(), {width, 43}, {0, 0, width, 43});
        QCOMPARE(small.width(), width);
        for (int y = 0; y < 43; ++y) {
            for (int x = 0; x < width; ++x)
                QCOMPARE(small.row(y)[x], color | 0xFF000000u);
        }
    }
}

void TestShrink::meanOfFour()
{
    Picture picture(2, 2);
    picture.row(0)[0] = 0x00FF0010;
    picture.row(0)[1] = 0x0000FF20;
    picture.row(1)[0] = 0x00000030;
    picture.row(1)[1] = 0x00000040;
    const Picture small = shrunk(picture.view(), {1, 1}, {0, 0, 1, 1});
    QCOMPARE(small.row(0)[0], 0xFF404028u);
}

void TestShrink::closeToExactMean()
{
    const Picture picture = noise(193, 109);
    const Size size{127, 80};
    const Picture small = shrunk(picture.view(), size, {0, 0, size.width, size.height});
    const double ratioX = 193.0 / size.width;
    const double ratioY = 109.0 / size.height;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            for (const int shift : {0, 8, 16}) {
                const double mean
                    = exactMean(picture, x * ratioX, y * ratioY, (x + 1) * ratioX, (y + 1) * ratioY, shift);
                const int made = static_cast<int>(small.row(y)[x] >> shift & 0xFF);
                QVERIFY2(std::abs(mean - made) < 3.0,
                    qPrintable(QStringLiteral("%1,%2: %3 for %4").arg(x).arg(y).arg(made).arg(mean)));
            }
        }
    }
}

void TestShrink::partsEqualWhole()
{
    const Picture picture = noise(301, 203);
    const Size size{200, 131};
    const Picture whole = shrunk(picture.view(), size, {0, 0, size.width, size.height});
    for (const Rect& part :
        {Rect{0, 0, 1, 1}, Rect{199, 130, 1, 1}, Rect{13, 17, 50, 60}, Rect{0, 100, 200, 31}}) {
        const Picture made = shrunk(picture.view(), size, part);
        for (int y = 0; y < part.height; ++y)
            QVERIFY(std::equal(made.row(y), made.row(y) + part.width, whole.row(part.y + y) + part.x));
    }
}

void TestShrink::badArguments()
{
    const Picture picture(10, 10);
    QVERIFY(shrunk(picture.view(), {11, 10}, {0, 0, 1, 1}).isEmpty());
    QVERIFY(shrunk(picture.view(), {5, 5}, {4, 4, 2, 1}).isEmpty());
    QVERIFY(shrunk(picture.view(), {5, 5}, {}).isEmpty());
    QVERIFY(shrunk({}, {5, 5}, {0, 0, 5, 5}).isEmpty());
}

QTEST_APPLESS_MAIN(TestShrink)
#include "tst_shrink.moc"
