#include "core/conference/server_certificate.h"
#include "core/signaling/meeting_link.h"
#include "tests/e2e/app_process.h"
#include "tests/e2e/evidence.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace sightline;

namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 480;

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress(QHostAddress::LocalHost), 0);
    return probe.serverPort();
}

/// How much of the screen is shown there, somewhere: RDP clients place their windows as they like.
bool isShownOn(const QImage& display, const QImage& screen)
{
    if (display.width() < screen.width() || display.height() < screen.height())
        return false;
    return differingPixels(display.copy(0, 0, screen.width(), screen.height()), screen) == 0;
}

} // namespace

/// Many people, the real programs, and what each of them sees.
class TestMeetingOfMany : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everybodySeesTheSame();
    void anyRdpClientSeesIt_data();
    void anyRdpClientSeesIt();
    void picturesOutliveASharingServer();

private:
    struct Viewer {
        std::unique_ptr<AppProcess> process;
        QString statistics;
        QString screenshot;
    };
    void share(const QStringList& more = {});
    void view();
    void paint(const QString& color);
    /// Painted now, and seen by all.
    void expectAllSee();
    std::unique_ptr<AppProcess> startServer(const QString& folder, quint16 port, const QStringList& more);

    std::unique_ptr<Xvfb> m_screen;
    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<AppProcess> m_host;
    QString m_link;
    std::vector<Viewer> m_viewers;
};

void TestMeetingOfMany::init()
{
    m_files = std::make_unique<QTemporaryDir>();
    auto screen = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"),
        QStringLiteral("%1x%2x24").arg(kWidth).arg(kHeight)});
    QVERIFY(screen);
    m_screen = std::move(screen).value();
}

void TestMeetingOfMany::cleanup()
{
    m_viewers.clear();
    m_host.reset();
    m_screen.reset();
}

void TestMeetingOfMany::share(const QStringList& more)
{
    m_host = std::make_unique<AppProcess>(AppProcess::Program::App, m_screen->displayName(),
        QStringList{QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--name=Anna")}
            + more);
    m_link = m_host->waitForLine(QStringLiteral("/m/")).trimmed();
    QVERIFY2(!m_link.isEmpty(), qPrintable(m_host->output()));
}

void TestMeetingOfMany::view()
{
    const auto number = m_viewers.size() + 1;
    Viewer viewer;
    viewer.statistics = m_files->filePath(QStringLiteral("stats%1").arg(number));
    viewer.screenshot = m_files->filePath(QStringLiteral("seen%1.png").arg(number));
    viewer.process = std::make_unique<AppProcess>(AppProcess::Program::App, QByteArray(),
        QStringList{QStringLiteral("view"), m_link, QStringLiteral("--no-ui"),
            QStringLiteral("--name=Viewer %1").arg(number), QStringLiteral("--stats"), viewer.statistics,
            QStringLiteral("--screenshot"), viewer.screenshot});
    QVERIFY2(!viewer.process->waitForLine(QStringLiteral("Viewing the desktop of Anna")).isEmpty(),
        qPrintable(viewer.process->output()));
    m_viewers.push_back(std::move(viewer));
}

void TestMeetingOfMany::paint(const QString& color)
{
    QVERIFY(m_screen->run(QStringLiteral("xsetroot"), {QStringLiteral("-solid"), color}));
}

void TestMeetingOfMany::expectAllSee()
{
    std::vector<qsizetype> known;
    for (const Viewer& viewer : m_viewers)
        known.push_back(statisticsIn(viewer.statistics).size());
    for (std::size_t i = 0; i < m_viewers.size(); ++i)
        QTRY_VERIFY_WITH_TIMEOUT(isAtRest(m_viewers[i].statistics, known[i]), 20000);
    const QImage real = screenOf(*m_screen);
    for (Viewer& viewer : m_viewers) {
        viewer.process->terminate();
        QCOMPARE(viewer.process->waitForExit(), 0);
        QCOMPARE(differingPixels(QImage(viewer.screenshot), real), 0);
    }
}

void TestMeetingOfMany::everybodySeesTheSame()
{
    share({QStringLiteral("--port=0")});
    paint(QStringLiteral("#204080"));
    view(); // directly
    view(); // and from here on through the server
    const QString throughServer = QStringLiteral("goes through the server");
    for (const Viewer& viewer : m_viewers)
        QVERIFY2(!viewer.process->waitForLine(throughServer).isEmpty(), qPrintable(viewer.process->output()));
    paint(QStringLiteral("#802040"));
    view(); // late
    QVERIFY2(!m_host->waitForLine(throughServer).isEmpty(), qPrintable(m_host->output()));
    paint(QStringLiteral("#408020"));
    expectAllSee();
    QVERIFY(m_host->isRunning());
}

void TestMeetingOfMany::anyRdpClientSeesIt_data()
{
    QTest::addColumn<QString>("graphics");
    QTest::newRow("graphics pipeline") << QStringLiteral("/gfx");
    QTest::newRow("classic bitmaps") << QStringLiteral("-gfx");
}

void TestMeetingOfMany::anyRdpClientSeesIt()
{
    QFETCH(QString, graphics);
    share({QStringLiteral("--port=0"), QStringLiteral("--grant-control")});
    paint(QStringLiteral("#204080"));
    const auto link = MeetingLink::parse(m_link);
    QVERIFY(link);
    auto clientScreen = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"),
        QStringLiteral("%1x%2x24").arg(kWidth + 60).arg(kHeight + 60)});
    QVERIFY(clientScreen);
    QProcess client;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1((*clientScreen)->displayName()));
    environment.insert(QStringLiteral("HOME"), m_files->path());
    client.setProcessEnvironment(environment);
    client.setProcessChannelMode(QProcess::MergedChannels);
    client.start(QStringLiteral("xfreerdp3"),
        {QStringLiteral("/v:127.0.0.1:%1").arg(link->port), QStringLiteral("/u:Remote Bob"),
            QStringLiteral("/p:") + link->meetingId, QStringLiteral("/cert:ignore"), graphics,
            QStringLiteral("-decorations"), QStringLiteral("/window-position:0x0")});
    QVERIFY(client.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(isShownOn(screenOf(**clientScreen), screenOf(*m_screen)), 20000);

    // A click asks for control, and here the sharer gives it to everybody: from then on it has the hand.
    QVERIFY(m_screen->run(
        QStringLiteral("xdotool"), {QStringLiteral("mousemove"), QStringLiteral("5"), QStringLiteral("5")}));
    const auto pointOnHost = [this] {
        QProcess xdotool;
        auto hostEnvironment = QProcessEnvironment::systemEnvironment();
        hostEnvironment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_screen->displayName()));
        xdotool.setProcessEnvironment(hostEnvironment);
        xdotool.start(QStringLiteral("xdotool"), {QStringLiteral("getmouselocation")});
        xdotool.waitForFinished();
        return QString::fromLatin1(xdotool.readAllStandardOutput()).section(QLatin1Char(' '), 0, 1);
    };
    int attempt = 0;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            // Whoever sits there goes first for a second after having moved the mouse.
            const QString x = QString::number(300 + ++attempt % 2);
            (*clientScreen)
                ->run(QStringLiteral("xdotool"),
                    {QStringLiteral("mousemove"), x, QStringLiteral("200"), QStringLiteral("click"),
                        QStringLiteral("1")});
            return pointOnHost() == QStringLiteral("x:%1 y:200").arg(x);
        }(),
        20000);
    client.terminate();
    client.waitForFinished();
    QVERIFY(m_host->isRunning());
}

std::unique_ptr<AppProcess> TestMeetingOfMany::startServer(
    const QString& folder, quint16 port, const QStringList& more)
{
    auto server = std::make_unique<AppProcess>(AppProcess::Program::Server, QByteArray(),
        QStringList{QStringLiteral("--listen=127.0.0.1:%1").arg(port), QStringLiteral("--data"), folder,
            QStringLiteral("--c3p-secret-file"), m_files->filePath(QStringLiteral("secret"))}
            + more);
    return server->waitForLine(QStringLiteral("ready ")).isEmpty() ? nullptr : std::move(server);
}

void TestMeetingOfMany::picturesOutliveASharingServer()
{
    QFile secret(m_files->filePath(QStringLiteral("secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("a-secret-of-the-servers-of-this-test\n");
    secret.close();
    QStringList folders;
    QStringList addresses;
    std::vector<quint16> ports;
    for (const char* const name : {"focus", "first", "second"}) {
        folders.append(m_files->filePath(QString::fromLatin1(name)));
        ports.push_back(freePort());
        QVERIFY(QDir().mkpath(folders.last()));
        const auto certificate
            = ServerCertificate::loadOrCreate(folders.last(), {QStringLiteral("127.0.0.1")});
        QVERIFY(certificate);
        addresses.append(
            QStringLiteral("https://127.0.0.1:%1?fp=%2")
                .arg(QString::number(ports.back()), QString::fromLatin1(certificate->fingerprint().toHex())));
    }
    const QStringList sharing{QStringLiteral("--role=sharing"), QStringLiteral("--focus-url"), addresses[0]};
    std::vector<std::unique_ptr<AppProcess>> servers;
    servers.push_back(startServer(folders[1], ports[1], sharing));
    servers.push_back(startServer(folders[0], ports[0],
        {QStringLiteral("--role=focus"), QStringLiteral("--sharing"),
            addresses[1] + QLatin1Char(',') + addresses[2]}));
    QVERIFY(servers[0] && servers[1]);

    share({QStringLiteral("--server"), addresses[0]});
    paint(QStringLiteral("#204080"));
    view();
    view();
    for (const Viewer& viewer : m_viewers)
        QVERIFY2(!viewer.process->waitForLine(QStringLiteral("goes through the server")).isEmpty(),
            qPrintable(viewer.process->output()));
    servers.push_back(startServer(folders[2], ports[2], sharing));
    QVERIFY(servers.back());
    servers[0]->kill();
    // Nobody does anything.
    paint(QStringLiteral("#a06030"));
    expectAllSee();
    QVERIFY(m_host->isRunning());
}

QTEST_GUILESS_MAIN(TestMeetingOfMany)
#include "tst_meeting_of_many.moc"
