#include "core/session/conversation.h"
#include "tests/e2e/app_process.h"
#include "tests/support/xvfb.h"

#include <QFile>
#include <QTest>

using namespace sightline;

namespace {

const QString kShare = QStringLiteral("share");
const QString kNoUi = QStringLiteral("--no-ui");
const QString kYes = QStringLiteral("--yes");
const QString kPrintLink = QStringLiteral("--print-link");
const QString kAnyPort = QStringLiteral("--port=0");
const QString kGrantControl = QStringLiteral("--grant-control");

std::unique_ptr<Xvfb> startScreen()
{
    auto screen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1000x700x24")});
    return screen ? std::move(screen).value() : nullptr;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct TerminalDeleter {
    void operator()(QProcess* xterm) const
    {
        xterm->terminate();
        xterm->waitForFinished();
        std::default_delete<QProcess>()(xterm);
    }
};
using Terminal = std::unique_ptr<QProcess, TerminalDeleter>;

/// An xterm in the middle of the screen; what is typed into it ends in a file, line by line. Without a window
/// manager the pointer gives it the focus.
Terminal startTerminal(const Xvfb& screen, const QString& typed)
{
    Terminal xterm(std::make_unique<QProcess>().release());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(screen.displayName()));
    xterm->setProcessEnvironment(environment);
    xterm->start(QStringLiteral("xterm"),
        {QStringLiteral("-geometry"), QStringLiteral("130x40+100+60"), QStringLiteral("-e"),
            QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("cat > '%1'").arg(typed)});
    const bool isThere = xterm->waitForStarted()
        && screen.run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                QStringLiteral("--class"), QStringLiteral("xterm")});
    return isThere ? std::move(xterm) : nullptr;
}

} // namespace

class TestRemoteControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysReachATerminalOnTheHost();
    void theWindowSendsWhatIsTyped();
};

void TestRemoteControl::keysReachATerminalOnTheHost()
{
    const auto hostScreen = startScreen();
    QVERIFY(hostScreen);
    QTemporaryDir files;
    const QString typed = files.filePath(QStringLiteral("typed"));
    const auto xterm = startTerminal(*hostScreen, typed);
    QVERIFY(xterm);

    AppProcess host(AppProcess::Program::App, hostScreen->displayName(),
        {kShare, kNoUi, kYes, kPrintLink, kAnyPort, kGrantControl, QStringLiteral("--name=Anna")});
    const Result<MeetingLink> link = MeetingLink::parse(host.waitForLine(QStringLiteral("/m/")));
    QVERIFY2(link, qPrintable(host.output()));
    Conversation vera(
        {.displayName = QStringLiteral("Vera"), .openCapture = {}, .openInjector = {}, .acceptAll = true});
    vera.joinMeeting(*link);
    QTRY_COMPARE_WITH_TIMEOUT(vera.control().state(), ControlState::Granted, 20000);
    QVERIFY2(
        !host.waitForLine(QStringLiteral("Vera controls this desktop")).isEmpty(), qPrintable(host.output()));

    SessionControl& control = vera.control();
    control.sendInput(PointerMove{{400, 300}});
    for (const bool isPressed : {true, false})
        control.sendInput(PointerButton{MouseButton::Left, isPressed, {400, 300}});
    for (const QChar character : QStringLiteral("Hello, World 42!")) {
        for (const bool isPressed : {true, false})
            control.sendInput(UnicodeKey{character.unicode(), isPressed});
    }
    for (const bool isPressed : {true, false})
        control.sendInput(ScancodeKey{0x1C, ScancodeKey::Extension::None, isPressed}); // Enter
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(typed), QByteArray("Hello, World 42!\n"), 20000);
}

void TestRemoteControl::theWindowSendsWhatIsTyped()
{
    const auto hostScreen = startScreen();
    const auto viewerScreen = startScreen();
    QVERIFY(hostScreen && viewerScreen);
    QTemporaryDir files;
    const QString typed = files.filePath(QStringLiteral("typed"));
    const auto xterm = startTerminal(*hostScreen, typed);
    QVERIFY(xterm);
    AppProcess host(AppProcess::Program::App, hostScreen->displayName(),
        {kShare, kNoUi, kYes, kPrintLink, kAnyPort, kGrantControl});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(AppProcess::Program::App, viewerScreen->displayName(),
        {QStringLiteral("view"), link, QStringLiteral("--full-screen"), QStringLiteral("--name=Vera")});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    QVERIFY2(
        !host.waitForLine(QStringLiteral("Vera controls this desktop")).isEmpty(), qPrintable(host.output()));

    // Both screens have one size, and the picture fills its own: a place here is the same place there. No
    // window manager gives the focus. Control comes to the window a moment after the host says so.
    const auto type = [&viewerScreen](const QString& text) {
        return viewerScreen->run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                QStringLiteral("--name"), QStringLiteral("Desktop of"), QStringLiteral("windowfocus"),
                QStringLiteral("mousemove"), QStringLiteral("400"), QStringLiteral("300"),
                QStringLiteral("click"), QStringLiteral("1"), QStringLiteral("key"), QStringLiteral("Return"),
                QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("15"), text});
    };
    const auto hasArrived = [&typed] { return contentOf(typed).endsWith("Hello, World 42!\n"); };
    for (int attempt = 0; attempt < 5 && !hasArrived(); ++attempt) {
        QVERIFY(type(QStringLiteral("Hello, World 42!\n")));
        (void)QTest::qWaitFor(hasArrived, 3000);
    }
    QVERIFY2(hasArrived(), contentOf(typed).toPercentEncoding().constData());
    viewer.terminate();
    QVERIFY2(viewer.waitForExit() == 0, qPrintable(viewer.output()));
}

QTEST_GUILESS_MAIN(TestRemoteControl)
#include "tst_remote_control.moc"
