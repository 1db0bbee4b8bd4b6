#include "core/session/conversation.h"
#include "platform/synthetic/pattern_capture.h"
#include "ui/error_text.h"
#include "ui/main_window.h"
#include "ui/remote_view.h"
#include "ui/viewer_window.h"

#include "tests/support/local_server.h"
#include "tests/support/widget_search.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace sightline;

// The windows on real conversations, with a real server in between and screens that exist in memory only.

namespace {

constexpr int kPatience = 20000;
constexpr std::uint32_t kBlue = 0x2040C0;

/// Somebody with a desktop and Sightline's window.
struct Person {
    Person(const char* name, MainWindow::FindServer findServer)
        : screen(std::make_shared<PatternScreen>(Size{320, 200}))
        , conversation({.displayName = QString::fromLatin1(name), .openCapture = capture()})
        , window(conversation, std::move(findServer), QString::fromLatin1(name))
    {
        screen->fill({0, 0, 320, 200}, kBlue);
        window.show();
    }

    Conversation::CaptureFactory capture()
    {
        return [shared = screen]() -> Result<std::unique_ptr<ScreenCapture>> {
            return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(shared));
        };
    }

    void click(const char* button) const { find<QAbstractButton>(window, button)->click(); }

    /// What one pastes into the field and opens with the Return key.
    void open(const QString& link) const
    {
        auto* field = find<QLineEdit>(window, "Meeting link");
        field->setText(link);
        QTest::keyClick(field, Qt::Key_Return);
    }

    std::shared_ptr<PatternScreen> screen;
    Conversation conversation;
    MainWindow window;
};

MainWindow::FindServer noServer()
{
    return []() -> Result<MeetingLink> {
        return Error(ErrorCode::PortInUse, QStringLiteral("port 7443 is taken"));
    };
}

ViewerWindow* openViewer()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* viewer = qobject_cast<ViewerWindow*>(widget); viewer && viewer->isVisible())
            return viewer;
    }
    return nullptr;
}

bool showsBlue(QWidget& viewer)
{
    const QImage image = viewer.findChild<RemoteView*>()->viewport()->grab().toImage();
    return (image.pixel(image.width() / 2, image.height() / 2) & kColorMask) == kBlue;
}

} // namespace

class TestWindows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serverThatCannotStart();
    void linkToNowhere();
    void linkWithAnotherPin();
    void shareAdmitViewStop();
    void declinedInvitation();
    void waitingToBeLetIn_data();
    void waitingToBeLetIn();
    void viewerWindowTakesThePicturesSize();
    void viewerWindowKeepsTheUsersSize();
    void fullScreen();
};

void TestWindows::serverThatCannotStart()
{
    Person anna("Anna", noServer());
    anna.click("Share my desktop");
    const QString sentence = errorText(ErrorCode::PortInUse).toString();
    QVERIFY(isReadable(anna.window, sentence));
    QVERIFY(isShown(anna.window, "Meeting link")); // still on the first page
    anna.click("Dismiss");
    QVERIFY(!isReadable(anna.window, sentence));
}

void TestWindows::linkToNowhere()
{
    quint16 closedPort = 0;
    {
        QTcpServer holder;
        QVERIFY(holder.listen(QHostAddress::LocalHost));
        closedPort = holder.serverPort();
    }
    Person anna("Anna", noServer());
    anna.open(QStringLiteral("sightline://127.0.0.1:%1/m/AAAAAAAAAAAAAAAAAAAAAA").arg(closedPort));
    QVERIFY(isShown(anna.window, "Cancel")); // there is nothing to leave yet
    const QString sentence = errorText(ErrorCode::ConnectFailed).toString();
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(anna.window, sentence), kPatience);
    QVERIFY(isShown(anna.window, "Meeting link"));
}

void TestWindows::linkWithAnotherPin()
{
    const LocalServer server;
    QVERIFY(server.server);
    Person anna("Anna", noServer());
    MeetingLink link = server.address();
    link.meetingId = QStringLiteral("AAAAAAAAAAAAAAAAAAAAAA");
    link.certificateFingerprint = QByteArray(32, 'x');
    anna.open(link.toAppLink());
    const QString sentence = errorText(ErrorCode::CertificateMismatch).toString();
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(anna.window, sentence), kPatience);
}

void TestWindows::shareAdmitViewStop()
{
    const LocalServer server;
    QVERIFY(server.server);
    Person anna("Anna", [&server] { return server.address(); });
    Person ben("Ben", noServer());

    anna.click("Share my desktop");
    QTRY_VERIFY_WITH_TIMEOUT(isShown(anna.window, "Stop sharing"), kPatience);
    const QString link = find<QLineEdit>(anna.window, "Link of this meeting")->text();
    QVERIFY(link.startsWith(QStringLiteral("sightline://")));

    ben.open(link);
    QTRY_VERIFY_WITH_TIMEOUT(
        isReadable(anna.window, QStringLiteral("Ben wants to see your desktop.")), kPatience);
    QVERIFY(!openViewer());
    anna.click("Admit");
    QTRY_VERIFY_WITH_TIMEOUT(
        isReadable(ben.window, QStringLiteral("Anna shares the desktop with you.")), kPatience);
    ben.click("View");
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(anna.window, QStringLiteral("Ben sees your desktop.")), kPatience);
    ViewerWindow* const viewer = openViewer();
    QVERIFY(viewer);
    QCOMPARE(viewer->windowTitle(), QStringLiteral("Desktop of Anna – Sightline"));
    QTRY_VERIFY_WITH_TIMEOUT(showsBlue(*viewer), kPatience);

    const QString code = find<QLabel>(anna.window, "Security code")->text();
    QVERIFY(code.size() > 15);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(*viewer, "Security code")->text(), code, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(
        find<QLabel>(*viewer, "Path")->text().startsWith(QStringLiteral("Direct")), kPatience);

    anna.click("Stop sharing");
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(*viewer, QStringLiteral("Anna has stopped sharing.")), kPatience);
    QVERIFY(viewer->findChild<RemoteView*>()->isDimmed());
    QVERIFY(isShown(anna.window, "Share my desktop"));
    find<QAbstractButton>(*viewer, "Close")->click();
    QVERIFY(!openViewer());
    ben.click("Leave the meeting");
    QVERIFY(isShown(ben.window, "Meeting link"));
}

void TestWindows::declinedInvitation()
{
    const LocalServer server;
    QVERIFY(server.server);
    Person anna("Anna", [&server] { return server.address(); });
    Person ben("Ben", noServer());
    anna.click("Share my desktop");
    QTRY_VERIFY_WITH_TIMEOUT(isShown(anna.window, "Stop sharing"), kPatience);
    ben.open(find<QLineEdit>(anna.window, "Link of this meeting")->text());
    QTRY_VERIFY_WITH_TIMEOUT(isShown(anna.window, "Admit"), kPatience);
    anna.click("Admit");
    QTRY_VERIFY_WITH_TIMEOUT(isShown(ben.window, "View"), kPatience);
    ben.click("Decline");
    QVERIFY(!isShown(ben.window, "View"));
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(anna.window, errorText(ErrorCode::Declined).toString()), kPatience);
    QVERIFY(isShown(anna.window, "Stop sharing")); // the offer stands
    QVERIFY(!openViewer());
}

void TestWindows::waitingToBeLetIn_data()
{
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("admitted") << QByteArray("Anna") << QByteArray("Admit")
                              << QStringLiteral("Anna shares the desktop with you.");
    QTest::newRow("declined") << QByteArray("Anna") << QByteArray("Decline")
                              << QStringLiteral(
                                     "Anna did not let you in. Ask Anna, and open the link again.");
    QTest::newRow("stops") << QByteArray("Anna") << QByteArray("Stop sharing")
                           << QStringLiteral("Anna stopped sharing before you were let in.");
    QTest::newRow("leaves") << QByteArray("Anna") << QByteArray("Leave the meeting")
                            << QStringLiteral(
                                   "Anna stopped sharing before you were let in."); // which comes first
    QTest::newRow("cancelled") << QByteArray("Ben") << QByteArray("Cancel") << QString();
}

void TestWindows::waitingToBeLetIn()
{
    QFETCH(const QByteArray, who);
    QFETCH(const QByteArray, button);
    QFETCH(const QString, sentence);
    const LocalServer server;
    QVERIFY(server.server);
    Person anna("Anna", [&server] { return server.address(); });
    Person ben("Ben", noServer());
    anna.click("Share my desktop");
    QTRY_VERIFY_WITH_TIMEOUT(isShown(anna.window, "Stop sharing"), kPatience);
    ben.open(find<QLineEdit>(anna.window, "Link of this meeting")->text());
    const QString waiting = QStringLiteral("Waiting for Anna to let you in…");
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(ben.window, waiting), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(anna.window, "Admit"), kPatience);

    (who == "Ben" ? ben : anna).click(button.constData());
    QTRY_VERIFY_WITH_TIMEOUT(!isReadable(ben.window, waiting), kPatience);
    if (sentence.isEmpty()) {
        QVERIFY(isShown(ben.window, "Meeting link")); // the first page
        QTRY_VERIFY_WITH_TIMEOUT(!isShown(anna.window, "Admit"), kPatience);
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(isReadable(ben.window, sentence), kPatience);
    QVERIFY(!isShown(ben.window, "Cancel"));
}

void TestWindows::viewerWindowTakesThePicturesSize()
{
    Conversation conversation({});
    ViewerWindow window(conversation);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(isReadable(window, QStringLiteral("Connecting to the meeting…")));
    auto* view = window.findChild<RemoteView*>();
    conversation.remoteScreen().resize({600, 400});
    QTRY_COMPARE(view->viewport()->size(), QSize(600, 400));
    QVERIFY(view->geometryOfPicture().isExact());
    QVERIFY(window.height() - 400 <= 100);
    QVERIFY(window.screen()->availableGeometry().contains(window.geometry()));

    // Larger than the screen: all of it is visible, in its proportions.
    conversation.remoteScreen().resize({4000, 2000});
    QTRY_VERIFY(view->geometryOfPicture().remote.width == 4000);
    QVERIFY(window.screen()->availableGeometry().contains(window.geometry()));
    const Rect target = view->geometryOfPicture().target();
    QVERIFY(std::abs(target.width - 2 * target.height) <= 2);
    QCOMPARE(target.width, view->viewport()->width());
}

void TestWindows::viewerWindowKeepsTheUsersSize()
{
    Conversation conversation({});
    ViewerWindow window(conversation, {.fullScreen = false, .scale = ViewScale::OneToOne});
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(555, 444);
    conversation.remoteScreen().resize({600, 400});
    auto* view = window.findChild<RemoteView*>();
    QTRY_VERIFY(view->geometryOfPicture().remote.width == 600);
    QCOMPARE(window.size(), QSize(555, 444));
    QVERIFY(view->geometryOfPicture().isExact());
    QVERIFY(view->geometryOfPicture().scrollRange().x > 0);
    find<QAbstractButton>(window, "Fit")->click();
    QVERIFY(!view->geometryOfPicture().isExact());
    QVERIFY(view->geometryOfPicture().scrollRange() == Point{});
}

void TestWindows::fullScreen()
{
    Conversation conversation({});
    ViewerWindow window(conversation);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QRect before = window.geometry();
    QVERIFY(isShown(window, "Stop viewing"));
    QTest::keyClick(&window, Qt::Key_F11);
    QTRY_COMPARE(window.geometry(), window.screen()->geometry());
    QVERIFY(!isShown(window, "Stop viewing"));
    QCOMPARE(window.findChild<RemoteView*>()->size(), window.size());
    QTest::keyClick(&window, Qt::Key_Escape);
    QTRY_COMPARE(window.geometry(), before);
    QVERIFY(isShown(window, "Stop viewing"));

    QSignalSpy closed(&window, &ViewerWindow::closed);
    find<QAbstractButton>(window, "Stop viewing")->click();
    QCOMPARE(closed.size(), 1);
    QVERIFY(!window.isVisible());
}

QTEST_MAIN(TestWindows)
#include "tst_windows.moc"
