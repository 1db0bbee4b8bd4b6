#include "ui/view_geometry.h"

#include <QTest>

using namespace sightline;

class TestViewGeometry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void target_data();
    void target();
    void toPane_data();
    void toPane();
    void partsCoverTheWhole();
    void scrollRange();
    void oneMonitor_data();
    void oneMonitor();
};

Q_DECLARE_METATYPE(sightline::Rect)
Q_DECLARE_METATYPE(sightline::Size)
Q_DECLARE_METATYPE(sightline::Point)
Q_DECLARE_METATYPE(sightline::ViewScale)

void TestViewGeometry::target_data()
{
    QTest::addColumn<Size>("remote");
    QTest::addColumn<Size>("pane");
    QTest::addColumn<ViewScale>("scale");
    QTest::addColumn<Point>("scroll");
    QTest::addColumn<Rect>("expected");
    QTest::addColumn<bool>("isExact");
    const auto fit = ViewScale::Fit;
    const auto exact = ViewScale::OneToOne;
    const Size hd{1920, 1080};
    QTest::newRow("nothing yet") << Size{} << Size{800, 600} << fit << Point{} << Rect{} << true;
    QTest::newRow("same size") << hd << hd << fit << Point{} << Rect{0, 0, 1920, 1080} << true;
    QTest::newRow("half") << hd << Size{960, 540} << fit << Point{} << Rect{0, 0, 960, 540} << false;
    QTest::newRow("bars left and right")
        << hd << Size{1000, 540} << fit << Point{} << Rect{20, 0, 960, 540} << false;
    QTest::newRow("bars above and below")
        << hd << Size{960, 600} << fit << Point{} << Rect{0, 30, 960, 540} << false;
    QTest::newRow("enlarged") << Size{640, 480} << Size{1280, 960} << fit << Point{} << Rect{0, 0, 1280, 960}
                              << false;
    QTest::newRow("pane rounded up") << hd << Size{1921, 1081} << fit << Point{} << Rect{0, 0, 1920, 1080}
                                     << true;
    QTest::newRow("a line") << Size{4000, 1} << Size{100, 100} << fit << Point{} << Rect{0, 49, 100, 1}
                            << false;
    QTest::newRow("largest there is") << Size{65535, 65535} << Size{65535, 32767} << fit << Point{}
                                      << Rect{16384, 0, 32767, 32767} << false;
    QTest::newRow("1:1, room") << Size{801, 601} << Size{1000, 700} << exact << Point{}
                               << Rect{99, 49, 801, 601} << true;
    QTest::newRow("1:1, scrolled") << hd << Size{800, 600} << exact << Point{100, 40}
                                   << Rect{-100, -40, 1920, 1080} << true;
    QTest::newRow("1:1, scrolled one way")
        << hd << Size{800, 1200} << exact << Point{100, 0} << Rect{-100, 60, 1920, 1080} << true;
}

void TestViewGeometry::target()
{
    QFETCH(const Size, remote);
    QFETCH(const Size, pane);
    QFETCH(const ViewScale, scale);
    QFETCH(const Point, scroll);
    QFETCH(const Rect, expected);
    const ViewGeometry geometry{remote, pane, scale, scroll};
    const Rect target = geometry.target();
    QVERIFY2(target == expected,
        qPrintable(
            QStringLiteral("%1,%2 %3x%4").arg(target.x).arg(target.y).arg(target.width).arg(target.height)));
    if (!remote.isEmpty())
        QTEST(geometry.isExact(), "isExact");
}

void TestViewGeometry::toPane_data()
{
    QTest::addColumn<Size>("pane");
    QTest::addColumn<ViewScale>("scale");
    QTest::addColumn<Rect>("part");
    QTest::addColumn<Rect>("expected");
    const Size exact{300, 200};
    QTest::newRow("1:1") << exact << ViewScale::OneToOne << Rect{7, 9, 3, 2} << Rect{7, 9, 3, 2};
    QTest::newRow("1:1 in the middle")
        << Size{400, 300} << ViewScale::OneToOne << Rect{7, 9, 3, 2} << Rect{57, 59, 3, 2};
    QTest::newRow("shrunk, aligned") << Size{150, 100} << ViewScale::Fit << Rect{2, 4, 4, 2}
                                     << Rect{1, 2, 2, 1};
    QTest::newRow("shrunk, across pixels")
        << Size{150, 100} << ViewScale::Fit << Rect{1, 1, 2, 2} << Rect{0, 0, 2, 2};
    QTest::newRow("enlarged, with neighbours")
        << Size{600, 400} << ViewScale::Fit << Rect{10, 10, 1, 1} << Rect{18, 18, 6, 6};
    QTest::newRow("nothing") << exact << ViewScale::Fit << Rect{} << Rect{};
}

void TestViewGeometry::toPane()
{
    QFETCH(const Size, pane);
    QFETCH(const ViewScale, scale);
    QFETCH(const Rect, part);
    QFETCH(const Rect, expected);
    const Rect found = ViewGeometry{{300, 200}, pane, scale, {}}.toPane(part);
    QVERIFY2(found == expected,
        qPrintable(
            QStringLiteral("%1,%2 %3x%4").arg(found.x).arg(found.y).arg(found.width).arg(found.height)));
}

void TestViewGeometry::partsCoverTheWhole()
{
    // Whatever the ratio, no pane pixel may be left out between neighbouring parts.
    for (int width = 37; width < 400; width += 11) {
        const ViewGeometry geometry{{211, 157}, {width, 1000}, ViewScale::Fit, {}};
        const Rect target = geometry.target();
        int covered = target.x;
        for (int x = 0; x < 211; x += 10) {
            const Rect column = geometry.toPane({x, 0, std::min(10, 211 - x), 157});
            QVERIFY(column.x <= covered);
            covered = column.right();
        }
        QVERIFY(covered >= target.right());
    }
}

void TestViewGeometry::scrollRange()
{
    const ViewGeometry geometry{{300, 200}, {100, 250}, ViewScale::OneToOne, {}};
    QVERIFY((geometry.scrollRange() == Point{200, 0}));
    ViewGeometry fitted = geometry;
    fitted.scale = ViewScale::Fit;
    QVERIFY(fitted.scrollRange() == Point{});
}

void TestViewGeometry::oneMonitor_data()
{
    QTest::addColumn<Size>("pane");
    QTest::addColumn<ViewScale>("scale");
    QTest::addColumn<Point>("scroll");
    const auto fit = ViewScale::Fit;
    const auto exact = ViewScale::OneToOne;
    QTest::newRow("its own size") << Size{280, 160} << fit << Point{};
    QTest::newRow("half") << Size{140, 80} << fit << Point{};
    QTest::newRow("odd") << Size{211, 97} << fit << Point{};
    QTest::newRow("enlarged") << Size{700, 400} << fit << Point{};
    QTest::newRow("1:1, room") << Size{401, 300} << exact << Point{};
    QTest::newRow("1:1, scrolled") << Size{100, 90} << exact << Point{77, 31};
}

// Of 600x300 the one at 320,40: as if there were nothing else.
void TestViewGeometry::oneMonitor()
{
    QFETCH(const Size, pane);
    QFETCH(const ViewScale, scale);
    QFETCH(const Point, scroll);
    const Rect monitor{320, 40, 280, 160};
    const ViewGeometry alone{{monitor.width, monitor.height}, pane, scale, scroll};
    const ViewGeometry part{{600, 300}, pane, scale, scroll, monitor};
    QVERIFY(part.shown() == monitor);
    QVERIFY(part.target() == alone.target());
    QCOMPARE(part.isExact(), alone.isExact());
    QVERIFY(part.scrollRange() == alone.scrollRange());
    for (int y = -3; y < pane.height + 3; ++y) {
        for (int x = -3; x < pane.width + 3; ++x) {
            const Point there = alone.toRemote({x, y});
            QVERIFY((part.toRemote({x, y}) == Point{there.x + monitor.x, there.y + monitor.y}));
        }
    }
    const Rect inside{10, 20, 30, 40};
    QVERIFY((part.toPane({inside.x + monitor.x, inside.y + monitor.y, 30, 40}) == alone.toPane(inside)));
    QVERIFY(part.toPane({0, 0, 320, 300}).isEmpty());
    QVERIFY((part.toPane({300, 40, 30, 160}) == alone.toPane({0, 0, 10, 160})));
    // A layout in which there is no such place any more.
    QVERIFY((ViewGeometry{{300, 300}, pane, scale, scroll, monitor}.target().isEmpty()));
}

QTEST_APPLESS_MAIN(TestViewGeometry)
#include "tst_view_geometry.moc"
