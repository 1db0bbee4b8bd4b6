#include "tests/e2e/app_process.h"
#include "tests/support/x11_window.h"
#include "tests/support/xvfb.h"

#include <QFile>
#include <QImage>
#include <QTest>

using namespace sightline;

// `sightline share --window`: one window, whatever is above it.

namespace {

constexpr std::uint32_t kPaper = 0xf0e0d0;
constexpr std::uint32_t kOther = 0xff00ff;

/// The last line of --stats says so.
bool lastLineHas(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    return file.readAll().trimmed().split('\n').last().contains(text);
}

bool isFlat(const QImage& image, QSize size, std::uint32_t color)
{
    if (image.size() != size)
        return false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if ((image.pixel(x, y) & 0xFFFFFF) != color)
                return false;
        }
    }
    return true;
}

} // namespace

class TestShareWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void itsContentArrives_data();
    void itsContentArrives();
    void itIsMinimised();
    void itIsClosed();
    void aWrongNumberIsRefused();

private:
    std::unique_ptr<Xvfb> m_screen;
};

void TestShareWindow::init()
{
    auto screen = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("640x480x24")});
    QVERIFY(screen);
    m_screen = std::move(screen).value();
}

void TestShareWindow::itsContentArrives_data()
{
    QTest::addColumn<int>("base");
    QTest::newRow("as xwininfo prints it") << 16;
    QTest::newRow("as xdotool prints it") << 10;
}

void TestShareWindow::itsContentArrives()
{
    QFETCH(int, base);
    const auto paper
        = X11Window::create(m_screen->displayName(), {.rect = {50, 60, 300, 200}, .color = kPaper});
    const auto other
        = X11Window::create(m_screen->displayName(), {.rect = {0, 0, 200, 200}, .color = kOther});
    QVERIFY(paper && other);
    const QString number = QString::number(paper->id(), base);
    AppProcess host(AppProcess::Program::App, m_screen->displayName(),
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--port=0"), QStringLiteral("--window"),
            (base == 16 ? QStringLiteral("0x") : QString()) + number});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    QTemporaryDir files;
    const QString screenshot = files.filePath(QStringLiteral("seen.png"));
    const QString statistics = files.filePath(QStringLiteral("stats"));
    AppProcess viewer(AppProcess::Program::App, {},
        {QStringLiteral("view"), link, QStringLiteral("--no-ui"), QStringLiteral("--screenshot"), screenshot,
            QStringLiteral("--stats"), statistics});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    QVERIFY(paper->setGeometry({100, 90, 320, 180}));
    QVERIFY(other->setGeometry({150, 0, 200, 200}));
    QVERIFY(other->raise());
    QTRY_VERIFY_WITH_TIMEOUT(lastLineHas(statistics, "\"fps\":0"), 30000);
    viewer.terminate();
    QCOMPARE(viewer.waitForExit(), 0);
    QVERIFY(isFlat(QImage(screenshot), {320, 180}, kPaper));
}

void TestShareWindow::itIsMinimised()
{
    const auto paper
        = X11Window::create(m_screen->displayName(), {.rect = {50, 60, 300, 200}, .color = kPaper});
    QVERIFY(paper != nullptr);
    AppProcess host(AppProcess::Program::App, m_screen->displayName(),
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--port=0"),
            QStringLiteral("--window=%1").arg(paper->id())});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(
        AppProcess::Program::App, {}, {QStringLiteral("view"), link, QStringLiteral("--no-ui")});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    QVERIFY(paper->unmap());
    QVERIFY2(!viewer.waitForLine(QStringLiteral("Sharing is paused")).isEmpty(), qPrintable(viewer.output()));
    QVERIFY(paper->map());
    QVERIFY2(!viewer.waitForLine(QStringLiteral("Sharing goes on")).isEmpty(), qPrintable(viewer.output()));
}

void TestShareWindow::itIsClosed()
{
    auto paper = X11Window::create(m_screen->displayName(), {.rect = {50, 60, 300, 200}, .color = kPaper});
    QVERIFY(paper != nullptr);
    AppProcess host(AppProcess::Program::App, m_screen->displayName(),
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
            QStringLiteral("--print-link"), QStringLiteral("--port=0"),
            QStringLiteral("--window=%1").arg(paper->id())});
    const QString link = host.waitForLine(QStringLiteral("/m/"));
    QVERIFY2(!link.isEmpty(), qPrintable(host.output()));
    AppProcess viewer(
        AppProcess::Program::App, {}, {QStringLiteral("view"), link, QStringLiteral("--no-ui")});
    QVERIFY2(!viewer.waitForLine(QStringLiteral("security code")).isEmpty(), qPrintable(viewer.output()));
    paper.reset();
    QCOMPARE(host.waitForExit(), 5);
    QVERIFY2(
        host.output().contains(QStringLiteral("the shared window was closed")), qPrintable(host.output()));
    QVERIFY(!host.output().contains(QStringLiteral("The screen cannot be read")));
    QCOMPARE(viewer.waitForExit(), 0);
    QVERIFY2(viewer.output().contains(QStringLiteral("has stopped or left")), qPrintable(viewer.output()));
}

void TestShareWindow::aWrongNumberIsRefused()
{
    AppProcess host(AppProcess::Program::App, m_screen->displayName(),
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--port=0"),
            QStringLiteral("--window=0x7000001")});
    QCOMPARE(host.waitForExit(), 5);
    QVERIFY2(
        host.output().contains(QStringLiteral("there is no window 0x7000001")), qPrintable(host.output()));
    QCOMPARE(host.output().trimmed().count(QLatin1Char('\n')), 0);
}

QTEST_GUILESS_MAIN(TestShareWindow)
#include "tst_share_window.moc"
