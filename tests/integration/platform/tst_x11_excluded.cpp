#include "tests/integration/platform/x11_fixture.h"
#include "tests/support/x11_window.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace sightline;

// Windows of ours that are on the screen and not in the picture.

namespace {

constexpr Rect kScreen{0, 0, 1280, 1024};
constexpr Rect kBar{440, 0, 400, 36};
constexpr std::uint32_t kBarColor = 0xff00ff;
constexpr std::uint32_t kDesk = 0x204060;
constexpr std::uint32_t kPaper = 0xf0e0d0;

bool hasPixels(const ScreenEvents& events)
{
    return events.pixels;
}

bool isSame(const Picture& a, const Picture& b)
{
    for (int y = 0; y < b.height(); ++y) {
        if (a.width() != b.width() || y >= a.height()
            || !std::equal(a.row(y), a.row(y) + a.width(), b.row(y)))
            return false;
    }
    return true;
}

/// A screen with a desk, a bar on top that is left out, and whoever draws.
struct Scene {
    explicit Scene(const QStringList& serverArguments = {}, const X11CaptureOptions& options = {})
        : x(serverArguments, options)
    {
        if (!x.problem.isEmpty()
            || !x.server->run(
                QStringLiteral("xsetroot"), {QStringLiteral("-solid"), QStringLiteral("#204060")}))
            return;
        isReady = x.capture->setArea(kScreen).has_value();
    }

    std::unique_ptr<X11Window> window(const Rect& rect, std::uint32_t color) const
    {
        return X11Window::create(x.server->displayName(), {.rect = rect, .color = color});
    }

    void exclude(std::initializer_list<const X11Window*> windows) const
    {
        std::vector<std::uint64_t> ids;
        for (const X11Window* window : windows)
            ids.push_back(window->id());
        x.capture->setExcludedWindows(ids);
    }

    /// The picture when everything that is on its way has arrived.
    Picture picture() const
    {
        const auto grabbed = grabAll(*x.capture);
        return grabbed ? copyOf(grabbed->picture) : Picture();
    }

    /// True when the picture is this one sooner or later: programs take their time to paint.
    bool becomes(const Picture& expected) const
    {
        const TimePoint deadline = Clock::now() + std::chrono::seconds(10);
        Picture last = picture();
        while (!isSame(last, expected) && Clock::now() < deadline) {
            if (!x.capture->waitForEvents(deadline))
                break;
            last = picture();
        }
        return difference(last, expected).isEmpty();
    }

    X11Fixture x;
    bool isReady = false;
};

Picture flat(const Rect& rect, std::uint32_t color, const Rect& patch = {}, std::uint32_t patchColor = 0)
{
    Picture picture(rect.width, rect.height, color);
    for (int y = patch.y; y < patch.bottom(); ++y)
        std::fill_n(picture.row(y) + patch.x, patch.width, patchColor);
    return picture;
}

bool contains(const PictureView& picture, std::uint32_t color)
{
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if ((picture.row(y)[x] & kColorMask) == color)
                return true;
        }
    }
    return false;
}

} // namespace

class TestX11Excluded : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBackgroundIsBelow();
    void aWindowIsBelow_data();
    void aWindowIsBelow();
    void changesBelowAreSeen();
    void windowsBelowMoveAndGo();
    void windowsAboveAreShown();
    void shapedWindows();
    void theBarMovesAndGoes();
    void aMovingBarIsNeverSeen();
    void aWindowThatIsGone();
    void nothingHappensAtRest();
    void wallpaperChanges();
    void withoutComposite();
};

void TestX11Excluded::theBackgroundIsBelow()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto bar = s.window(kBar, kBarColor);
    QVERIFY(contains(s.picture().view(), kBarColor));
    s.exclude({bar.get()});
    QVERIFY(s.becomes(flat(kScreen, kDesk)));
    s.x.capture->setExcludedWindows({});
    QVERIFY(s.becomes(flat(kScreen, kDesk, kBar, kBarColor)));
}

void TestX11Excluded::aWindowIsBelow_data()
{
    QTest::addColumn<bool>("sharedMemory");
    QTest::addColumn<bool>("isExcludedFirst");
    QTest::newRow("shared memory") << true << false;
    QTest::newRow("through the socket") << false << false;
    QTest::newRow("left out before it is there") << true << true;
}

void TestX11Excluded::aWindowIsBelow()
{
    QFETCH(bool, sharedMemory);
    QFETCH(bool, isExcludedFirst);
    Scene s({}, {.sharedMemory = sharedMemory});
    QVERIFY(s.isReady);
    const auto paper = s.window({400, 10, 300, 200}, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    if (isExcludedFirst)
        QVERIFY(bar->unmap());
    s.exclude({bar.get()});
    if (isExcludedFirst) {
        s.picture();
        QVERIFY(bar->map());
    }
    QVERIFY(s.becomes(flat(kScreen, kDesk, {400, 10, 300, 200}, kPaper)));
}

void TestX11Excluded::changesBelowAreSeen()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto paper = s.window(kScreen, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    QVERIFY(s.becomes(flat(kScreen, kPaper)));
    for (std::uint32_t color = 1; color < 5; ++color) {
        const Rect patch{500, 5, 20, 10};
        QVERIFY(paper->fill(patch, color));
        QVERIFY(waitUntil(*s.x.capture, hasPixels).has_value());
        const auto grabbed = grabAll(*s.x.capture);
        QVERIFY(grabbed.has_value());
        QVERIFY(difference(copyOf(grabbed->picture), flat(kScreen, kPaper, patch, color)).isEmpty());
        QVERIFY(std::any_of(grabbed->damage.begin(), grabbed->damage.end(),
            [&](const Rect& rect) { return rect.contains(patch); }));
    }
}

void TestX11Excluded::windowsBelowMoveAndGo()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    auto paper = s.window({0, 500, 300, 200}, kPaper);
    QVERIFY(paper->lower());
    QVERIFY(s.becomes(flat(kScreen, kDesk, {0, 500, 300, 200}, kPaper)));
    for (const Rect& rect : {Rect{600, 0, 300, 200}, Rect{500, 20, 300, 200}, Rect{450, 1, 10, 10},
             Rect{450, 1, 800, 300}, Rect{10, 300, 800, 300}}) {
        QVERIFY(paper->setGeometry(rect));
        QVERIFY(s.becomes(flat(kScreen, kDesk, rect, kPaper)));
    }
    QVERIFY(paper->setGeometry({500, 0, 200, 50}));
    s.picture();
    QVERIFY(paper->unmap());
    QVERIFY(s.becomes(flat(kScreen, kDesk)));
    QVERIFY(paper->map());
    QVERIFY(s.becomes(flat(kScreen, kDesk, {500, 0, 200, 50}, kPaper)));
    paper.reset();
    QVERIFY(s.becomes(flat(kScreen, kDesk)));
}

void TestX11Excluded::windowsAboveAreShown()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto paper = s.window(kScreen, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    s.picture();
    const Rect menu{600, 20, 100, 300};
    const auto above = s.window(menu, 0x00aa00);
    QVERIFY(s.becomes(flat(kScreen, kPaper, menu, 0x00aa00)));
    QVERIFY(bar->raise());
    QVERIFY(s.becomes(flat(kScreen, kPaper, menu, 0x00aa00)));
    QVERIFY(paper->raise());
    QVERIFY(s.becomes(flat(kScreen, kPaper)));
}

void TestX11Excluded::shapedWindows()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto paper = s.window({400, 0, 300, 200}, kPaper);
    QVERIFY(paper->setShape({0, 0, 300, 10}, {0, 20, 300, 180}));
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    Picture expected = flat(kScreen, kDesk, {400, 0, 300, 200}, kPaper);
    for (int y = 10; y < 20; ++y)
        std::fill_n(expected.row(y) + 400, 300, kDesk);
    QVERIFY(s.becomes(expected));
}

void TestX11Excluded::theBarMovesAndGoes()
{
    Scene s;
    QVERIFY(s.isReady);
    const Rect rect{300, 0, 500, 500};
    const auto paper = s.window(rect, kPaper);
    auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    const Picture expected = flat(kScreen, kDesk, rect, kPaper);
    QVERIFY(s.becomes(expected));
    for (const Rect& place : {Rect{100, 0, 400, 36}, Rect{700, 480, 400, 36}, Rect{440, 0, 60, 8}}) {
        QVERIFY(bar->setGeometry(place));
        QVERIFY(s.becomes(expected));
    }
    QVERIFY(bar->unmap());
    QVERIFY(s.becomes(expected));
    QVERIFY(bar->map());
    QVERIFY(s.becomes(expected));
    bar.reset();
    QVERIFY(s.becomes(expected));
}

void TestX11Excluded::aMovingBarIsNeverSeen()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto paper = s.window(kScreen, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    s.picture();
    std::atomic<bool> isOver = false;
    std::thread mover([&] {
        for (int i = 0; !isOver; ++i)
            bar->setGeometry({(i * 7) % 800, 0, 400, 36});
    });
    int grabs = 0;
    int seen = 0;
    for (; grabs < 60; ++grabs) {
        const auto events = s.x.capture->waitForEvents(Clock::now() + std::chrono::seconds(5));
        const auto grabbed = s.x.capture->grab();
        if (!events || !grabbed)
            break;
        seen += contains(grabbed->picture, kBarColor) ? 1 : 0;
    }
    isOver = true;
    mover.join();
    QCOMPARE(grabs, 60);
    QCOMPARE(seen, 0);
}

void TestX11Excluded::aWindowThatIsGone()
{
    Scene s;
    QVERIFY(s.isReady);
    s.x.capture->setExcludedWindows({0x7fffffff, 0});
    QVERIFY(s.becomes(flat(kScreen, kDesk)));
    QVERIFY(s.x.painter->fill({10, 10, 20, 20}, 0x123456));
    QVERIFY(s.becomes(flat(kScreen, kDesk, {10, 10, 20, 20}, 0x123456)));
}

void TestX11Excluded::nothingHappensAtRest()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto paper = s.window({300, 0, 300, 500}, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    s.picture();
    const auto events = s.x.capture->waitForEvents(Clock::now() + std::chrono::milliseconds(700));
    QVERIFY(events.has_value());
    QVERIFY(!events->pixels && !events->layout);
}

void TestX11Excluded::wallpaperChanges()
{
    Scene s;
    QVERIFY(s.isReady);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    s.picture();
    QVERIFY(
        s.x.server->run(QStringLiteral("xsetroot"), {QStringLiteral("-solid"), QStringLiteral("#112233")}));
    QVERIFY(s.becomes(flat(kScreen, 0x112233)));
}

void TestX11Excluded::withoutComposite()
{
    Scene s({}, {.composite = false});
    QVERIFY(s.isReady);
    const auto paper = s.window(kScreen, kPaper);
    const auto bar = s.window(kBar, kBarColor);
    s.exclude({bar.get()});
    QVERIFY(s.becomes(flat(kScreen, kPaper, kBar, 0)));
}

QTEST_GUILESS_MAIN(TestX11Excluded)
#include "tst_x11_excluded.moc"
