#include "ui/remote_view.h"

#include "ui/shrink.h"

#include <QPaintEvent>
#include <QScrollBar>
#include <QTest>

#include <memory>
#include <random>
#include <thread>

using namespace sightline;

namespace {

Picture noise(int width, int height, unsigned seed)
{
    std::mt19937 random(seed);
    Picture picture(width, height);
    for (int y = 0; y < height; ++y)
        std::generate_n(
            picture.row(y), width, [&] { return static_cast<std::uint32_t>(random()) & kColorMask; });
    return picture;
}

QImage imageOf(const Picture& picture)
{
    QImage image(picture.width(), picture.height(), QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            image.setPixelColor(x, y, QColor::fromRgb(picture.row(y)[x] | 0xFF000000u));
    }
    return image;
}

// What is in the window's backing store, in the format that is compared.
QImage shown(RemoteView& view)
{
    return view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
}

/// Remembers what the pane was asked to paint.
class PaintSpy : public QObject {
public:
    explicit PaintSpy(QWidget* pane)
        : m_pane(pane)
    {
        pane->installEventFilter(this);
    }
    bool eventFilter(QObject* object, QEvent* event) override
    {
        if (object == m_pane && event->type() == QEvent::Paint) {
            painted += static_cast<QPaintEvent*>(event)->region();
            ++count;
        }
        return false;
    }
    void reset()
    {
        painted = {};
        count = 0;
    }

    QRegion painted;
    int count = 0;

private:
    QWidget* m_pane;
};

struct Pane {
    explicit Pane(const Picture& picture, QSize size = {}, ViewScale scale = ViewScale::OneToOne)
    {
        screen.resize({picture.width(), picture.height()});
        screen.paint(picture.view(), {picture.rect()});
        view = std::make_unique<RemoteView>(screen);
        view->setScale(scale);
        view->resize(size.isValid() ? size : QSize(picture.width(), picture.height()));
        view->show();
        isShown = QTest::qWaitForWindowExposed(view.get());
        QCoreApplication::processEvents();
        spy = std::make_unique<PaintSpy>(view->viewport());
    }

    RemoteScreen screen;
    std::unique_ptr<RemoteView> view;
    std::unique_ptr<PaintSpy> spy;
    bool isShown = false;
};

CursorShape redSquare(int side)
{
    CursorShape shape;
    shape.size = {side, side};
    shape.hotSpot = {1, 2};
    shape.pixels.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0xFFFF0000u);
    return shape;
}

} // namespace

class TestRemoteView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exactPixels_data();
    void exactPixels();
    void paintsOnlyWhatChanged();
    void newestPictureWins();
    void shrunkPixels();
    void shrunkPartEqualsWhole();
    void enlargedPartEqualsWhole();
    void scrolls();
    void noBarsWhenItJustFits();
    void cursorShownMovedAndErased();
    void cursorIsScaled();
    void badCursorIsNotShown();
    void dimmed();
    void newSize();
    void painterOnAnotherThread();
};

void TestRemoteView::exactPixels_data()
{
    QTest::addColumn<QSize>("remote");
    QTest::addColumn<ViewScale>("scale");
    for (const QSize size : {QSize(64, 48), QSize(201, 133), QSize(1, 1), QSize(333, 64)}) {
        const QByteArray name = QByteArray::number(size.width()) + 'x' + QByteArray::number(size.height());
        QTest::newRow(name + " 1:1") << size << ViewScale::OneToOne;
        QTest::newRow(name + " fit") << size << ViewScale::Fit;
    }
}

void TestRemoteView::exactPixels()
{
    QFETCH(const QSize, remote);
    QFETCH(const ViewScale, scale);
    const Picture picture = noise(remote.width(), remote.height(), 1);
    RemoteScreen screen;
    screen.resize({remote.width(), remote.height()});
    screen.paint(picture.view(), {picture.rect()});
    RemoteView view(screen);
    view.setScale(scale);
    view.resize(view.exactSize());
    QCOMPARE(view.exactSize(), remote);
    QImage rendered(remote, QImage::Format_RGB32);
    rendered.fill(Qt::green);
    view.render(&rendered);
    QCOMPARE(rendered, imageOf(picture));
}

void TestRemoteView::paintsOnlyWhatChanged()
{
    const Picture before = noise(320, 240, 1);
    const Picture after = noise(320, 240, 2);
    Pane pane(before);
    QVERIFY(pane.isShown);
    pane.screen.paint(after.view(), {{10, 20, 30, 40}, {200, 100, 7, 5}});
    QCoreApplication::processEvents();
    QCOMPARE(pane.spy->count, 1);
    QCOMPARE(pane.spy->painted, QRegion(10, 20, 30, 40) + QRegion(200, 100, 7, 5));
    QImage expected = imageOf(before);
    const QImage changed = imageOf(after);
    for (const QRect& rect : pane.spy->painted) {
        for (int y = rect.top(); y <= rect.bottom(); ++y) {
            for (int x = rect.left(); x <= rect.right(); ++x)
                expected.setPixelColor(x, y, changed.pixelColor(x, y));
        }
    }
    QCOMPARE(shown(*pane.view), expected);
}

void TestRemoteView::newestPictureWins()
{
    Pane pane(noise(100, 80, 1));
    QVERIFY(pane.isShown);
    for (unsigned seed = 2; seed < 10; ++seed)
        pane.screen.paint(noise(100, 80, seed).view(), {{0, 0, 100, 80}});
    QCoreApplication::processEvents();
    QCOMPARE(pane.spy->count, 1);
    QCOMPARE(shown(*pane.view), imageOf(noise(100, 80, 9)));
}

void TestRemoteView::shrunkPixels()
{
    const Picture picture = noise(320, 240, 3);
    Pane pane(picture, {240, 160}, ViewScale::Fit);
    QVERIFY(pane.isShown);
    QVERIFY((pane.view->geometryOfPicture().target() == Rect{13, 0, 213, 160}));
    const QImage image = shown(*pane.view);
    QCOMPARE(image.copy(13, 0, 213, 160), imageOf(shrunk(picture.view(), {213, 160}, {0, 0, 213, 160})));
    QCOMPARE(image.pixelColor(12, 80), QColor(Qt::black));
    QCOMPARE(image.pixelColor(226, 80), QColor(Qt::black));
}

void TestRemoteView::shrunkPartEqualsWhole()
{
    Pane pane(noise(320, 240, 3), {199, 171}, ViewScale::Fit);
    QVERIFY(pane.isShown);
    const Picture after = noise(320, 240, 4);
    for (int y = 0; y < 240; y += 48) {
        for (int x = 0; x < 320; x += 64) {
            pane.screen.paint(after.view(), {{x, y, 64, 48}});
            QCoreApplication::processEvents();
        }
    }
    QCOMPARE(pane.spy->count, 25);
    Pane whole(after, {199, 171}, ViewScale::Fit);
    QCOMPARE(shown(*pane.view), shown(*whole.view));
}

void TestRemoteView::enlargedPartEqualsWhole()
{
    Pane pane(noise(80, 60, 5), {300, 225}, ViewScale::Fit);
    QVERIFY(pane.isShown);
    const Picture after = noise(80, 60, 6);
    for (int y = 0; y < 60; y += 15) {
        pane.screen.paint(after.view(), {{0, y, 80, 15}});
        QCoreApplication::processEvents();
    }
    Pane whole(after, {300, 225}, ViewScale::Fit);
    QCOMPARE(shown(*pane.view), shown(*whole.view));
}

void TestRemoteView::scrolls()
{
    const Picture picture = noise(320, 240, 7);
    Pane pane(picture, {150, 120});
    QVERIFY(pane.isShown);
    const QSize visible = pane.view->viewport()->size();
    pane.view->horizontalScrollBar()->setValue(33);
    pane.view->verticalScrollBar()->setValue(pane.view->verticalScrollBar()->maximum());
    QCoreApplication::processEvents();
    QCOMPARE(pane.view->horizontalScrollBar()->maximum(), 320 - visible.width());
    const QRect part(QPoint(33, 240 - visible.height()), visible);
    QCOMPARE(shown(*pane.view), imageOf(picture).copy(part));

    pane.spy->reset();
    pane.screen.paint(picture.view(), {{0, 0, 10, 10}}); // scrolled out of sight
    QCoreApplication::processEvents();
    QCOMPARE(pane.spy->count, 0);
}

void TestRemoteView::noBarsWhenItJustFits()
{
    Pane pane(noise(320, 240, 7), {150, 120});
    QVERIFY(pane.isShown);
    QVERIFY(pane.view->horizontalScrollBar()->maximum() > 0);
    pane.view->resize(320, 240);
    QCoreApplication::processEvents();
    QCOMPARE(pane.view->horizontalScrollBar()->maximum(), 0);
    QCOMPARE(pane.view->verticalScrollBar()->maximum(), 0);
    QCOMPARE(pane.view->viewport()->size(), QSize(320, 240));
}

void TestRemoteView::cursorShownMovedAndErased()
{
    const Picture picture = noise(320, 240, 8);
    Pane pane(picture);
    QVERIFY(pane.isShown);
    const QImage plain = imageOf(picture);
    pane.screen.setCursorPosition({100, 50});
    pane.screen.setCursorShape(redSquare(8));
    QCoreApplication::processEvents();
    QCOMPARE(pane.spy->painted, QRegion(99, 48, 8, 8));
    QImage expected = plain;
    for (int y = 48; y < 56; ++y) {
        for (int x = 99; x < 107; ++x)
            expected.setPixelColor(x, y, Qt::red);
    }
    QCOMPARE(shown(*pane.view), expected);

    pane.spy->reset();
    pane.screen.setCursorPosition({200, 150});
    QCoreApplication::processEvents();
    QCOMPARE(pane.spy->painted, QRegion(99, 48, 8, 8) + QRegion(199, 148, 8, 8));
    QCOMPARE(shown(*pane.view).pixelColor(100, 50), plain.pixelColor(100, 50));
    QCOMPARE(shown(*pane.view).pixelColor(200, 150), QColor(Qt::red));

    // The picture under the pointer changes: the pointer stays on top.
    pane.screen.paint(picture.view(), {picture.rect()});
    QCoreApplication::processEvents();
    QCOMPARE(shown(*pane.view).pixelColor(200, 150), QColor(Qt::red));

    pane.screen.setCursorShape({});
    QCoreApplication::processEvents();
    QCOMPARE(shown(*pane.view), plain);
}

void TestRemoteView::cursorIsScaled()
{
    Pane pane(Picture(320, 240), {160, 120}, ViewScale::Fit);
    QVERIFY(pane.isShown);
    pane.screen.setCursorShape(redSquare(8));
    pane.screen.setCursorPosition({101, 52});
    QCoreApplication::processEvents();
    const QImage image = shown(*pane.view);
    QCOMPARE(image.pixelColor(51, 26), QColor(Qt::red));
    QCOMPARE(image.pixelColor(53, 28), QColor(Qt::red));
    QCOMPARE(image.pixelColor(55, 30), QColor(Qt::black));
}

void TestRemoteView::badCursorIsNotShown()
{
    const Picture picture = noise(64, 64, 9);
    Pane pane(picture);
    CursorShape shape = redSquare(8);
    shape.pixels.resize(10);
    pane.screen.setCursorShape(shape);
    pane.screen.setCursorPosition({20, 20});
    QCoreApplication::processEvents();
    QCOMPARE(shown(*pane.view), imageOf(picture));
}

void TestRemoteView::dimmed()
{
    Pane pane(Picture(64, 64, 0xFFFFFF));
    QCOMPARE(shown(*pane.view).pixelColor(5, 5), QColor(Qt::white));
    pane.view->setDimmed(true);
    QCoreApplication::processEvents();
    QVERIFY(shown(*pane.view).pixelColor(5, 5).lightness() < 160);
    pane.view->setDimmed(false);
    QCoreApplication::processEvents();
    QCOMPARE(shown(*pane.view).pixelColor(5, 5), QColor(Qt::white));
}

void TestRemoteView::newSize()
{
    Pane pane(noise(320, 240, 10));
    QVERIFY(pane.isShown);
    int announced = 0;
    connect(pane.view.get(), &RemoteView::remoteResized, this, [&announced] { ++announced; });
    const Picture other = noise(200, 101, 11);
    pane.screen.resize({200, 101});
    pane.screen.paint(other.view(), {other.rect()});
    QCoreApplication::processEvents();
    QCOMPARE(announced, 1);
    QCOMPARE(pane.view->exactSize(), QSize(200, 101));
    const QImage image = shown(*pane.view);
    QCOMPARE(image.copy(60, 69, 200, 101), imageOf(other));
    QCOMPARE(image.pixelColor(59, 100), QColor(Qt::black));
}

void TestRemoteView::painterOnAnotherThread()
{
    Pane pane(noise(320, 240, 12));
    QVERIFY(pane.isShown);
    const Picture last = noise(320, 240, 13);
    std::jthread painter([&pane, &last] {
        for (int i = 0; i < 200; ++i) {
            const Picture& next = last;
            pane.screen.paint(next.view(), {{i, i, 100, 10}});
            pane.screen.setCursorPosition({i, i});
        }
        pane.screen.paint(last.view(), {last.rect()});
    });
    const QImage expected = imageOf(last);
    QTRY_COMPARE_WITH_TIMEOUT(shown(*pane.view), expected, 5000);
}


QTEST_MAIN(TestRemoteView)
#include "tst_remote_view.moc"
