#include "platform/synthetic/pattern_capture.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace sightline;

namespace {

struct Fixture {
    std::shared_ptr<PatternScreen> screen = std::make_shared<PatternScreen>(Size{100, 80});
    PatternCapture capture{screen};

    ScreenEvents now() { return capture.waitForEvents(TimePoint{}).value(); }
};

bool isQuiet(const ScreenEvents& e)
{
    return !e.pixels && !e.cursorShape && !e.cursorMoved && !e.layout && !e.woken;
}

bool equal(const PictureView& view, const Picture& picture)
{
    for (int y = 0; y < picture.height(); ++y) {
        if (!std::equal(picture.row(y), picture.row(y) + picture.width(), view.row(y)))
            return false;
    }
    return view.width == picture.width() && view.height == picture.height();
}

} // namespace

class TestPatternCapture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstGrabIsWhole();
    void damageIsWhatWasDrawn();
    void aChangeIsReportedOnceUntilItIsGrabbed();
    void scroll_data();
    void scroll();
    void drawingOutsideIsCut();
    void aPartOfTheScreen();
    void resize();
    void cursor();
    void wakeFromAnotherThread();
    void drawingFromAnotherThread();
    void twoCapturesOfOneScreen();
    void failure();
};

void TestPatternCapture::theFirstGrabIsWhole()
{
    Fixture x;
    QVERIFY(!x.capture.grab().has_value());
    QVERIFY(!x.capture.setArea({}).has_value());
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.now().pixels);
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{0, 0, 100, 80}}));
    QVERIFY(equal(grabbed->picture, Picture(100, 80, 0)));
    QVERIFY(isQuiet(x.now()));
}

void TestPatternCapture::damageIsWhatWasDrawn()
{
    Fixture x;
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    x.screen->fill({10, 20, 30, 5}, 0xff0000);
    x.screen->blit(Picture(4, 4, 0x00ff00).view(), {50, 60});
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{10, 20, 30, 5}, {50, 60, 4, 4}}));
    QVERIFY(equal(grabbed->picture, x.screen->picture()));
    QCOMPARE(grabbed->picture.row(24)[39], 0xff0000U);
    QCOMPARE(grabbed->picture.row(63)[53], 0x00ff00U);
}

void TestPatternCapture::aChangeIsReportedOnceUntilItIsGrabbed()
{
    Fixture x;
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    x.screen->fill({0, 0, 1, 1}, 1);
    QVERIFY(x.now().pixels);
    x.screen->fill({1, 0, 1, 1}, 1);
    QVERIFY(isQuiet(x.now()));
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage.size(), std::size_t{2});
    x.screen->fill({2, 0, 1, 1}, 1);
    QVERIFY(x.now().pixels);
}

void TestPatternCapture::scroll_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("up") << 3;
    QTest::newRow("down") << -3;
    QTest::newRow("further than the area is high") << 99;
}

void TestPatternCapture::scroll()
{
    QFETCH(int, rows);
    Fixture x;
    for (int y = 0; y < 80; ++y)
        x.screen->fill({0, y, 100, 1}, static_cast<std::uint32_t>(y));
    const Rect area{10, 20, 50, 40};
    x.screen->scroll(area, rows);
    const Picture after = x.screen->picture();
    for (int y = 0; y < 80; ++y) {
        const bool isMoved
            = y >= area.y && y < area.bottom() && y + rows >= area.y && y + rows < area.bottom();
        QCOMPARE(after.row(y)[30], static_cast<std::uint32_t>(isMoved ? y + rows : y));
        QCOMPARE(after.row(y)[9], static_cast<std::uint32_t>(y));
        QCOMPARE(after.row(y)[60], static_cast<std::uint32_t>(y));
    }
}

void TestPatternCapture::drawingOutsideIsCut()
{
    Fixture x;
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    x.screen->fill({-10, -10, 5, 5}, 1);
    QVERIFY(isQuiet(x.now()));
    x.screen->blit(Picture(20, 20, 7).view(), {90, -10});
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{90, 0, 10, 10}}));
    QCOMPARE(grabbed->picture.row(9)[99], 7U);
    QCOMPARE(grabbed->picture.row(10)[99], 0U);
}

void TestPatternCapture::aPartOfTheScreen()
{
    Fixture x;
    QVERIFY(x.capture.setArea({40, 30, 20, 10}).has_value());
    QVERIFY(x.capture.grab().has_value());
    x.screen->fill({35, 25, 10, 10}, 9);
    x.screen->moveCursor({41, 33});
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{0, 0, 5, 5}}));
    QCOMPARE(grabbed->picture.row(4)[4], 9U);
    QCOMPARE(grabbed->picture.row(5)[5], 0U);
    QCOMPARE(x.capture.cursorPosition().value(), (Point{1, 3}));
}

void TestPatternCapture::resize()
{
    Fixture x;
    x.screen->fill({0, 0, 100, 80}, 5);
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    x.screen->resize({50, 40});
    const ScreenEvents events = x.now();
    QVERIFY(events.layout && events.pixels);
    QCOMPARE(x.capture.monitors().value().front().rect, (Rect{0, 0, 50, 40}));
    const auto grabbed = x.capture.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->picture.rect(), (Rect{0, 0, 100, 80}));
    QCOMPARE(grabbed->picture.row(39)[49], 5U);
    QCOMPARE(grabbed->picture.row(39)[50], 0U);
    QCOMPARE(grabbed->picture.row(40)[49], 0U);

    x.screen->setMonitors(
        {{QStringLiteral("a"), {0, 0, 25, 40}, true}, {QStringLiteral("b"), {25, 0, 25, 40}, false}});
    QVERIFY(x.now().layout);
    QCOMPARE(x.capture.monitors().value().size(), std::size_t{2});
}

void TestPatternCapture::cursor()
{
    Fixture x;
    QVERIFY(x.capture.cursorShape().value().size.isEmpty());
    const CursorShape shape{{2, 1}, {1, 0}, {0xff112233, 0x80445566}};
    x.screen->setCursorShape(shape);
    QVERIFY(x.now().cursorShape);
    QVERIFY(x.capture.cursorShape().value() == shape);
    x.screen->moveCursor({3, 4});
    QVERIFY(x.now().cursorMoved);
    QCOMPARE(x.capture.cursorPosition().value(), (Point{3, 4}));
}

void TestPatternCapture::wakeFromAnotherThread()
{
    Fixture x;
    const std::jthread other([&x] { x.capture.wake(); });
    const auto events = x.capture.waitForEvents(TimePoint::max());
    QVERIFY(events.has_value());
    QVERIFY(events->woken);
    QVERIFY(isQuiet(x.now()));
}

void TestPatternCapture::drawingFromAnotherThread()
{
    Fixture x;
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    const std::jthread other([&x] {
        for (std::uint32_t i = 1; i <= 500; ++i)
            x.screen->fill({static_cast<int>(i % 90), static_cast<int>(i % 70), 10, 10}, i);
    });
    GrabbedScreen last;
    while (last.picture.height == 0 || last.picture.row(500 % 70)[500 % 90] != 500) {
        QVERIFY(x.capture.waitForEvents(TimePoint::max()).has_value());
        last = x.capture.grab().value();
    }
    QVERIFY(equal(last.picture, x.screen->picture()));
}

void TestPatternCapture::twoCapturesOfOneScreen()
{
    Fixture x;
    PatternCapture second(x.screen);
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(second.setArea({0, 0, 10, 10}).has_value());
    QVERIFY(x.capture.grab().has_value());
    QVERIFY(second.grab().has_value());
    x.screen->fill({5, 5, 10, 10}, 1);
    QVERIFY(x.capture.grab().has_value());
    const auto grabbed = second.grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{5, 5, 5, 5}}));
}

void TestPatternCapture::failure()
{
    Fixture x;
    QVERIFY(x.capture.setArea({0, 0, 100, 80}).has_value());
    QVERIFY(x.capture.grab().has_value());
    const std::jthread other(
        [&x] { x.screen->fail(Error(ErrorCode::CaptureFailed, QStringLiteral("the screen broke"))); });
    const auto events = x.capture.waitForEvents(TimePoint::max());
    QVERIFY(!events.has_value());
    QCOMPARE(events.error().message(), QStringLiteral("the screen broke"));
    QVERIFY(!x.capture.grab().has_value());
    QVERIFY(!x.capture.monitors().has_value());
    QVERIFY(!x.capture.cursorShape().has_value());
    QVERIFY(!x.capture.cursorPosition().has_value());
    QVERIFY(!x.capture.setArea({0, 0, 1, 1}).has_value());
}

QTEST_APPLESS_MAIN(TestPatternCapture)
#include "tst_pattern_capture.moc"
