#include "ui/window_placement.h"

#include <QTest>

using namespace sightline;

class TestWindowPlacement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void place_data();
    void place();
};

void TestWindowPlacement::place_data()
{
    QTest::addColumn<QRect>("screen");
    QTest::addColumn<QMargins>("frame");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<ViewScale>("scale");
    QTest::addColumn<QPoint>("current");
    QTest::addColumn<QRect>("expected");
    const QRect large(0, 0, 2048, 1200);
    const QMargins none;
    const QMargins frame(4, 28, 4, 4);
    const QSize hd(1920, 1080);
    const auto fit = ViewScale::Fit;
    const auto exact = ViewScale::OneToOne;
    QTest::newRow("just fits, in the corner")
        << large << none << hd << exact << QPoint(64, 70) << QRect(0, 0, 1920, 1130);
    QTest::newRow("just fits, framed")
        << large << frame << hd << fit << QPoint(64, 70) << QRect(4, 28, 1920, 1130);
    QTest::newRow("small, stays") << large << none << QSize(640, 480) << fit << QPoint(300, 200)
                                  << QRect(300, 200, 640, 530);
    QTest::newRow("small, pulled in")
        << large << none << QSize(640, 480) << fit << QPoint(1900, -50) << QRect(1408, 0, 640, 530);
    QTest::newRow("too large, 1:1") << QRect(0, 0, 1366, 768) << none << hd << exact << QPoint(10, 10)
                                    << QRect(0, 0, 1366, 768);
    QTest::newRow("too large, fit keeps the shape")
        << QRect(0, 0, 1366, 768) << none << hd << fit << QPoint(10, 10) << QRect(0, 0, 1276, 768);
    QTest::newRow("second screen") << QRect(2048, 100, 2048, 1200) << none << hd << fit << QPoint(2100, 150)
                                   << QRect(2048, 100, 1920, 1130);
}

void TestWindowPlacement::place()
{
    QFETCH(const QRect, screen);
    QFETCH(const QMargins, frame);
    QFETCH(const QSize, picture);
    QFETCH(const ViewScale, scale);
    QFETCH(const QPoint, current);
    const WindowRoom room{.screen = screen, .frame = frame, .chrome = QSize(0, 50)};
    QTEST(placedWindow(room, picture, scale, current), "expected");
}

QTEST_APPLESS_MAIN(TestWindowPlacement)
#include "tst_window_placement.moc"
