#include "ui/remote_view.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace sightline;

namespace {

/// A window with the pane, another field, and shortcuts of its own.
struct Window {
    RemoteScreen screen;
    std::vector<InputEvent> events; // outlives the pane, which releases what is held when it goes
    QWidget window;
    RemoteView* view = nullptr;
    QLineEdit* other = nullptr;
    int shortcuts = 0;
    int fullScreens = 0;

    explicit Window(Size remote = {400, 200}, QSize pane = {400, 200}, ViewScale scale = ViewScale::Fit)
    {
        screen.resize(remote);
        view = new RemoteView(screen);
        view->setScale(scale);
        view->setMinimumSize(pane);
        view->setMaximumSize(pane);
        other = new QLineEdit;
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(view);
        layout->addWidget(other);
        for (const int key : {static_cast<int>(Qt::Key_F11), static_cast<int>(Qt::Key_Escape)}) {
            auto* shortcut = new QShortcut(QKeySequence(key), &window);
            QObject::connect(shortcut, &QShortcut::activated, [this] { ++shortcuts; });
        }
        auto* always = new QShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return), &window);
        QObject::connect(always, &QShortcut::activated, [this] { ++fullScreens; });
        window.show();
        window.activateWindow();
        view->setFocus();
    }
    bool isReady() { return QTest::qWaitForWindowActive(&window) && view->hasFocus(); }
    void take()
    {
        view->setInputSink([this](const InputEvent& event) { events.push_back(event); });
    }
    QWidget* pane() const { return view->viewport(); }
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons)
    {
        QMouseEvent event(type, at, pane()->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(pane(), &event);
    }
    void wheel(QPoint pixels, QPoint angle, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event({50, 50}, pane()->mapToGlobal(QPointF(50, 50)), pixels, angle, Qt::NoButton,
            modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(pane(), &event);
    }
    std::vector<InputEvent> takeEvents()
    {
        QCoreApplication::processEvents();
        return std::exchange(events, {});
    }
};

} // namespace

class TestRemoteInput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsTakenWithoutASink();
    void allKeysAreTaken();
    void oneCombinationStays();
    void focusLossReleases();
    void lossOfControlReleases();
    void lockKeysAreSynchronised();
    void clicks();
    void movesRunTogether();
    void dragLeavesThePane();
    void pressBesideThePicture();
    void wheel_data();
    void wheel();
    void positions_data();
    void positions();
    void keptKeysStay();
    void inputMethod();
    void pointerTakesTheShape();
};

void TestRemoteInput::nothingIsTakenWithoutASink()
{
    Window w;
    QVERIFY(w.isReady());
    QTest::keyClick(w.view, Qt::Key_F11);
    QCOMPARE(w.shortcuts, 1);
    QVERIFY(!w.view->isTakingInput());
    QTest::keyClick(w.view, Qt::Key_Tab);
    QVERIFY(w.other->hasFocus());
    w.take();
    w.view->setInputSink({});
    w.mouse(QEvent::MouseButtonPress, {9, 9}, Qt::LeftButton, Qt::LeftButton);
    QVERIFY(w.takeEvents().empty());
}

void TestRemoteInput::allKeysAreTaken()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    for (const Qt::Key key : {Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_F11, Qt::Key_Escape})
        QTest::keyClick(w.view, key);
    QVERIFY(w.view->hasFocus());
    QCOMPARE(w.shortcuts, 0);
    QCOMPARE(w.takeEvents(),
        (std::vector<InputEvent>{ScancodeKey{0x0F, {}, true}, ScancodeKey{0x0F}, ScancodeKey{0x0F, {}, true},
            ScancodeKey{0x0F}, ScancodeKey{0x57, {}, true}, ScancodeKey{0x57}, ScancodeKey{0x01, {}, true},
            ScancodeKey{0x01}}));
}

void TestRemoteInput::oneCombinationStays()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    // Presses and releases the modifiers, too.
    QTest::keyClick(w.view, Qt::Key_Return, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(w.fullScreens, 1);
    QCOMPARE(w.takeEvents(),
        (std::vector<InputEvent>{
            ScancodeKey{0x1D, {}, true}, ScancodeKey{0x38, {}, true}, ScancodeKey{0x38}, ScancodeKey{0x1D}}));
}

void TestRemoteInput::focusLossReleases()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    QTest::keyPress(w.view, Qt::Key_Shift);
    w.mouse(QEvent::MouseButtonPress, {9, 9}, Qt::LeftButton, Qt::LeftButton);
    w.takeEvents();
    w.other->setFocus();
    // Shift is not down in the mouse press of this test, and so was let go with it.
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{PointerButton{MouseButton::Left, false, {9, 9}}}));

    w.view->setFocus();
    QTest::keyPress(w.view, Qt::Key_Shift);
    w.takeEvents();
    w.window.hide();
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{ScancodeKey{0x2A}}));
}

void TestRemoteInput::lossOfControlReleases()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    QTest::keyPress(w.view, Qt::Key_A);
    w.takeEvents();
    w.view->setInputSink({});
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{UnicodeKey{u'a', false}}));
    QTest::keyRelease(w.view, Qt::Key_A);
    QVERIFY(w.takeEvents().empty());
}

void TestRemoteInput::lockKeysAreSynchronised()
{
    Window w;
    QVERIFY(w.isReady());
    LockKeys local{.num = true};
    w.view->setLockKeySource([&local] { return std::optional(local); });
    w.take();
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{local}));
    w.other->setFocus();
    local.caps = true;
    w.view->setFocus();
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{local}));
}

void TestRemoteInput::clicks()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    w.other->setFocus();
    w.mouse(QEvent::MouseButtonPress, {10, 20}, Qt::LeftButton, Qt::LeftButton);
    QVERIFY(w.view->hasFocus());
    w.mouse(QEvent::MouseButtonRelease, {11, 21}, Qt::LeftButton, {});
    w.mouse(QEvent::MouseButtonDblClick, {11, 21}, Qt::LeftButton, Qt::LeftButton);
    w.mouse(QEvent::MouseButtonRelease, {11, 21}, Qt::LeftButton, {});
    w.mouse(QEvent::MouseButtonPress, {5, 5}, Qt::ForwardButton, Qt::ForwardButton);
    w.mouse(QEvent::MouseButtonRelease, {5, 5}, Qt::ForwardButton, {});
    QCOMPARE(w.takeEvents(),
        (std::vector<InputEvent>{PointerButton{MouseButton::Left, true, {10, 20}},
            PointerButton{MouseButton::Left, false, {11, 21}},
            PointerButton{MouseButton::Left, true, {11, 21}},
            PointerButton{MouseButton::Left, false, {11, 21}},
            PointerButton{MouseButton::Forward, true, {5, 5}},
            PointerButton{MouseButton::Forward, false, {5, 5}}}));
}

void TestRemoteInput::movesRunTogether()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    w.takeEvents();
    for (int x = 1; x < 6; ++x)
        w.mouse(QEvent::MouseMove, QPointF(x, 1), Qt::NoButton, {});
    QVERIFY(w.events.empty());
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{PointerMove{{5, 1}}}));
    // Never later than what follows.
    w.mouse(QEvent::MouseMove, {7, 1}, Qt::NoButton, {});
    QTest::keyClick(w.view, Qt::Key_Left);
    w.mouse(QEvent::MouseMove, {8, 1}, Qt::NoButton, {});
    w.mouse(QEvent::MouseButtonPress, {9, 1}, Qt::RightButton, Qt::RightButton);
    const auto events = w.takeEvents();
    QCOMPARE(events.size(), 5U);
    QCOMPARE(events[0], InputEvent(PointerMove{{7, 1}}));
    QCOMPARE(events[3], InputEvent(PointerMove{{8, 1}}));
    QCOMPARE(events[4], InputEvent(PointerButton{MouseButton::Right, true, {9, 1}}));
}

void TestRemoteInput::dragLeavesThePane()
{
    Window w;
    QVERIFY(w.isReady());
    w.take();
    w.mouse(QEvent::MouseButtonPress, {390, 100}, Qt::LeftButton, Qt::LeftButton);
    w.mouse(QEvent::MouseMove, {5000, -30}, Qt::NoButton, Qt::LeftButton);
    w.mouse(QEvent::MouseButtonRelease, {5000, -30}, Qt::LeftButton, {});
    QCOMPARE(w.takeEvents(),
        (std::vector<InputEvent>{PointerButton{MouseButton::Left, true, {390, 100}}, PointerMove{{399, 0}},
            PointerButton{MouseButton::Left, false, {399, 0}}}));
}

void TestRemoteInput::pressBesideThePicture()
{
    Window w({400, 200}, {400, 300}); // bars of 50 pixels above and below
    QVERIFY(w.isReady());
    w.take();
    w.mouse(QEvent::MouseButtonPress, {100, 20}, Qt::LeftButton, Qt::LeftButton);
    w.mouse(QEvent::MouseButtonRelease, {100, 20}, Qt::LeftButton, {});
    QVERIFY(w.takeEvents().empty());
    w.mouse(QEvent::MouseButtonPress, {100, 50}, Qt::LeftButton, Qt::LeftButton);
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{PointerButton{MouseButton::Left, true, {100, 0}}}));
}

void TestRemoteInput::wheel_data()
{
    QTest::addColumn<QPoint>("pixels");
    QTest::addColumn<QPoint>("angle");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<bool>("isHorizontal");
    QTest::addColumn<int>("delta");
    QTest::newRow("away") << QPoint() << QPoint(0, 120) << 0 << false << 120;
    QTest::newRow("part of a notch") << QPoint() << QPoint(0, -7) << 0 << false << -7;
    QTest::newRow("right") << QPoint() << QPoint(-120, 0) << 0 << true << 120;
    QTest::newRow("with Alt") << QPoint() << QPoint(120, 0) << static_cast<int>(Qt::AltModifier) << false
                              << 120;
    QTest::newRow("pixels") << QPoint(0, 40) << QPoint() << 0 << false << 120;
}

void TestRemoteInput::wheel()
{
    QFETCH(QPoint, pixels);
    QFETCH(QPoint, angle);
    QFETCH(int, modifiers);
    QFETCH(bool, isHorizontal);
    QFETCH(int, delta);
    Window w;
    QVERIFY(w.isReady());
    w.take();
    w.wheel(pixels, angle, Qt::KeyboardModifiers(modifiers));
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{PointerWheel{isHorizontal, delta, {50, 50}}}));
}

void TestRemoteInput::positions_data()
{
    QTest::addColumn<QSize>("remote");
    QTest::addColumn<QSize>("pane");
    QTest::addColumn<bool>("fit");
    QTest::addColumn<QPoint>("scroll");
    QTest::addColumn<QPoint>("at");
    QTest::addColumn<QPoint>("expected");
    const QSize full(1920, 1080);
    QTest::newRow("1:1") << QSize(400, 200) << QSize(400, 200) << false << QPoint() << QPoint(399, 199)
                         << QPoint(399, 199);
    QTest::newRow("1:1 in the middle")
        << QSize(100, 100) << QSize(400, 200) << false << QPoint() << QPoint(150, 50) << QPoint(0, 0);
    QTest::newRow("scrolled") << full << QSize(400, 200) << false << QPoint(500, 300) << QPoint(10, 20)
                              << QPoint(510, 320);
    QTest::newRow("a third, first") << full << QSize(640, 360) << true << QPoint() << QPoint(0, 0)
                                    << QPoint(1, 1);
    QTest::newRow("a third, last") << full << QSize(640, 360) << true << QPoint() << QPoint(639, 359)
                                   << QPoint(1918, 1078);
    QTest::newRow("twice, both halves")
        << QSize(200, 100) << QSize(400, 200) << true << QPoint() << QPoint(7, 6) << QPoint(3, 3);
    QTest::newRow("bars") << QSize(200, 200) << QSize(400, 200) << true << QPoint() << QPoint(100, 0)
                          << QPoint(0, 0);
}

void TestRemoteInput::positions()
{
    QFETCH(QSize, remote);
    QFETCH(QSize, pane);
    QFETCH(bool, fit);
    QFETCH(QPoint, scroll);
    QFETCH(QPoint, at);
    QFETCH(QPoint, expected);
    Window w({remote.width(), remote.height()}, pane, fit ? ViewScale::Fit : ViewScale::OneToOne);
    QVERIFY(w.isReady());
    w.view->horizontalScrollBar()->setValue(scroll.x());
    w.view->verticalScrollBar()->setValue(scroll.y());
    w.take();
    w.mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
    QCOMPARE(w.takeEvents(),
        (std::vector<InputEvent>{PointerButton{MouseButton::Left, true, {expected.x(), expected.y()}}}));
}

void TestRemoteInput::keptKeysStay()
{
    Window w;
    QVERIFY(w.isReady());
    int seen = 0;
    const QKeyCombination keys = Qt::CTRL | Qt::ALT | Qt::Key_PageDown;
    auto* shortcut = new QShortcut(QKeySequence(keys), &w.window);
    QObject::connect(shortcut, &QShortcut::activated, [&seen] { ++seen; });
    w.take();
    QTest::keyClick(w.view, Qt::Key_PageDown, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(seen, 0);
    QVERIFY(!w.takeEvents().empty());
    w.view->setKeptKeys({keys});
    QTest::keyClick(w.view, Qt::Key_PageDown, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(seen, 1);
    QTest::keyClick(w.view, Qt::Key_PageDown);
    QCOMPARE(seen, 1);
    w.view->setInputSink({}); // and for the next time
    w.take();
    QTest::keyClick(w.view, Qt::Key_PageDown, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(seen, 2);
}

void TestRemoteInput::inputMethod()
{
    Window w;
    QVERIFY(w.isReady());
    QVERIFY(!w.view->inputMethodQuery(Qt::ImEnabled).toBool());
    w.take();
    QVERIFY(w.view->inputMethodQuery(Qt::ImEnabled).toBool());
    QInputMethodEvent preedit(QStringLiteral("ni"), {});
    QCoreApplication::sendEvent(w.view, &preedit);
    QVERIFY(w.takeEvents().empty());
    QInputMethodEvent done;
    done.setCommitString(QString::fromUtf8("你"));
    QCoreApplication::sendEvent(w.view, &done);
    QCOMPARE(w.takeEvents(), (std::vector<InputEvent>{UnicodeKey{u'你', true}, UnicodeKey{u'你', false}}));
}

void TestRemoteInput::pointerTakesTheShape()
{
    Window w({400, 200}, {800, 400});
    QVERIFY(w.isReady());
    w.screen.setCursorShape({{8, 8}, {2, 3}, std::vector<std::uint32_t>(64, 0xFFFF0000)});
    QCoreApplication::processEvents();
    QCOMPARE(w.pane()->cursor().shape(), Qt::ArrowCursor);
    w.take();
    QCOMPARE(w.pane()->cursor().shape(), Qt::BitmapCursor);
    QCOMPARE(w.pane()->cursor().pixmap().size(), QSize(16, 16));
    QCOMPARE(w.pane()->cursor().hotSpot(), QPoint(4, 6));
    w.view->setInputSink({});
    QCOMPARE(w.pane()->cursor().shape(), Qt::ArrowCursor);
}

QTEST_MAIN(TestRemoteInput)
#include "tst_remote_input.moc"
