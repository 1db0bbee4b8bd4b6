#include "tests/e2e/app_process.h"
#include "tests/e2e/evidence.h"

#include <QRegularExpression>
#include <QTest>

using namespace sightline;

namespace {

const QString kShare = QStringLiteral("share");
const QString kView = QStringLiteral("view");
const QString kNoUi = QStringLiteral("--no-ui");
const QString kYes = QStringLiteral("--yes");
const QString kPrintLink = QStringLiteral("--print-link");
const QString kAnyPort = QStringLiteral("--port=0");

} // namespace

class TestShareAndView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typedTextArrivesPixelForPixel();
    void aWindowShowsTheDesktop();
    void aSeparateServerServesToo();
};

void TestShareAndView::typedTextArrivesPixelForPixel()
{
    auto hostScreen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1000x700x24")});
    QVERIFY2(hostScreen, hostScreen ? "" : qPrintable(hostScreen.error().toString()));
    const Xvfb& server = **hostScreen;
    QProcess xterm;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(server.displayName()));
    xterm.setProcessEnvironment(environment);
    xterm.start(QStringLiteral("xterm"),
        {QStringLiteral("-geometry"), QStringLiteral("90x30+40+40"), QStringLiteral("-e"),
            QStringLiteral("cat")});
    QVERIFY(xterm.waitForStarted());
    QVERIFY(server.run(QStringLiteral("xdotool"),
        {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
            QStringLiteral("--class"), QStringLiteral("xterm")}));

    QTemporaryDir files;
    const QString statistics = files.filePath(QStringLiteral("stats"));
    const QString screenshot = files.filePath(QStringLiteral("seen.png"));
    AppProcess host(AppProcess::Program::App, server.displayName(),
        {kShare, kNoUi, kYes, kPrintLink, kAnyPort, QStringLiteral("--name=Anna")});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(AppProcess::Program::App, {},
        {kView, link, kNoUi, QStringLiteral("--stats"), statistics, QStringLiteral("--screenshot"),
            screenshot});
    const QString viewing = viewer.waitForLine(QStringLiteral("security code"));
    QVERIFY2(viewing.contains(QStringLiteral("Anna")), qPrintable(viewer.output()));
    const QString sharing = host.waitForLine(QStringLiteral("security code"));
    QCOMPARE(sharing.section(QStringLiteral("security code "), 1),
        viewing.section(QStringLiteral("security code "), 1));

    QVERIFY(server.run(QStringLiteral("xdotool"),
        {QStringLiteral("mousemove"), QStringLiteral("200"), QStringLiteral("200"), QStringLiteral("type"),
            QStringLiteral("--delay"), QStringLiteral("15"),
            QStringLiteral("The quick brown fox jumps over the lazy dog 0123456789")}));
    const qsizetype before = statisticsIn(statistics).size();
    QTRY_VERIFY_WITH_TIMEOUT(isAtRest(statistics, before), 30000);
    viewer.terminate();
    QCOMPARE(viewer.waitForExit(), 0);
    const QImage seen(screenshot);
    const QImage real = screenOf(server);
    QCOMPARE(differingPixels(seen, real), 0);
    // The text is there at all: the terminal is not blank.
    QVERIFY(differingPixels(real, QImage(real.size(), QImage::Format_RGB32)) > 10000);
    xterm.terminate();
    xterm.waitForFinished();
}

void TestShareAndView::aWindowShowsTheDesktop()
{
    auto hostScreen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("640x480x24")});
    auto viewerScreen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("900x700x24")});
    QVERIFY(hostScreen && viewerScreen);
    QVERIFY((*hostScreen)
                ->run(QStringLiteral("xsetroot"), {QStringLiteral("-solid"), QStringLiteral("#3060a0")}));
    AppProcess host(
        AppProcess::Program::App, (*hostScreen)->displayName(), {kShare, kNoUi, kYes, kPrintLink, kAnyPort});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(
        AppProcess::Program::App, (*viewerScreen)->displayName(), {kView, link, QStringLiteral("--scale=1")});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    const auto bluePixels = [&viewerScreen] {
        const QImage screen = screenOf(**viewerScreen);
        int count = 0;
        for (int y = 0; y < screen.height(); ++y) {
            for (int x = 0; x < screen.width(); ++x)
                count += (screen.pixel(x, y) & 0xFFFFFF) == 0x3060A0 ? 1 : 0;
        }
        return count;
    };
    // All of it but the pointer, which the viewer draws on top.
    QTRY_VERIFY_WITH_TIMEOUT(bluePixels() > 640 * 480 - 2000, 15000);
    QVERIFY((*hostScreen)
                ->run(QStringLiteral("xsetroot"), {QStringLiteral("-solid"), QStringLiteral("#a06030")}));
    QTRY_VERIFY_WITH_TIMEOUT(bluePixels() == 0, 15000);
}

void TestShareAndView::aSeparateServerServesToo()
{
    auto hostScreen
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("320x240x24")});
    QVERIFY(hostScreen);
    AppProcess server(AppProcess::Program::Server, {}, {QStringLiteral("--listen=127.0.0.1:0")});
    const QString address = server.waitForLine(QStringLiteral("https://"));
    QVERIFY2(!address.isEmpty(), qPrintable(server.output()));
    const QString url = address.section(QStringLiteral("https://"), 1).section(QLatin1Char(' '), 0, 0);
    const QRegularExpressionMatch pin = QRegularExpression(QStringLiteral("[0-9a-fA-F]{64}")).match(address);
    QVERIFY2(pin.hasMatch(), qPrintable(address));
    AppProcess host(AppProcess::Program::App, (*hostScreen)->displayName(),
        {kShare, kNoUi, kYes, kPrintLink, QStringLiteral("--server"),
            QStringLiteral("https://%1?fp=%2").arg(url, pin.captured())});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(AppProcess::Program::App, {}, {kView, link, kNoUi});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    // The session is direct: it outlives the server.
    server.kill();
    QVERIFY2(
        !viewer.waitForLine(QStringLiteral("the session goes on")).isEmpty(), qPrintable(viewer.output()));
    QVERIFY(viewer.isRunning() && host.isRunning());
    host.terminate();
    QCOMPARE(viewer.waitForExit(), 0);
}

QTEST_GUILESS_MAIN(TestShareAndView)
#include "tst_share_and_view.moc"
