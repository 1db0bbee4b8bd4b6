#include "rdp_pair.h"

#include <QTest>

#include <random>

using namespace sightline;

namespace {

CursorShape arrow(Size size, Point hotSpot)
{
    std::minstd_rand random(static_cast<unsigned>(size.width * 1000 + size.height));
    CursorShape shape{size, hotSpot, {}};
    for (int i = 0; i < size.width * size.height; ++i) {
        // Of each kind some: opaque, translucent, and fully transparent, whose colour does not travel.
        const auto color = static_cast<std::uint32_t>(random()) & kColorMask;
        shape.pixels.push_back(i % 3 == 0 ? 0 : color | (i % 3 == 1 ? 0xFF000000 : 0x80000000));
    }
    return shape;
}

} // namespace

class TestRdpPointer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shapesArriveExactly_data();
    void shapesArriveExactly();
    void hiddenPointerArrives();
    void positionsArrive_data();
    void positionsArrive();
    void waitsForConnection();
    void newestWins();
};

void TestRdpPointer::shapesArriveExactly_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("1x2") << 1 << 2;
    QTest::newRow("24x24") << 24 << 24;
    QTest::newRow("33x17") << 33 << 17;
    QTest::newRow("64x64") << 64 << 64;
    QTest::newRow("96x96") << 96 << 96;
    QTest::newRow("97x3") << 97 << 3;
    QTest::newRow("128x128") << 128 << 128;
    QTest::newRow("384x384") << 384 << 384;
}

void TestRdpPointer::shapesArriveExactly()
{
    QFETCH(int, width);
    QFETCH(int, height);
    RdpPair pair;
    QVERIFY(pair.waitReady());
    const CursorShape shape = arrow({width, height}, {width - 1, height / 2});
    pair.host->setCursorShape(shape);
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return !r.shapes.empty(); }));
    const CursorShape seen = pair.viewerReport.copy().shapes.front();
    QVERIFY(seen.size == shape.size);
    QVERIFY(seen.hotSpot == shape.hotSpot);
    QCOMPARE(seen.pixels, shape.pixels);
}

void TestRdpPointer::hiddenPointerArrives()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    pair.host->setCursorShape(arrow({8, 8}, {}));
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return r.shapes.size() == 1; }));
    pair.host->setCursorShape({});
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return r.shapes.size() == 2; }));
    QVERIFY(pair.viewerReport.copy().shapes.back() == CursorShape{});
}

void TestRdpPointer::positionsArrive_data()
{
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    QTest::addColumn<int>("seenX");
    QTest::addColumn<int>("seenY");
    QTest::newRow("inside") << 12 << 345 << 12 << 345;
    QTest::newRow("outside") << -5 << 70000 << 0 << 65535;
}

void TestRdpPointer::positionsArrive()
{
    QFETCH(int, x);
    QFETCH(int, y);
    QFETCH(int, seenX);
    QFETCH(int, seenY);
    RdpPair pair;
    QVERIFY(pair.waitReady());
    pair.host->setCursorPosition({x, y});
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) { return !r.positions.empty(); }));
    QVERIFY((pair.viewerReport.copy().positions.front() == Point{seenX, seenY}));
}

void TestRdpPointer::waitsForConnection()
{
    RdpPair pair;
    const CursorShape shape = arrow({16, 16}, {3, 4});
    pair.host->setCursorShape(shape);
    pair.host->setCursorPosition({7, 8});
    QVERIFY(pair.viewerReport.waitFor(
        [](const ViewerReport& r) { return !r.shapes.empty() && !r.positions.empty(); }));
    QVERIFY(pair.viewerReport.copy().shapes.front() == shape);
}

void TestRdpPointer::newestWins()
{
    RdpPair pair;
    QVERIFY(pair.waitReady());
    pair.viewerStream.setStalled(true);
    for (int i = 0; i <= 100000; ++i)
        pair.host->setCursorPosition({i % 1000, 5});
    pair.host->setCursorPosition({4321, 5});
    pair.viewerStream.setStalled(false);
    QVERIFY(pair.viewerReport.waitFor([](const ViewerReport& r) {
        return !r.positions.empty() && r.positions.back() == Point{4321, 5};
    }));
}

QTEST_GUILESS_MAIN(TestRdpPointer)
#include "tst_rdp_pointer.moc"
