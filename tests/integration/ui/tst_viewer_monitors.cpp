#include "tests/integration/session/conversation_pair.h"
#include "tests/support/widget_search.h"
#include "ui/monitor_chooser.h"
#include "ui/remote_view.h"
#include "ui/viewer_window.h"

#include <QMenu>
#include <QTest>

using namespace sightline;

// Somebody with several monitors is seen in a viewer window: all as one picture, or one at a time.

namespace {

constexpr std::uint32_t kLeft = 0x2040C0;
constexpr std::uint32_t kRight = 0xC04020;

std::vector<Monitor> twoMonitors(const Rect& left, const Rect& right)
{
    return {{QStringLiteral("A"), left, true}, {QStringLiteral("B"), right, false}};
}

/// Vera's window of Anna's two monitors, each of one colour.
struct Scene {
    Scene()
    {
        pair.screen->resize({800, 300});
        pair.screen->setMonitors(twoMonitors({0, 0, 500, 300}, {500, 40, 300, 200}));
        pair.screen->fill({0, 0, 500, 300}, kLeft);
        pair.screen->fill({500, 0, 300, 300}, kRight);
    }

    bool start()
    {
        if (!pair.connect())
            return false;
        window = std::make_unique<ViewerWindow>(*pair.vera);
        window->show();
        return QTest::qWaitForWindowActive(window.get()) && waitUntil([this] { return shown() == all; });
    }

    RemoteView& view() const { return *window->findChild<RemoteView*>(); }
    MonitorChooser& chooser() const { return *window->findChild<MonitorChooser*>(); }
    Rect shown() const { return view().geometryOfPicture().shown(); }
    void choose(int index) const { chooser().menu()->actions()[index]->trigger(); }
    /// Of this pixel of the remote desktop, as it is shown.
    QColor colorAt(Point remote) const
    {
        const Rect seen = view().geometryOfPicture().toPane({remote.x, remote.y, 1, 1});
        return view().viewport()->grab().toImage().pixelColor(seen.x, seen.y);
    }

    const Rect all{0, 0, 800, 300};
    const Rect right{500, 40, 300, 200};
    ConversationPair pair;
    std::unique_ptr<ViewerWindow> window;
};

} // namespace

class TestViewerMonitors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneAtATime();
    void keysGoFromOneToTheNext();
    void choiceFollowsTheLayout();
    void clicksLandWhereTheyAreSeen_data();
    void clicksLandWhereTheyAreSeen();
    void cleanupTestCase() { m_clicks.reset(); }

private:
    std::unique_ptr<Scene> m_clicks; ///< one session for all rows
};

void TestViewerMonitors::oneAtATime()
{
    Scene scene;
    QVERIFY(scene.start());
    QVERIFY(scene.chooser().isVisible());
    QVERIFY(isShown(*scene.window, "Monitors: All monitors"));
    scene.choose(2);
    QVERIFY(waitUntil([&] { return scene.shown() == scene.right; }));
    QVERIFY(isShown(*scene.window, "Monitors: Monitor 2 (right)"));
    QVERIFY(scene.view().geometryOfPicture().isExact()); // the window has taken its size
    QVERIFY(waitUntil([&] { return scene.colorAt({500, 40}) == QColor::fromRgb(kRight); }));
    // It is live.
    scene.pair.screen->fill({510, 50, 30, 30}, kLeft);
    QVERIFY(waitUntil([&] { return scene.colorAt({520, 60}) == QColor::fromRgb(kLeft); }));
    QCOMPARE(scene.colorAt({545, 85}), QColor::fromRgb(kRight));
    scene.choose(0);
    QVERIFY(waitUntil([&] { return scene.shown() == scene.all; }));
}

void TestViewerMonitors::keysGoFromOneToTheNext()
{
    Scene scene;
    QVERIFY(scene.start());
    for (const bool isInControl : {false, true}) {
        if (isInControl) {
            scene.pair.anna->control().grant();
            QVERIFY(scene.pair.becomes(ControlState::Granted));
            QVERIFY(waitUntil([&] { return scene.view().isTakingInput(); }));
        }
        const auto press = [&](Qt::Key key) {
            QTest::keyClick(&scene.view(), key, Qt::ControlModifier | Qt::AltModifier);
        };
        press(Qt::Key_PageDown);
        QVERIFY((scene.shown() == Rect{0, 0, 500, 300}));
        press(Qt::Key_PageDown);
        QVERIFY(scene.shown() == scene.right);
        press(Qt::Key_PageUp);
        press(Qt::Key_PageUp);
        QVERIFY(scene.shown() == scene.all);
    }
}

void TestViewerMonitors::choiceFollowsTheLayout()
{
    Scene scene;
    QVERIFY(scene.start());
    scene.choose(2);
    QVERIFY(waitUntil([&] { return scene.shown() == scene.right; }));
    // Turned, and to the left.
    scene.pair.screen->setMonitors(twoMonitors({200, 0, 500, 300}, {0, 0, 200, 300}));
    QVERIFY(waitUntil([&] { return scene.shown() == Rect{0, 0, 200, 300}; }));
    QVERIFY(isShown(*scene.window, "Monitors: Monitor 2 (left)"));
    // Unplugged: what is left is seen, and there is nothing to choose.
    scene.pair.screen->setMonitors({{QStringLiteral("A"), {0, 0, 500, 300}, true}});
    QVERIFY(waitUntil([&] { return scene.shown() == Rect{0, 0, 500, 300}; }));
    QVERIFY(!scene.chooser().isVisible());
    scene.pair.screen->setMonitors(twoMonitors({0, 0, 500, 300}, {500, 40, 300, 200}));
    QVERIFY(waitUntil([&] { return scene.shown() == scene.right; }));
    QVERIFY(scene.chooser().isVisible());
    // The sharer shows this one alone, and both again.
    SharedDesktop& desktop = scene.pair.anna->sharedDesktop();
    QVERIFY(
        desktop.changeTarget({.kind = ShareTarget::Kind::Monitor, .monitor = 1, .region = {}}).has_value());
    QVERIFY(waitUntil([&] { return scene.shown() == Rect{0, 0, 300, 200}; }));
    QVERIFY(!scene.chooser().isVisible());
    QVERIFY(desktop.changeTarget({}).has_value());
    QVERIFY(waitUntil([&] { return scene.shown() == scene.right; }));
}

void TestViewerMonitors::clicksLandWhereTheyAreSeen_data()
{
    QTest::addColumn<int>("choice");
    QTest::addColumn<QSize>("window");
    QTest::addColumn<ViewScale>("scale");
    for (const int choice : {0, 1, 2}) {
        for (const QSize size : {QSize(900, 500), QSize(400, 260), QSize(1250, 850)}) {
            for (const ViewScale scale : {ViewScale::Fit, ViewScale::OneToOne}) {
                QTest::addRow("choice %d in %dx%d, %s", choice, size.width(), size.height(),
                    scale == ViewScale::Fit ? "fit" : "1:1")
                    << choice << size << scale;
            }
        }
    }
}

void TestViewerMonitors::clicksLandWhereTheyAreSeen()
{
    QFETCH(const int, choice);
    QFETCH(const QSize, window);
    QFETCH(const ViewScale, scale);
    if (!m_clicks) {
        m_clicks = std::make_unique<Scene>();
        QVERIFY(m_clicks->start());
        m_clicks->pair.anna->control().grant();
        QVERIFY(m_clicks->pair.becomes(ControlState::Granted));
    }
    Scene& scene = *m_clicks;
    scene.window->resize(window);
    scene.window->setScale(scale);
    scene.choose(choice);
    QCoreApplication::processEvents(); // the layout, which may have nothing new to show
    const Rect expected = choice == 0 ? scene.all : choice == 1 ? Rect{0, 0, 500, 300} : scene.right;
    QVERIFY(waitUntil([&] { return scene.shown() == expected && scene.view().isTakingInput(); }));

    // One pixel of the desktop shows where it is seen; a click there must hit it; in a smaller picture, one
    // of those that the same pixel shows.
    const Point mark{expected.x + 2 * expected.width / 3, expected.y + 3 * expected.height / 4};
    const ViewGeometry& geometry = scene.view().geometryOfPicture();
    const Rect target = geometry.target();
    const auto along = [](int at, int length, int shown) { return (2 * at + 1) * shown / (2 * length); };
    const QPoint middle(target.x + along(mark.x - expected.x, expected.width, target.width),
        target.y + along(mark.y - expected.y, expected.height, target.height));
    if (!scene.view().viewport()->rect().contains(middle))
        return; // scrolled out of sight
    const std::size_t before = scene.pair.injector.content().events.size();
    QTest::mouseClick(scene.view().viewport(), Qt::LeftButton, {}, middle);
    // The press, the release, and what the mouse does on its way.
    const auto released = [&] {
        const std::vector<InputEvent> events = scene.pair.injector.content().events;
        const auto* button
            = events.size() < before + 2 ? nullptr : std::get_if<PointerButton>(&events.back());
        return button && !button->isPressed ? std::optional(button->position) : std::nullopt;
    };
    QVERIFY(waitUntil([&] { return released().has_value(); }));
    const Point hit = *released();
    const int tolerance
        = target.width < expected.width ? (expected.width + target.width - 1) / target.width : 0;
    const QString found = QStringLiteral("%1,%2 for %3,%4").arg(hit.x).arg(hit.y).arg(mark.x).arg(mark.y);
    QVERIFY2(std::abs(hit.x - mark.x) <= tolerance, qPrintable(found));
    QVERIFY2(std::abs(hit.y - mark.y) <= tolerance, qPrintable(found));
}

QTEST_MAIN(TestViewerMonitors)
#include "tst_viewer_monitors.moc"
