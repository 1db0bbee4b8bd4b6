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

} // namespace

class TestRemoteControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keysReachATerminalOnTheHost();
};

void TestRemoteControl::keysReachATerminalOnTheHost()
{
    const auto hostScreen = startScreen();
    QVERIFY(hostScreen);
    QTemporaryDir files;
    const QString typed = files.filePath(QStringLiteral("typed"));
    QProcess xterm;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(hostScreen->displayName()));
    xterm.setProcessEnvironment(environment);
    // What is typed into it ends in a file, line by line. Without a window manager the pointer gives the
    // focus.
    xterm.start(QStringLiteral("xterm"),
        {QStringLiteral("-geometry"), QStringLiteral("130x40+100+60"), QStringLiteral("-e"),
            QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("cat > '%1'").arg(typed)});
    QVERIFY(xterm.waitForStarted());
    QVERIFY(hostScreen->run(QStringLiteral("xdotool"),
        {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
            QStringLiteral("--class"), QStringLiteral("xterm")}));

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
    xterm.terminate();
    xterm.waitForFinished();
}

QTEST_GUILESS_MAIN(TestRemoteControl)
#include "tst_remote_control.moc"
