#include "tests/e2e/app_process.h"
#include "tests/support/xvfb.h"

#include <QTest>

using namespace sightline;

namespace {

// design.md: a clear message on the other side within 15 s of whatever end.
constexpr int kNoticeMs = 15000;

// Of a side that died without a word it is first said that the connection is interrupted; it might come back.
constexpr int kSilentEndMs = 20000;

} // namespace

/// However one side ends, the other says so and does not hang.
class TestEnds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theSharerStops();
    void theSharerIsKilled();
    void theViewerStops();
    void theViewerIsKilled();
    void theScreenGoesAway();
    void aSecondViewerEndsNothing();
    void somebodyNotLetInIsTold();

private:
    void start(const QStringList& shareOptions = {QStringLiteral("--yes")});

    std::unique_ptr<Xvfb> m_screen;
    std::unique_ptr<AppProcess> m_host;
    std::unique_ptr<AppProcess> m_viewer;
    QString m_link;
};

void TestEnds::init()
{
    auto screen = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("320x240x24")});
    QVERIFY(screen);
    m_screen = std::move(screen).value();
}

void TestEnds::cleanup()
{
    m_viewer.reset();
    m_host.reset();
    m_screen.reset();
}

void TestEnds::start(const QStringList& shareOptions)
{
    m_host = std::make_unique<AppProcess>(AppProcess::Program::App, m_screen->displayName(),
        QStringList{QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--print-link"),
            QStringLiteral("--port=0")}
            + shareOptions);
    m_link = m_host->waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!m_link.isEmpty(), qPrintable(m_host->output()));
    m_viewer = std::make_unique<AppProcess>(AppProcess::Program::App, QByteArray(),
        QStringList{QStringLiteral("view"), m_link, QStringLiteral("--no-ui")});
    if (!shareOptions.contains(QStringLiteral("--yes")))
        return;
    QVERIFY2(
        !m_viewer->waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(m_viewer->output()));
    QVERIFY(!m_host->waitForLine(QStringLiteral("security code")).isEmpty());
}

void TestEnds::theSharerStops()
{
    start();
    m_host->terminate();
    QCOMPARE(m_host->waitForExit(kNoticeMs), 0);
    QCOMPARE(m_viewer->waitForExit(kNoticeMs), 0);
    QVERIFY2(m_viewer->output().contains(QStringLiteral("stopped")), qPrintable(m_viewer->output()));
}

void TestEnds::theSharerIsKilled()
{
    start();
    m_host->kill();
    QVERIFY2(!m_viewer->waitForLine(QStringLiteral("interrupted"), kNoticeMs).isEmpty(),
        qPrintable(m_viewer->output()));
    QCOMPARE(m_viewer->waitForExit(kSilentEndMs), 4);
    QVERIFY2(m_viewer->output().contains(QStringLiteral("sightline: ")), qPrintable(m_viewer->output()));
}

void TestEnds::theViewerStops()
{
    start();
    m_viewer->terminate();
    QCOMPARE(m_viewer->waitForExit(kNoticeMs), 0);
    QVERIFY2(!m_host->waitForLine(QStringLiteral("The session ended"), kNoticeMs).isEmpty(),
        qPrintable(m_host->output()));
    QVERIFY(m_host->isRunning());
}

void TestEnds::theViewerIsKilled()
{
    start();
    m_viewer->kill();
    QVERIFY2(!m_host->waitForLine(QStringLiteral("interrupted"), kNoticeMs).isEmpty(),
        qPrintable(m_host->output()));
    QVERIFY2(!m_host->waitForLine(QStringLiteral("The session ended"), kSilentEndMs).isEmpty(),
        qPrintable(m_host->output()));
    // The host serves the next one.
    AppProcess next(
        AppProcess::Program::App, {}, {QStringLiteral("view"), m_link, QStringLiteral("--no-ui")});
    QVERIFY2(!next.waitForLine(QStringLiteral("Viewing the desktop of")).isEmpty(), qPrintable(next.output()));
}

void TestEnds::theScreenGoesAway()
{
    start();
    m_screen->kill();
    QCOMPARE(m_host->waitForExit(kNoticeMs), 5);
    QVERIFY(m_viewer->waitForExit(kNoticeMs) >= 0);
}

void TestEnds::aSecondViewerEndsNothing()
{
    start();
    AppProcess second(
        AppProcess::Program::App, {}, {QStringLiteral("view"), m_link, QStringLiteral("--no-ui")});
    QVERIFY2(!second.waitForLine(QStringLiteral("Viewing the desktop of")).isEmpty(),
        qPrintable(second.output()));
    QVERIFY2(!m_viewer->waitForLine(QStringLiteral("goes through the server")).isEmpty(),
        qPrintable(m_viewer->output()));
    second.terminate();
    QCOMPARE(second.waitForExit(kNoticeMs), 0);
    QVERIFY(m_viewer->isRunning() && m_host->isRunning());
}

void TestEnds::somebodyNotLetInIsTold()
{
    start({});
    QCOMPARE(m_viewer->waitForExit(kNoticeMs), 3);
    QVERIFY(!m_host->waitForLine(QStringLiteral("--yes")).isEmpty());
    QVERIFY(m_host->isRunning());
}

QTEST_GUILESS_MAIN(TestEnds)
#include "tst_ends.moc"
