#include "tests/integration/platform/x11_fixture.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace sightline;

namespace {

constexpr Rect kScreen{0, 0, 1280, 1024};

bool hasPixels(const ScreenEvents& events)
{
    return events.pixels;
}

bool isInside(const Rects& rects, const Rect& area)
{
    return std::all_of(rects.begin(), rects.end(), [&area](const Rect& r) { return area.contains(r); });
}

bool covers(const Rects& rects, const Rect& area)
{
    long covered = 0; // the rectangles of one grab do not overlap
    for (const Rect& rect : rects)
        covered += intersected(rect, area).area();
    return covered >= area.area();
}

void paste(Picture& into, const Picture& what, Point where)
{
    for (int y = 0; y < what.height(); ++y)
        std::copy_n(what.row(y), what.width(), into.row(where.y + y) + where.x);
}

} // namespace

class TestX11Pixels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstGrabIsWhole();
    void pixelsAreEqual_data();
    void pixelsAreEqual();
    void aPartOfTheScreen();
    void damageIsWhereItWasDrawn();
    void scatteredDamageStaysBounded();
    void aChangeIsReportedOnceUntilItIsGrabbed();
    void nothingHappensAtRest();
    void wakeAndDeadline();
    void anotherAreaStartsOver();
    void aRealProgram();
};

void TestX11Pixels::theFirstGrabIsWhole()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(!x.capture->grab().has_value());
    QVERIFY(x.capture->setArea(kScreen).has_value());
    const auto grabbed = x.capture->grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, Rects{kScreen});
    QCOMPARE(grabbed->picture.rect(), kScreen);
}

void TestX11Pixels::pixelsAreEqual_data()
{
    QTest::addColumn<bool>("sharedMemory");
    QTest::addColumn<bool>("damage");
    QTest::addColumn<QStringList>("server");
    QTest::newRow("all extensions") << true << true << QStringList{};
    QTest::newRow("through the socket") << false << true << QStringList{};
    QTest::newRow("without damage") << true << false << QStringList{};
    QTest::newRow("server without MIT-SHM")
        << true << true << QStringList{QStringLiteral("-extension"), QStringLiteral("MIT-SHM")};
    QTest::newRow("server without DAMAGE")
        << true << true << QStringList{QStringLiteral("-extension"), QStringLiteral("DAMAGE")};
    QTest::newRow("server without RANDR")
        << true << true << QStringList{QStringLiteral("-extension"), QStringLiteral("RANDR")};
}

void TestX11Pixels::pixelsAreEqual()
{
    QFETCH(bool, sharedMemory);
    QFETCH(bool, damage);
    QFETCH(QStringList, server);
    X11Fixture x(server, {.sharedMemory = sharedMemory, .damage = damage});
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(x.painter->fill(kScreen, 0x204060));
    Picture expected(kScreen.width, kScreen.height, 0x204060);
    QVERIFY(grabAll(*x.capture).has_value());

    for (unsigned round = 0; round < 4; ++round) {
        const Picture patch = noise({200, 90}, round);
        const Point where{static_cast<int>(round) * 250, static_cast<int>(round) * 300};
        QVERIFY(x.painter->put(patch.view(), where));
        QVERIFY(x.painter->fill({1270, 3, 10, 2}, 0xff0000 + round));
        paste(expected, patch, where);
        paste(expected, Picture(10, 2, 0xff0000 + round), {1270, 3});

        QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
        const auto grabbed = x.capture->grab();
        QVERIFY(grabbed.has_value());
        QVERIFY(difference(copyOf(grabbed->picture), expected).isEmpty());
    }
}

void TestX11Pixels::aPartOfTheScreen()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    const Picture all = noise({kScreen.width, kScreen.height}, 1);
    QVERIFY(x.painter->put(all.view(), {0, 0}));
    const Rect part{333, 222, 401, 305};
    QVERIFY(x.capture->setArea(part).has_value());
    const auto first = grabAll(*x.capture);
    QVERIFY(first.has_value());
    QVERIFY(difference(copyOf(first->picture), copyOf(all.view().part(part))).isEmpty());

    // Half inside and half outside: only the half inside is told, in the part's own coordinates.
    QVERIFY(x.painter->fill({323, 232, 20, 20}, 0x123456));
    const auto second = grabAll(*x.capture);
    QVERIFY(second.has_value());
    QCOMPARE(second->damage, (Rects{{0, 10, 10, 20}}));
    QCOMPARE(second->picture.row(10)[0] & kColorMask, 0x123456U);
    QCOMPARE(second->picture.row(29)[9] & kColorMask, 0x123456U);

    QVERIFY(x.painter->fill({0, 0, 50, 50}, 0x654321));
    const auto outside = grabAll(*x.capture);
    QVERIFY(outside.has_value());
    QVERIFY(outside->damage.empty());
}

void TestX11Pixels::damageIsWhereItWasDrawn()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());

    const Rect clock{1200, 4, 60, 12};
    const Rect caret{30, 900, 2, 14};
    QVERIFY(x.painter->fill(clock, 0xffffff));
    QVERIFY(x.painter->fill(caret, 0x00ff00));
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
    const auto two = x.capture->grab();
    QVERIFY(two.has_value());
    QCOMPARE(two->damage, (Rects{clock, caret}));

    const Rect window{100, 100, 300, 200};
    QVERIFY(x.painter->copy({100, 116, 300, 184}, {100, 100}));
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
    const auto scrolled = x.capture->grab();
    QVERIFY(scrolled.has_value());
    QVERIFY(covers(scrolled->damage, {100, 100, 300, 184}));
    QVERIFY(isInside(scrolled->damage, window));
}

void TestX11Pixels::scatteredDamageStaysBounded()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(x.painter->fill(kScreen, 0));
    QVERIFY(grabAll(*x.capture).has_value());
    Picture expected(kScreen.width, kScreen.height, 0);
    for (int i = 0; i < 1200; ++i) {
        const Point dot{(i * 37) % 1280, (i * 53) % 1024};
        QVERIFY(x.painter->fill({dot.x, dot.y, 1, 1}, 0xffffff));
        expected.row(dot.y)[dot.x] = 0xffffff;
    }
    const auto grabbed = grabAll(*x.capture);
    QVERIFY(grabbed.has_value());
    QVERIFY(grabbed->damage.size() <= 512);
    QVERIFY(difference(copyOf(grabbed->picture), expected).isEmpty());
}

void TestX11Pixels::aChangeIsReportedOnceUntilItIsGrabbed()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());

    QVERIFY(x.painter->fill({10, 10, 10, 10}, 1));
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
    QVERIFY(x.painter->fill({50, 50, 10, 10}, 2));
    const auto again = x.capture->waitForEvents(TimePoint{});
    QVERIFY(again.has_value());
    QVERIFY(!again->pixels);
    const auto grabbed = x.capture->grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{10, 10, 10, 10}, {50, 50, 10, 10}}));
    const auto rest = x.capture->waitForEvents(TimePoint{});
    QVERIFY(rest.has_value());
    QVERIFY(!rest->pixels);

    QVERIFY(x.painter->fill({10, 10, 10, 10}, 3));
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
}

void TestX11Pixels::nothingHappensAtRest()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    const TimePoint deadline = Clock::now() + std::chrono::milliseconds(200);
    const auto events = x.capture->waitForEvents(deadline);
    QVERIFY(events.has_value());
    QVERIFY(Clock::now() >= deadline);
    QVERIFY(
        !events->pixels && !events->cursorMoved && !events->cursorShape && !events->layout && !events->woken);
    const auto grabbed = x.capture->grab();
    QVERIFY(grabbed.has_value());
    QVERIFY(grabbed->damage.empty());
}

void TestX11Pixels::wakeAndDeadline()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());

    x.capture->wake();
    const auto before = x.capture->waitForEvents(TimePoint::max());
    QVERIFY(before.has_value());
    QVERIFY(before->woken);

    const std::jthread other([&x] { x.capture->wake(); });
    const auto during = x.capture->waitForEvents(TimePoint::max());
    QVERIFY(during.has_value());
    QVERIFY(during->woken);

    const auto past = x.capture->waitForEvents(TimePoint{});
    QVERIFY(past.has_value());
    QVERIFY(!past->woken);
}

void TestX11Pixels::anotherAreaStartsOver()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    const Picture all = noise({kScreen.width, kScreen.height}, 2);
    QVERIFY(x.painter->put(all.view(), {0, 0}));
    QVERIFY(x.capture->setArea({0, 0, 640, 480}).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    QVERIFY(x.capture->setArea({640, 512, 640, 512}).has_value());
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
    const auto grabbed = x.capture->grab();
    QVERIFY(grabbed.has_value());
    QCOMPARE(grabbed->damage, (Rects{{0, 0, 640, 512}}));
    QVERIFY(difference(copyOf(grabbed->picture), copyOf(all.view().part({640, 512, 640, 512}))).isEmpty());
    QVERIFY(!x.capture->setArea({0, 0, 0, 10}).has_value());
    QVERIFY(!x.capture->setArea({0, 0, 10, 1 << 20}).has_value());
}

void TestX11Pixels::aRealProgram()
{
    X11Fixture x;
    QVERIFY2(x.problem.isEmpty(), qPrintable(x.problem));
    QVERIFY(x.capture->setArea(kScreen).has_value());
    QVERIFY(grabAll(*x.capture).has_value());
    // xterm paints hundreds of lines and ends; the screen must then be as another capture sees it that starts
    // anew.
    QVERIFY(x.server->run(QStringLiteral("xterm"),
        {QStringLiteral("-geometry"), QStringLiteral("80x24+100+100"), QStringLiteral("-e"),
            QStringLiteral("seq 1 2000")}));
    QVERIFY(waitUntil(*x.capture, hasPixels).has_value());
    const auto grabbed = grabAll(*x.capture);
    QVERIFY(grabbed.has_value());
    QVERIFY(!grabbed->damage.empty());

    auto fresh = X11ScreenCapture::create(x.server->displayName(), {.sharedMemory = false, .damage = false});
    QVERIFY(fresh.has_value());
    QVERIFY((*fresh)->setArea(kScreen).has_value());
    const auto reference = (*fresh)->grab();
    QVERIFY(reference.has_value());
    QVERIFY(difference(copyOf(grabbed->picture), copyOf(reference->picture)).isEmpty());
}

QTEST_GUILESS_MAIN(TestX11Pixels)
#include "tst_x11_pixels.moc"
