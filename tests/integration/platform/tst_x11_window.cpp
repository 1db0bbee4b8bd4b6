#include "tests/integration/platform/x11_fixture.h"
#include "tests/support/x11_window.h"

#include <QTest>

using namespace sightline;

// One window captured, whatever is above it.

namespace {

constexpr Rect kPlace{200, 100, 300, 200};
constexpr std::uint32_t kPaper = 0xf0e0d0;
constexpr std::uint32_t kOther = 0xff00ff;

struct Scene {
    explicit Scene(const X11CaptureOptions& options = {})
        : x({}, options)
    {
        if (x.problem.isEmpty())
            paper = window(kPlace, kPaper);
    }

    std::unique_ptr<X11Window> window(const Rect& rect, std::uint32_t color) const
    {
        return X11Window::create(x.server->displayName(), {.rect = rect, .color = color});
    }

    /// True when the picture is all of this colour, but for `patch`, sooner or later: programs take their
    /// time to paint.
    bool becomes(std::uint32_t color, const Rect& patch = {}, std::uint32_t patchColor = 0) const
    {
        const TimePoint deadline = Clock::now() + std::chrono::seconds(10);
        while (Clock::now() < deadline) {
            const auto grabbed = grabAll(*x.capture);
            if (!grabbed)
                return false;
            if (isFlat(grabbed->picture, color, patch, patchColor))
                return true;
            if (!x.capture->waitForEvents(deadline))
                return false;
        }
        return false;
    }

    static bool isFlat(
        const PictureView& picture, std::uint32_t color, const Rect& patch, std::uint32_t patchColor)
    {
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const bool isInPatch = patch.contains({x, y, 1, 1});
                if ((picture.row(y)[x] & kColorMask) != (isInPatch ? patchColor : color))
                    return false;
            }
        }
        return true;
    }

    X11Fixture x;
    std::unique_ptr<X11Window> paper;
};

bool hasLayout(const ScreenEvents& events)
{
    return events.layout;
}

} // namespace

class TestX11Window : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatCannotBeCaptured();
    void itsContentOnly_data();
    void itsContentOnly();
    void itMovesAndGrows();
    void itIsMinimised();
    void itIsClosed();
    void backToTheDesktop();
};

void TestX11Window::whatCannotBeCaptured()
{
    Scene s;
    QVERIFY(s.paper != nullptr);
    for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{0x7fffffff}, std::uint64_t{0x100000001}}) {
        const auto set = s.x.capture->setWindow(id);
        QVERIFY(!set.has_value());
        QCOMPARE(set.error().code(), ErrorCode::NoWindow);
        QVERIFY(set.error().message().contains(QStringLiteral("no window")));
    }
    Scene without({.composite = false});
    QVERIFY(without.paper != nullptr);
    QCOMPARE(without.x.capture->setWindow(without.paper->id()).error().code(), ErrorCode::CaptureFailed);
}

void TestX11Window::itsContentOnly_data()
{
    QTest::addColumn<bool>("isCoveredBefore");
    QTest::newRow("covered before") << true;
    QTest::newRow("covered later") << false;
}

void TestX11Window::itsContentOnly()
{
    QFETCH(bool, isCoveredBefore);
    Scene s;
    QVERIFY(s.paper != nullptr);
    std::unique_ptr<X11Window> above;
    if (isCoveredBefore)
        above = s.window({150, 50, 200, 200}, kOther);
    const auto place = s.x.capture->setWindow(s.paper->id());
    QVERIFY(place.has_value());
    QVERIFY((*place == kPlace));
    if (!isCoveredBefore)
        above = s.window({150, 50, 200, 200}, kOther);
    QVERIFY(s.becomes(kPaper));
    QVERIFY(s.paper->fill({10, 20, 30, 40}, 0x123456));
    QVERIFY(s.becomes(kPaper, {10, 20, 30, 40}, 0x123456));
    QVERIFY(s.paper->setGeometry({1200, 900, 300, 200})); // partly outside of the screen
    QVERIFY(s.paper->fill({250, 150, 30, 40}, 0x654321));
    QVERIFY(s.paper->fill({10, 20, 30, 40}, kPaper));
    QVERIFY(s.becomes(kPaper, {250, 150, 30, 40}, 0x654321));
}

void TestX11Window::itMovesAndGrows()
{
    Scene s;
    QVERIFY(s.paper != nullptr);
    QVERIFY(s.x.capture->setWindow(s.paper->id()).has_value());
    QVERIFY(s.becomes(kPaper));
    for (const Rect& rect : {Rect{300, 120, 300, 200}, Rect{300, 120, 500, 180}, Rect{0, 0, 40, 30}}) {
        QVERIFY(s.paper->setGeometry(rect));
        QVERIFY(waitUntil(*s.x.capture, hasLayout).has_value());
        const auto place = s.x.capture->setWindow(s.paper->id());
        QVERIFY(place.has_value());
        QVERIFY((*place == rect));
        QVERIFY(s.becomes(kPaper));
        QCOMPARE(s.x.capture->grab()->picture.width, rect.width);
    }
    QVERIFY(s.x.painter->warpPointer({5, 7}));
    QVERIFY((*s.x.capture->cursorPosition() == Point{5, 7}));
}

void TestX11Window::itIsMinimised()
{
    Scene s;
    QVERIFY(s.paper != nullptr);
    QVERIFY(s.x.capture->setWindow(s.paper->id()).has_value());
    QVERIFY(s.becomes(kPaper));
    QVERIFY(!s.x.capture->isHidden());
    QVERIFY(s.paper->unmap());
    QVERIFY(waitUntil(*s.x.capture, hasLayout).has_value());
    QVERIFY(s.x.capture->setWindow(s.paper->id()).has_value());
    QVERIFY(s.x.capture->isHidden());
    QVERIFY(s.becomes(kPaper)); // the last picture
    QVERIFY(s.paper->map());
    QVERIFY(waitUntil(*s.x.capture, hasLayout).has_value());
    QVERIFY(s.x.capture->setWindow(s.paper->id()).has_value());
    QVERIFY(!s.x.capture->isHidden());
    QVERIFY(s.becomes(kPaper));
}

void TestX11Window::itIsClosed()
{
    Scene s;
    QVERIFY(s.paper != nullptr);
    const std::uint32_t id = s.paper->id();
    QVERIFY(s.x.capture->setWindow(id).has_value());
    QVERIFY(s.becomes(kPaper));
    s.paper.reset();
    QVERIFY(waitUntil(*s.x.capture, hasLayout).has_value());
    const auto set = s.x.capture->setWindow(id);
    QVERIFY(!set.has_value());
    QCOMPARE(set.error().code(), ErrorCode::NoWindow);
    QVERIFY(set.error().message().contains(QStringLiteral("closed")));
}

void TestX11Window::backToTheDesktop()
{
    Scene s;
    QVERIFY(s.paper != nullptr);
    QVERIFY(s.x.capture->setWindow(s.paper->id()).has_value());
    QVERIFY(s.becomes(kPaper));
    QVERIFY(s.x.capture->setArea({190, 90, 30, 30}).has_value());
    QVERIFY(s.x.painter->fill({0, 0, 1280, 1024}, 0x204060));
    QVERIFY(s.becomes(0x204060, {10, 10, 20, 20}, kPaper));
}

QTEST_GUILESS_MAIN(TestX11Window)
#include "tst_x11_window.moc"
