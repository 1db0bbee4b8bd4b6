#include "tests/e2e/app_process.h"
#include "tests/e2e/evidence.h"
#include "tests/e2e/two_networks.h"

#include <QDeadlineTimer>
#include <QTest>

#include <csignal>

using namespace sightline;

namespace {

const QString kInterrupted = QStringLiteral("interrupted");
const QString kBack = QStringLiteral("connection is back");

constexpr int kNoticeMs = 15000;

} // namespace

/// A session whose network or process stops for a while goes on by itself, and nobody is asked again.
class TestInterruptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theNetworkIsPulled();
    void aProcessIsStopped();

private:
    void start(const QStringList& hostPrefix = {}, const QStringList& viewerPrefix = {});
    void paint(const QString& color);
    /// Both say so, and that it is over.
    void expectInterruption();
    void expectReturn();
    void expectSamePicture();

    std::unique_ptr<Xvfb> m_screen;
    std::unique_ptr<QTemporaryDir> m_files;
    std::unique_ptr<AppProcess> m_host;
    std::unique_ptr<AppProcess> m_viewer;
};

void TestInterruptions::init()
{
    m_files = std::make_unique<QTemporaryDir>();
    auto screen = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("640x480x24")});
    QVERIFY(screen);
    m_screen = std::move(screen).value();
}

void TestInterruptions::cleanup()
{
    m_viewer.reset();
    m_host.reset();
    m_screen.reset();
}

void TestInterruptions::start(const QStringList& hostPrefix, const QStringList& viewerPrefix)
{
    m_host = std::make_unique<AppProcess>(AppProcess::Program::App, m_screen->displayName(),
        QStringList{QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--port=0")},
        hostPrefix);
    const QString link = m_host->waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(m_host->output()));
    m_viewer = std::make_unique<AppProcess>(AppProcess::Program::App, QByteArray(),
        QStringList{QStringLiteral("view"), link, QStringLiteral("--no-ui"), QStringLiteral("--stats"),
            m_files->filePath(QStringLiteral("stats")), QStringLiteral("--screenshot"),
            m_files->filePath(QStringLiteral("seen.png"))},
        viewerPrefix);
    QVERIFY2(
        !m_viewer->waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(m_viewer->output()));
    QVERIFY(!m_host->waitForLine(QStringLiteral("security code")).isEmpty());
}

void TestInterruptions::paint(const QString& color)
{
    QVERIFY(m_screen->run(QStringLiteral("xsetroot"), {QStringLiteral("-solid"), color}));
}

void TestInterruptions::expectInterruption()
{
    QVERIFY2(!m_viewer->waitForLine(kInterrupted, kNoticeMs).isEmpty(), qPrintable(m_viewer->output()));
    QVERIFY2(!m_host->waitForLine(kInterrupted, kNoticeMs).isEmpty(), qPrintable(m_host->output()));
}

void TestInterruptions::expectReturn()
{
    QVERIFY2(!m_viewer->waitForLine(kBack, kNoticeMs).isEmpty(), qPrintable(m_viewer->output()));
    QVERIFY2(!m_host->waitForLine(kBack, kNoticeMs).isEmpty(), qPrintable(m_host->output()));
}

void TestInterruptions::expectSamePicture()
{
    // Figures of before may tell of a rest, too, in which the last picture was not there yet.
    const QString statistics = m_files->filePath(QStringLiteral("stats"));
    const qsizetype before = statisticsIn(statistics).size();
    QTRY_VERIFY_WITH_TIMEOUT(isAtRest(statistics, before), 20000);
    m_viewer->terminate();
    QCOMPARE(m_viewer->waitForExit(), 0);
    const QImage seen(m_files->filePath(QStringLiteral("seen.png")));
    QCOMPARE(differingPixels(seen, screenOf(*m_screen)), 0);
}

void TestInterruptions::theNetworkIsPulled()
{
    const std::unique_ptr<TwoNetworks> networks = TwoNetworks::create();
    if (!networks)
        QSKIP("this system does not let us make network namespaces");
    start(networks->prefix(0), networks->prefix(1));
    paint(QStringLiteral("#204080"));

    // For five seconds.
    const QDeadlineTimer outage(5000);
    QVERIFY(networks->ip(1, "link set cable down"));
    paint(QStringLiteral("#802040"));
    expectInterruption();
    QVERIFY(m_viewer->waitForLine(kBack, static_cast<int>(outage.remainingTime())).isEmpty());
    QVERIFY(networks->ip(1, "link set cable up"));
    expectReturn();

    // And it comes back with another address: the old path is gone for good.
    QVERIFY(networks->ip(1, "addr flush dev cable"));
    paint(QStringLiteral("#408020"));
    expectInterruption();
    QVERIFY(networks->ip(1, "addr add 10.77.0.3/24 dev cable"));
    expectReturn();
    QVERIFY2(m_host->output().count(QStringLiteral("Sharing with")) == 1, qPrintable(m_host->output()));
    expectSamePicture();
}

void TestInterruptions::aProcessIsStopped()
{
    start();
    paint(QStringLiteral("#204080"));
    ::kill(static_cast<pid_t>(m_viewer->pid()), SIGSTOP);
    const QDeadlineTimer pause(10000);
    QVERIFY2(!m_host->waitForLine(kInterrupted, kNoticeMs).isEmpty(), qPrintable(m_host->output()));
    paint(QStringLiteral("#802040"));
    QVERIFY(m_host->waitForLine(kBack, static_cast<int>(pause.remainingTime())).isEmpty());
    ::kill(static_cast<pid_t>(m_viewer->pid()), SIGCONT);
    QVERIFY2(!m_host->waitForLine(kBack, kNoticeMs).isEmpty(), qPrintable(m_host->output()));

    ::kill(static_cast<pid_t>(m_host->pid()), SIGSTOP);
    QVERIFY2(!m_viewer->waitForLine(kInterrupted, kNoticeMs).isEmpty(), qPrintable(m_viewer->output()));
    ::kill(static_cast<pid_t>(m_host->pid()), SIGCONT);
    QVERIFY2(!m_viewer->waitForLine(kBack, kNoticeMs).isEmpty(), qPrintable(m_viewer->output()));
    paint(QStringLiteral("#408020"));
    expectSamePicture();
}

QTEST_GUILESS_MAIN(TestInterruptions)
#include "tst_interruptions.moc"
