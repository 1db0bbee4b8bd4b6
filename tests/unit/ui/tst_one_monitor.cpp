#include "ui/remote_view.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QTest>

#include <random>

using namespace sightline;

// A pane that shows one of several remote monitors: as if there were nothing else.

namespace {

const Rect kMonitor{120, 20, 90, 70}; // of 220x100

Picture noise(Size size)
{
    std::mt19937 random(9);
    Picture picture(size.width, size.height);
    for (int y = 0; y < size.height; ++y)
        std::generate_n(
            picture.row(y), size.width, [&] { return static_cast<std::uint32_t>(random()) & kColorMask; });
    return picture;
}

struct Pane {
    Pane(const Picture& picture, QSize size, ViewScale scale = ViewScale::Fit)
        : view(screen)
    {
        screen.resize({picture.width(), picture.height()});
        screen.paint(picture.view(), {picture.rect()});
        view.setScale(scale);
        view.resize(size);
        view.show();
        isShown = QTest::qWaitForWindowExposed(&view);
        QCoreApplication::processEvents();
    }
    QImage image() { return view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32); }

    RemoteScreen screen;
    RemoteView view;
    bool isShown = false;
};

class PaintCounter : public QObject {
public:
    explicit PaintCounter(QWidget& pane) { pane.installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int count = 0;
};

} // namespace

class TestOneMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pixels_data();
    void pixels();
    void cursor();
    void positions_data();
    void positions();
};

void TestOneMonitor::pixels_data()
{
    QTest::addColumn<QSize>("pane");
    QTest::newRow("exact") << QSize(90, 70);
    QTest::newRow("shrunk") << QSize(45, 35);
    QTest::newRow("enlarged") << QSize(270, 210);
    QTest::newRow("room beside it") << QSize(200, 70);
}

void TestOneMonitor::pixels()
{
    QFETCH(const QSize, pane);
    const Picture picture = noise({220, 100});
    Picture alone(kMonitor.width, kMonitor.height);
    for (int y = 0; y < kMonitor.height; ++y)
        std::copy_n(picture.row(kMonitor.y + y) + kMonitor.x, kMonitor.width, alone.row(y));
    Pane all(picture, pane);
    Pane one(alone, pane);
    QVERIFY(all.isShown && one.isShown);
    all.view.setPart(kMonitor);
    QCOMPARE(all.view.exactSize(), QSize(90, 70));
    QCOMPARE(all.image(), one.image());
    // What changes elsewhere costs nothing here.
    QCoreApplication::processEvents();
    PaintCounter paints(*all.view.viewport());
    all.screen.paint(picture.view(), {{0, 0, 100, 100}});
    QCoreApplication::processEvents();
    QCOMPARE(paints.count, 0);
    all.view.setPart({});
    QCOMPARE(all.view.exactSize(), QSize(220, 100));
    QVERIFY(all.image() != one.image());
}

void TestOneMonitor::cursor()
{
    Pane pane(Picture(220, 100), QSize(90, 70));
    QVERIFY(pane.isShown);
    CursorShape shape;
    shape.size = {8, 8};
    shape.hotSpot = {1, 2};
    shape.pixels.assign(64, 0xFFFF0000u);
    pane.screen.setCursorShape(shape);
    pane.screen.setCursorPosition({131, 42});
    QCoreApplication::processEvents();
    pane.view.setPart(kMonitor);
    QCOMPARE(pane.image().pixelColor(10, 20), QColor(Qt::red));
    QCOMPARE(pane.image().pixelColor(17, 27), QColor(Qt::red));
    QCOMPARE(pane.image().pixelColor(9, 20), QColor(Qt::black));
    pane.screen.setCursorPosition({60, 42}); // on another one
    QCoreApplication::processEvents();
    QCOMPARE(pane.image().pixelColor(10, 20), QColor(Qt::black));
}

void TestOneMonitor::positions_data()
{
    QTest::addColumn<QSize>("pane");
    QTest::addColumn<bool>("fit");
    QTest::addColumn<QPoint>("scroll");
    QTest::addColumn<QPoint>("at");
    QTest::addColumn<QPoint>("expected");
    const QSize exact(300, 200);
    QTest::newRow("first pixel") << exact << true << QPoint() << QPoint(0, 0) << QPoint(500, 40);
    QTest::newRow("last pixel") << exact << true << QPoint() << QPoint(299, 199) << QPoint(799, 239);
    QTest::newRow("a third") << QSize(100, 66) << true << QPoint() << QPoint(50, 33) << QPoint(653, 141);
    QTest::newRow("twice") << QSize(600, 400) << true << QPoint() << QPoint(599, 1) << QPoint(799, 40);
    QTest::newRow("1:1, scrolled") << QSize(200, 100) << false << QPoint(20, 30) << QPoint(5, 6)
                                   << QPoint(525, 76);
    QTest::newRow("1:1, room") << QSize(400, 300) << false << QPoint() << QPoint(50, 50) << QPoint(500, 40);
}

void TestOneMonitor::positions()
{
    QFETCH(QSize, pane);
    QFETCH(bool, fit);
    QFETCH(QPoint, scroll);
    QFETCH(QPoint, at);
    QFETCH(QPoint, expected);
    Pane shown(Picture(800, 300), pane, fit ? ViewScale::Fit : ViewScale::OneToOne);
    RemoteView& view = shown.view;
    view.setPart({500, 40, 300, 200});
    view.horizontalScrollBar()->setValue(scroll.x());
    view.verticalScrollBar()->setValue(scroll.y());
    std::vector<InputEvent> events;
    view.setInputSink([&events](const InputEvent& event) { events.push_back(event); });
    const auto mouse = [&view](QEvent::Type type, QPointF where, Qt::MouseButton button) {
        QMouseEvent event(
            type, where, view.viewport()->mapToGlobal(where), button, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &event);
        QCoreApplication::processEvents();
    };
    mouse(QEvent::MouseButtonPress, at, Qt::LeftButton);
    // Drawn out of the pane it stays on this monitor, which is all that one sees.
    mouse(QEvent::MouseMove, {-500, 9000}, Qt::NoButton);
    QCOMPARE(events,
        (std::vector<InputEvent>{
            PointerButton{MouseButton::Left, true, {expected.x(), expected.y()}}, PointerMove{{500, 239}}}));
}

QTEST_MAIN(TestOneMonitor)
#include "tst_one_monitor.moc"
