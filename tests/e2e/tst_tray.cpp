#include "core/conference/conference_server.h"
#include "core/session/presence.h"
#include "tests/e2e/app_process.h"
#include "tests/support/x11_close.h"
#include "tests/support/xvfb.h"

#include <QTest>

#include <csignal>
#include <optional>
#include <sys/prctl.h>

using namespace sightline;

// The app in a real tray, that of a small panel.

namespace {

constexpr int kPatience = 20000;
constexpr int kLargestIcon = 64;
constexpr int kSmallestWindow = 400;

struct Window {
    QString id;
    int width = 0;
};

std::unique_ptr<QProcess> startTray(const Xvfb& screen)
{
    auto tray = std::make_unique<QProcess>();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(screen.displayName()));
    tray->setProcessEnvironment(environment);
    tray->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    tray->start(QStringLiteral("trayer"),
        {QStringLiteral("--edge"), QStringLiteral("bottom"), QStringLiteral("--align"),
            QStringLiteral("right"), QStringLiteral("--widthtype"), QStringLiteral("pixel"),
            QStringLiteral("--width"), QStringLiteral("100"), QStringLiteral("--height"),
            QStringLiteral("32")});
    const bool isThere = tray->waitForStarted(kPatience)
        && screen.run(QStringLiteral("xdotool"),
            {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                QStringLiteral("--name"), QStringLiteral("^panel$")});
    return isThere ? std::move(tray) : nullptr;
}

/// The app of somebody whose settings say that it starts in the tray. There is no session bus, by which some
/// panels are found: the tray is the X server's.
QStringList withSettings()
{
    return {QStringLiteral("sh"), QStringLiteral("-c"),
        QStringLiteral("mkdir -p \"$XDG_CONFIG_HOME/sightline\" && "
                       "printf '[General]\\nname=Anna\\nstaysInTray=true\\n' "
                       "> \"$XDG_CONFIG_HOME/sightline/sightline.ini\" && "
                       "export DBUS_SESSION_BUS_ADDRESS=disabled: && exec \"$0\" \"$@\"")};
}

} // namespace

class TestTray : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void livesInTheTray();
    void tellsOfAnInvitation();
    void withoutATrayThereIsTheWindow();
    void comesBackWhenTheTrayGoes();

private:
    QByteArray xdotool(const QStringList& words) const;
    QList<Window> windows() const;
    QString icon() const;
    std::optional<Window> window() const;
    bool isWindowShown() const { return window().has_value(); }
    bool closeWindow() const; ///< as a window manager asks it to
    void start(const QStringList& arguments = {QStringLiteral("--port=0")});

    std::unique_ptr<Xvfb> m_screen;
    std::unique_ptr<AppProcess> m_app;
};

void TestTray::init()
{
    m_app.reset();
    auto started
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1000x700x24")});
    QVERIFY(started);
    m_screen = *std::move(started);
}

void TestTray::start(const QStringList& arguments)
{
    m_app = std::make_unique<AppProcess>(
        AppProcess::Program::App, m_screen->displayName(), arguments, withSettings());
    QVERIFY(m_app->isRunning());
}

QByteArray TestTray::xdotool(const QStringList& words) const
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_screen->displayName()));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("xdotool"), words);
    return process.waitForFinished(kPatience) ? process.readAllStandardOutput() : QByteArray();
}

/// Those of the app that can be seen: its icon, its window, a notification.
QList<Window> TestTray::windows() const
{
    QList<Window> all;
    const QByteArray ids = xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"),
        QStringLiteral("--class"), QStringLiteral("^sightline$")});
    for (const QByteArray& id : ids.split('\n')) {
        if (id.isEmpty())
            continue;
        const QByteArray shape = xdotool(
            {QStringLiteral("getwindowgeometry"), QStringLiteral("--shell"), QString::fromLatin1(id)});
        const qsizetype at = shape.indexOf("WIDTH=");
        if (at >= 0)
            all.append({QString::fromLatin1(id), shape.mid(at + 6).split('\n').first().toInt()});
    }
    return all;
}

QString TestTray::icon() const
{
    for (const Window& window : windows()) {
        if (window.width <= kLargestIcon)
            return window.id;
    }
    return {};
}

std::optional<Window> TestTray::window() const
{
    for (const Window& each : windows()) {
        if (each.width >= kSmallestWindow)
            return each;
    }
    return std::nullopt;
}

bool TestTray::closeWindow() const
{
    const auto shown = window();
    return shown && askToClose(m_screen->displayName(), shown->id.toUInt());
}

void TestTray::livesInTheTray()
{
    const auto tray = startTray(*m_screen);
    QVERIFY(tray);
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!icon().isEmpty(), kPatience);
    QVERIFY(!isWindowShown());
    const auto click = [this](const char* button) {
        xdotool({QStringLiteral("mousemove"), QStringLiteral("--window"), icon(), QStringLiteral("8"),
            QStringLiteral("8"), QStringLiteral("click"), QString::fromLatin1(button)});
    };
    click("1");
    QTRY_VERIFY_WITH_TIMEOUT(isWindowShown(), kPatience);
    QVERIFY(closeWindow());
    QTRY_VERIFY_WITH_TIMEOUT(!isWindowShown(), kPatience);
    QVERIFY(m_app->isRunning());
    QVERIFY(!icon().isEmpty());

    // By the menu's own keys: open, and quit.
    const auto choose = [&](const char* key, const std::function<bool()>& isDone) {
        return QTest::qWaitFor(
            [&] {
                if (isDone())
                    return true;
                click("3");
                xdotool({QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("50"),
                    QString::fromLatin1(key)});
                return isDone();
            },
            kPatience);
    };
    QVERIFY(choose("o", [this] { return isWindowShown(); }));
    QVERIFY(choose("q", [this] { return !m_app->isRunning() || (m_app->output(), false); }));
    QCOMPARE(m_app->waitForExit(), 0);
}

void TestTray::tellsOfAnInvitation()
{
    const auto tray = startTray(*m_screen);
    QVERIFY(tray);
    QTemporaryDir data;
    ServerOptions options;
    options.address = QHostAddress::LocalHost;
    options.port = 0;
    options.dataDirectory = data.path();
    const auto server = ConferenceServer::start(options);
    QVERIFY(server);
    MeetingLink address;
    address.host = QStringLiteral("127.0.0.1");
    address.port = (*server)->port();
    address.certificateFingerprint = (*server)->fingerprint();
    start({QStringLiteral("--server=https://127.0.0.1:%1?fp=%2")
               .arg(address.port)
               .arg(QString::fromLatin1(address.certificateFingerprint.toHex()))});
    QTRY_VERIFY_WITH_TIMEOUT(!icon().isEmpty(), kPatience);

    Conversation conversation({.displayName = QStringLiteral("Bob"), .openCapture = {}, .openInjector = {}});
    Presence bob(conversation);
    bob.signIn(address, QStringLiteral("Bob"));
    QTRY_COMPARE_WITH_TIMEOUT(bob.others().size(), qsizetype(1), kPatience);
    QCOMPARE(bob.others().front().displayName, QStringLiteral("Anna"));
    QCOMPARE(windows().size(), qsizetype(1));
    bob.invite(bob.others().front());
    QTRY_COMPARE_WITH_TIMEOUT(windows().size(), qsizetype(2), kPatience);
    QVERIFY(!isWindowShown()); // it is the notification
}

void TestTray::withoutATrayThereIsTheWindow()
{
    start();
    QTRY_VERIFY_WITH_TIMEOUT(isWindowShown(), kPatience);
    QVERIFY(icon().isEmpty());
    // A tray that comes later has the icon.
    {
        const auto tray = startTray(*m_screen);
        QVERIFY(tray);
        QTRY_VERIFY_WITH_TIMEOUT(!icon().isEmpty(), kPatience);
        tray->kill();
        tray->waitForFinished();
    }
    QTRY_VERIFY_WITH_TIMEOUT(icon().isEmpty(), kPatience);
    QVERIFY(closeWindow());
    QCOMPARE(m_app->waitForExit(), 0); // nothing else would be left of it
}

void TestTray::comesBackWhenTheTrayGoes()
{
    const auto tray = startTray(*m_screen);
    QVERIFY(tray);
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!icon().isEmpty(), kPatience);
    QVERIFY(!isWindowShown());
    tray->kill();
    tray->waitForFinished();
    QTRY_VERIFY_WITH_TIMEOUT(isWindowShown(), kPatience);
}

QTEST_GUILESS_MAIN(TestTray)
#include "tst_tray.moc"
