#include "tests/integration/platform/x11_fixture.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace sightline;

namespace {

constexpr Rect kScreen{0, 0, 1280, 1024};

bool hasLayout(const ScreenEvents& events)
{
    return events.layout;
}

bool hasCursorShape(const ScreenEvents& events)
{
    return events.cursorShape;
}

bool hasCursorMoved(const ScreenEvents& events)
{
    return events.cursorMoved;
}

} // namespace

class TestX11Screen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneMonitor_data();
    void oneMonitor();
    void twoMonitors();
    void theScreenShrinks_data();
    void theScreenShrinks();
    void theScreenGrowsBack();
    void anAreaOutsideTheScreenIsBlack();
    void cursorShape();
    void cursorPosition_data();
    void cursorPosition();
    void aGrabNoticesAPointerThatMoved();
    void theServerDies_data();
    void theServerDies();
    void noDisplay_data();
    void noDisplay();
    void depthThatCannotBeCaptured();
    void noXfixes();
    void xwayland();
};

void TestX11Screen::oneMonitor_data()
{
    QTest::addColumn<QStringList>("server");
    QTest::newRow("with RANDR") << QStringList{};
    QTest::newRow("without") << QStringList{QStringLiteral("-extension"), QStringLiteral("RANDR")};
}

void TestX11Screen::oneMonitor()
{
    QFETCH(QStringList, server);
    X11Fixture x(server);
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    const auto monitors = x.capture->monitors();
    QVERIFY(monitors.has_value());
    QCOMPARE(monitors->size(), std::size_t{1});
    QCOMPARE(monitors->front().name, QStringLiteral("screen"));
    QCOMPARE(monitors->front().rect, kScreen);
    QVERIFY(monitors->front().isPrimary);
}

void TestX11Screen::twoMonitors()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    const auto setMonitor = [&x](const char* name, const char* geometry, const char* output) {
        return x.server->run(QStringLiteral("xrandr"),
            {QStringLiteral("--setmonitor"), QString::fromLatin1(name), QString::fromLatin1(geometry),
                QString::fromLatin1(output)});
    };
    QVERIFY(setMonitor("right", "480/200x1024/300+800+0", "screen"));
    QVERIFY(waitUntil(*x.capture, hasLayout).has_value());
    QVERIFY(setMonitor("left", "800/200x1024/300+0+0", "none"));
    QVERIFY(waitUntil(*x.capture, hasLayout).has_value());

    const auto monitors = x.capture->monitors();
    QVERIFY(monitors.has_value());
    QCOMPARE(monitors->size(), std::size_t{2});
    QCOMPARE(
        std::count_if(monitors->begin(), monitors->end(), [](const Monitor& m) { return m.isPrimary; }), 1);
    for (const Monitor& monitor : *monitors) {
        const bool isLeft = monitor.name == QLatin1StringView("left");
        QCOMPARE(monitor.name, isLeft ? QStringLiteral("left") : QStringLiteral("right"));
        QCOMPARE(monitor.rect, isLeft ? (Rect{0, 0, 800, 1024}) : (Rect{800, 0, 480, 1024}));
    }

    const Picture all = noise({kScreen.width, kScreen.height}, 3);
    QVERIFY(x.painter->put(all.view(), {0, 0}));
    for (const Monitor& monitor : *monitors) {
        QVERIFY(x.capture->setArea(monitor.rect).has_value());
        const auto grabbed = x.capture->grab();
        QVERIFY(grabbed.has_value());
        QVERIFY(difference(copyOf(grabbed->picture), copyOf(all.view().part(monitor.rect))).isEmpty());
    }
}

void TestX11Screen::theScreenShrinks_data()
{
    QTest::addColumn<bool>("sharedMemory");
    QTest::addColumn<bool>("isLayoutSeenFirst");
    QTest::newRow("shared memory, known") << true << true;
    QTest::newRow("shared memory, found out by the grab") << true << false;
    QTest::newRow("socket, known") << false << true;
    QTest::newRow("socket, found out by the grab") << false << false;
}

void TestX11Screen::theScreenShrinks()
{
    QFETCH(bool, sharedMemory);
    QFETCH(bool, isLayoutSeenFirst);
    X11Fixture x({}, {.sharedMemory = sharedMemory});
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.painter->fill(kScreen, 0x808080));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());

    QVERIFY(x.painter->resizeScreen({800, 600}));
    const Size size = x.painter->screenSize();
    QCOMPARE(size, (Size{800, 600}));
    QVERIFY(x.painter->fill(kScreen, 0xabcdef));
    if (isLayoutSeenFirst)
        QVERIFY(waitUntil(*x.capture, hasLayout).has_value());
    const auto grabbed = x.capture->grab();
    QVERIFY2(grabbed.has_value(), grabbed ? "" : qPrintable(grabbed.error().toString()));
    QCOMPARE(grabbed->picture.rect(), kScreen);
    Picture expected(kScreen.width, kScreen.height, 0);
    for (int y = 0; y < 600; ++y)
        std::fill_n(expected.row(y), 800, 0xabcdefU);
    QVERIFY(difference(copyOf(grabbed->picture), expected).isEmpty());
    if (!isLayoutSeenFirst)
        QVERIFY(waitUntil(*x.capture, hasLayout).has_value());

    const auto monitors = x.capture->monitors();
    QVERIFY(monitors.has_value());
    QCOMPARE(monitors->front().rect, (Rect{0, 0, 800, 600}));
}

void TestX11Screen::theScreenGrowsBack()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.painter->resizeScreen({640, 480}));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    QVERIFY(x.painter->resizeScreen({1280, 1024}));
    QVERIFY(x.painter->fill(kScreen, 0x112233));
    QVERIFY(waitUntil(*x.capture, hasLayout).has_value());
    const auto grabbed = x.capture->grab();
    QVERIFY(grabbed.has_value());
    QVERIFY(difference(copyOf(grabbed->picture), Picture(1280, 1024, 0x112233)).isEmpty());
}

void TestX11Screen::anAreaOutsideTheScreenIsBlack()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.painter->fill(kScreen, 0xffffff));
    QVERIFY(x.capture->setArea({5000, 100, 200, 100}).has_value());
    const auto gone = x.capture->grab();
    QVERIFY(gone.has_value());
    QVERIFY(difference(copyOf(gone->picture), Picture(200, 100, 0)).isEmpty());

    QVERIFY(x.capture->setArea({-50, 1000, 100, 100}).has_value());
    const auto corner = x.capture->grab();
    QVERIFY(corner.has_value());
    QCOMPARE(corner->picture.row(0)[49] & kColorMask, 0U);
    QCOMPARE(corner->picture.row(0)[50] & kColorMask, 0xffffffU);
    QCOMPARE(corner->picture.row(23)[99] & kColorMask, 0xffffffU);
    QCOMPARE(corner->picture.row(24)[99] & kColorMask, 0U);
}

void TestX11Screen::cursorShape()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.painter->setCursor(16, {3, 5}, 0xff8000));
    QVERIFY(waitUntil(*x.capture, hasCursorShape).has_value());
    const auto shown = x.capture->cursorShape();
    QVERIFY(shown.has_value());
    QCOMPARE(shown->size, (Size{16, 16}));
    QCOMPARE(shown->hotSpot, (Point{3, 5}));
    QCOMPARE(shown->pixels, std::vector<std::uint32_t>(256, 0xffff8000U));

    QVERIFY(x.painter->hideCursor());
    QVERIFY(waitUntil(*x.capture, hasCursorShape).has_value());
    const auto hidden = x.capture->cursorShape();
    QVERIFY(hidden.has_value());
    QVERIFY(hidden->size.isEmpty());
    QVERIFY(hidden->pixels.empty());
}

void TestX11Screen::cursorPosition_data()
{
    QTest::addColumn<bool>("rawMotion");
    QTest::newRow("XInput 2") << true;
    QTest::newRow("without XInput 2") << false;
}

void TestX11Screen::cursorPosition()
{
    QFETCH(bool, rawMotion);
    X11Fixture x({}, {.rawMotion = rawMotion});
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea({100, 200, 640, 480}).has_value());
    QVERIFY(x.capture->cursorPosition().has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    for (const Point step : {Point{30, 20}, Point{-10, -40}}) {
        const auto before = x.capture->cursorPosition();
        QVERIFY(before.has_value());
        // By XTEST, as from a mouse.
        QVERIFY(x.server->run(QStringLiteral("xdotool"),
            {QStringLiteral("mousemove_relative"), QStringLiteral("--"), QString::number(step.x),
                QString::number(step.y)}));
        QVERIFY(waitUntil(*x.capture, hasCursorMoved).has_value());
        const auto after = x.capture->cursorPosition();
        QVERIFY(after.has_value());
        QCOMPARE(*after, (Point{before->x + step.x, before->y + step.y}));
    }
    QVERIFY(x.painter->warpPointer({11, 22}));
    QVERIFY(waitUntil(*x.capture, hasCursorMoved).has_value());
    const auto warped = x.capture->cursorPosition();
    QVERIFY(warped.has_value());
    QCOMPARE(*warped, (Point{11 - 100, 22 - 200}));
}

void TestX11Screen::aGrabNoticesAPointerThatMoved()
{
    // Without any motion events, and before the next look at the pointer would come.
    X11Fixture x({}, {.rawMotion = false});
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    QVERIFY(x.painter->warpPointer({11, 22}));
    QVERIFY(x.capture->grab().has_value());
    const auto events = x.capture->waitForEvents(TimePoint{});
    QVERIFY(events.has_value());
    QVERIFY(events->cursorMoved);
}

void TestX11Screen::theServerDies_data()
{
    QTest::addColumn<int>("call");
    QTest::newRow("waitForEvents") << 0;
    QTest::newRow("grab") << 1;
    QTest::newRow("setArea") << 2;
    QTest::newRow("monitors") << 3;
    QTest::newRow("cursorShape") << 4;
    QTest::newRow("cursorPosition") << 5;
}

void TestX11Screen::theServerDies()
{
    QFETCH(int, call);
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    x.server->kill();

    const auto errorOf = [](const auto& result) {
        return result ? Error(ErrorCode::Internal, QStringLiteral("it worked")) : result.error();
    };
    const std::array<std::function<Error()>, 6> calls{
        [&] { return errorOf(x.capture->waitForEvents(TimePoint::max())); },
        [&] { return errorOf(x.capture->grab()); },
        [&] {
            return errorOf(x.capture->setArea({0, 0, 64, 64}));
        },
        [&] { return errorOf(x.capture->monitors()); },
        [&] { return errorOf(x.capture->cursorShape()); },
        [&] { return errorOf(x.capture->cursorPosition()); },
    };
    const Error error = calls.at(static_cast<std::size_t>(call))();
    QCOMPARE(error.code(), ErrorCode::CaptureFailed);
    QCOMPARE(error.message(), QStringLiteral("the X server closed the connection"));
}

void TestX11Screen::noDisplay_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("nobody there") << QByteArray(":65000");
    QTest::newRow("not a name") << QByteArray("nonsense");
}

void TestX11Screen::noDisplay()
{
    QFETCH(QByteArray, name);
    const auto created = X11ScreenCapture::create(name);
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code(), ErrorCode::NoDisplay);
    QVERIFY(created.error().message().contains(QString::fromLatin1(name)));
}

void TestX11Screen::depthThatCannotBeCaptured()
{
    const auto server
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("640x480x16")});
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    const auto created = X11ScreenCapture::create((*server)->displayName());
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code(), ErrorCode::CaptureFailed);
    QCOMPARE(created.error().message(),
        QStringLiteral("the X screen has a depth of 16 bits, and only 24-bit true colour can be captured"));
}

void TestX11Screen::noXfixes()
{
    const auto server = Xvfb::start({QStringLiteral("-extension"), QStringLiteral("XFIXES")});
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    const auto created = X11ScreenCapture::create((*server)->displayName());
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code(), ErrorCode::CaptureFailed);
}

void TestX11Screen::xwayland()
{
    const auto server = Xvfb::start();
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    // Monitors of an Xwayland have such names.
    QVERIFY((*server)->run(QStringLiteral("xrandr"),
        {QStringLiteral("--setmonitor"), QStringLiteral("XWAYLAND0"), QStringLiteral("1280/300x1024/300+0+0"),
            QStringLiteral("screen")}));
    const auto created = X11ScreenCapture::create((*server)->displayName());
    QVERIFY(!created.has_value());
    QCOMPARE(created.error().code(), ErrorCode::CaptureFailed);
    QCOMPARE(created.error().message(),
        QStringLiteral("this version captures X11 desktops; log in to an X11 session"));
}

QTEST_GUILESS_MAIN(TestX11Screen)
#include "tst_x11_screen.moc"
