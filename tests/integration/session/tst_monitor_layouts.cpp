#include "conversation_pair.h"

#include "tests/integration/platform/x11_fixture.h"
#include "tests/support/monitor_servers.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sightline;

// The monitors of real X servers change while somebody sees them.

namespace {

ShareTarget monitor(int index)
{
    return {.kind = ShareTarget::Kind::Monitor, .monitor = index, .region = {}};
}

/// Vera sees the desktop of an X server.
struct Desk {
    explicit Desk(const XServer& x)
        : server(x)
        , painter(X11Painter::create(x.displayName()))
        , pair([display = x.displayName()] { return X11ScreenCapture::create(display); }, false)
    {
    }

    bool start() { return painter && pair.connect() && follows({}); }

    /// Something that was not there before, on all of the screen.
    bool paint()
    {
        const Size size = painter->screenSize();
        return painter->put(noise(size, ++m_seed).view(), {0, 0});
    }
    /// Of the X server's screen, by a connection of its own.
    Picture screen(const Rect& area) const
    {
        const auto capture = X11ScreenCapture::create(server.displayName());
        if (!capture || !(*capture)->setArea(area))
            return {};
        const auto grabbed = (*capture)->grab();
        return grabbed ? copyOf(grabbed->picture) : Picture();
    }
    Picture seen() const
    {
        Picture picture;
        pair.vera->remoteScreen().withPicture([&](const PictureView& view) { picture = copyOf(view); });
        return picture;
    }
    bool sees(const Rect& area) const
    {
        const Picture there = screen(area);
        const Picture here = seen();
        return !there.isEmpty() && there.width() == here.width() && there.height() == here.height()
            && difference(there, here).isEmpty();
    }

    /// After `change`, an xrandr command, Vera sees the area as it is then; with what is painted later, too.
    /// An empty area: the whole screen.
    bool follows(const char* change, const Rect& area = {})
    {
        QElapsedTimer since;
        since.start();
        if (change && !server.xrandr(change))
            return false;
        const auto now = [&] {
            const Size size = painter->screenSize();
            return area.isEmpty() ? Rect{0, 0, size.width, size.height} : area;
        };
        if (!waitUntil([&] { return sees(now()); }))
            return false;
        const qint64 untilSeen = since.elapsed();
        if (!paint() || !waitUntil([&] { return sees(now()); }))
            return false;
        if (change)
            qInfo("xrandr %s: seen %lld ms after it began, painted anew and seen %lld ms after it began",
                change, untilSeen, since.elapsed());
        return true;
    }
    Rects monitors() const { return pair.vera->remoteScreen().monitors(); }

    const XServer& server;
    std::unique_ptr<X11Painter> painter;
    ConversationPair pair;

private:
    unsigned m_seed = 0;
};

} // namespace

class TestMonitorLayouts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resolutions();
    void pluggedAndUnplugged();
    void theSharedMonitorIsUnplugged();
    void rotations();
    void logicalMonitors();
};

void TestMonitorLayouts::resolutions()
{
    const auto server = XorgDummy::start();
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    Desk desk(**server);
    QVERIFY(desk.start());
    for (const char* change : {"--output DUMMY0 --mode 640x480", "--output DUMMY0 --mode 800x600",
             "--output DUMMY0 --mode 1024x768"}) {
        QVERIFY(desk.follows(change));
        QCOMPARE(desk.monitors().size(), std::size_t(1));
    }
}

void TestMonitorLayouts::pluggedAndUnplugged()
{
    const auto server = XorgDummy::start();
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    QVERIFY((*server)->xrandr("--addmode DUMMY1 640x480"));
    Desk desk(**server);
    QVERIFY(desk.start());
    QVERIFY((desk.monitors() == Rects{{0, 0, 1024, 768}}));
    QVERIFY(desk.follows("--output DUMMY1 --mode 640x480 --right-of DUMMY0", {0, 0, 1664, 768}));
    QVERIFY((desk.monitors() == Rects{{0, 0, 1024, 768}, {1024, 0, 640, 480}}));
    QVERIFY(desk.follows("--output DUMMY1 --left-of DUMMY0", {0, 0, 1664, 768}));
    QVERIFY((desk.monitors() == Rects{{640, 0, 1024, 768}, {0, 0, 640, 480}}));
    QVERIFY(desk.follows("--output DUMMY1 --below DUMMY0", {0, 0, 1024, 1248}));
    QVERIFY((desk.monitors() == Rects{{0, 0, 1024, 768}, {0, 768, 640, 480}}));
    QVERIFY(desk.follows("--output DUMMY1 --off", {0, 0, 1024, 768}));
    QVERIFY((desk.monitors() == Rects{{0, 0, 1024, 768}}));
}

void TestMonitorLayouts::theSharedMonitorIsUnplugged()
{
    const auto server = XorgDummy::start();
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    QVERIFY((*server)->xrandr("--addmode DUMMY1 640x480"));
    QVERIFY((*server)->xrandr("--output DUMMY1 --mode 640x480 --right-of DUMMY0"));
    Desk desk(**server);
    QVERIFY(desk.start());
    SharedDesktop& shared = desk.pair.anna->sharedDesktop();
    QVERIFY(shared.changeTarget(monitor(1)).has_value());
    QVERIFY(desk.follows(nullptr, {1024, 0, 640, 480}));

    QVERIFY((*server)->xrandr("--output DUMMY1 --off"));
    QVERIFY(waitUntil([&] { return desk.pair.vera->control().isPaused() && shared.isHidden(); }));
    const Picture last = desk.seen();
    QVERIFY(desk.paint());
    QVERIFY(desk.follows("--output DUMMY1 --mode 640x480 --left-of DUMMY0", {0, 0, 640, 480}));
    QVERIFY(!difference(last, desk.seen()).isEmpty());
    QVERIFY(waitUntil([&] { return !desk.pair.vera->control().isPaused() && !shared.isHidden(); }));
    // Without the other one it is the first of the list, and still the one that is shared.
    QVERIFY(desk.follows("--output DUMMY0 --off", {0, 0, 640, 480}));
    QVERIFY(desk.follows(
        "--output DUMMY0 --mode 1024x768 --output DUMMY1 --right-of DUMMY0", {1024, 0, 640, 480}));
}

void TestMonitorLayouts::rotations()
{
    const auto outer = Xvfb::start();
    QVERIFY(outer.has_value());
    const auto server = Xephyr::start(**outer, QStringLiteral("640x480"));
    QVERIFY2(server.has_value(), server ? "" : qPrintable(server.error().toString()));
    Desk desk(**server);
    QVERIFY(desk.start());
    for (const auto& [change, size] :
        {std::pair("-o left", Size{480, 640}), std::pair("-o inverted", Size{640, 480}),
            std::pair("-o right", Size{480, 640}), std::pair("-o normal", Size{640, 480})}) {
        QVERIFY(desk.follows(change));
        QVERIFY((desk.monitors() == Rects{{0, 0, size.width, size.height}}));
    }
}

void TestMonitorLayouts::logicalMonitors()
{
    const auto server = Xvfb::start();
    QVERIFY(server.has_value());
    Desk desk(**server);
    QVERIFY(desk.start());
    QVERIFY((*server)->xrandr("--setmonitor right 480/200x1024/300+800+0 screen"));
    QVERIFY((*server)->xrandr("--setmonitor left 800/200x1024/300+0+0 none"));
    QVERIFY(waitUntil([&] { return desk.monitors().size() == 2; }));
    for (const Rect& area : {Rect{0, 0, 800, 1024}, Rect{800, 0, 480, 1024}}) {
        const auto monitors = desk.pair.anna->monitors();
        QVERIFY(monitors.has_value());
        for (int i = 0; i < 2; ++i) {
            if ((*monitors)[static_cast<std::size_t>(i)].rect == area)
                QVERIFY(desk.pair.anna->sharedDesktop().changeTarget(monitor(i)).has_value());
        }
        QVERIFY(desk.follows(nullptr, area));
    }
}

QTEST_GUILESS_MAIN(TestMonitorLayouts)
#include "tst_monitor_layouts.moc"
