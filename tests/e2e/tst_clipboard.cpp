#include "core/session/conversation.h"
#include "tests/e2e/app_process.h"
#include "tests/e2e/foreign_clipboard.h"
#include "tests/support/x11_painter.h"
#include "ui/clipboard_bridge.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QTest>

using namespace sightline;

// The clipboards of two X servers, with programs of others that copy and paste on both.

Q_DECLARE_METATYPE(ForeignClipboard::Tool)

namespace {

using Tool = ForeignClipboard::Tool;

std::unique_ptr<Xvfb> viewerScreen; // before Qt, which is a client of it

/// No two words of it alike, of one, two, three and four octets a character.
QByteArray longText(int octets)
{
    QByteArray text;
    for (int i = 0; text.size() < octets; ++i)
        text += QByteArray::number(i) + " \xc3\xa4 \xe4\xbd\xa0 \xf0\x9f\x98\x80\n";
    return text;
}

QImage pattern()
{
    QImage image(320, 200, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x & 255, y & 255, (x * y) & 255));
    }
    return image;
}

QByteArray pngOf(const QImage& image)
{
    QByteArray octets;
    QBuffer buffer(&octets);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return octets;
}

/// A desktop that is shared, and may be controlled.
struct Host {
    explicit Host(const Xvfb& screen)
        : process(AppProcess::Program::App, screen.displayName(),
            {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--yes"),
                QStringLiteral("--print-link"), QStringLiteral("--port=0"),
                QStringLiteral("--grant-control")})
        , link(process.waitForLine(QStringLiteral("/m/")))
    {
    }
    bool isControlled() { return !process.waitForLine(QStringLiteral("controls this desktop")).isEmpty(); }

    AppProcess process;
    QString link;
};

} // namespace

class TestClipboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void text_data();
    void text();
    void nothingCopiedChangesNothing();
    void pictures_data();
    void pictures();
    void editorsOfOthers();
    void onlyInControlAndAsAllowed();
    void muchDoesNotHoldThePictureUp();

private:
    bool view(); ///< by a viewer's process, once
    bool endView();

    std::unique_ptr<Xvfb> m_hostScreen;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<AppProcess> m_viewer;
    std::unique_ptr<ForeignClipboard> m_there;
    std::unique_ptr<ForeignClipboard> m_here;
};

void TestClipboard::init()
{
    if (m_hostScreen)
        return;
    auto started
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("800x600x24")});
    QVERIFY(started);
    m_hostScreen = *std::move(started);
    m_there = std::make_unique<ForeignClipboard>(*m_hostScreen);
    m_here = std::make_unique<ForeignClipboard>(*viewerScreen);
    m_host = std::make_unique<Host>(*m_hostScreen);
    QVERIFY2(!m_host->link.isEmpty(), qPrintable(m_host->process.output()));
}

void TestClipboard::cleanup()
{
    if (!QTest::currentTestFailed())
        return;
    qWarning("host: %s", qPrintable(m_host->process.output()));
}

bool TestClipboard::view()
{
    if (m_viewer)
        return m_viewer->isRunning();
    m_viewer = std::make_unique<AppProcess>(AppProcess::Program::App, viewerScreen->displayName(),
        QStringList{QStringLiteral("view"), m_host->link, QStringLiteral("--name=Vera")});
    return m_host->isControlled();
}

bool TestClipboard::endView()
{
    if (!m_viewer)
        return true;
    m_viewer.reset();
    return !m_host->process.waitForLine(QStringLiteral("Nobody controls this desktop")).isEmpty();
}

void TestClipboard::text_data()
{
    QTest::addColumn<bool>("toHost");
    QTest::addColumn<Tool>("copies");
    QTest::addColumn<Tool>("pastes");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArray& text, const QByteArray& expected) {
        const QByteArray both(name);
        QTest::newRow((both + " to the host").constData())
            << true << Tool::Xclip << Tool::Xsel << text << expected;
        QTest::newRow((both + " to the viewer").constData())
            << false << Tool::Xsel << Tool::Xclip << text << expected;
    };
    const auto same = [&row](const char* name, const QByteArray& text) { row(name, text, text); };
    same("a word", "word");
    same("many scripts",
        "Gr\xc3\xbc\xc3\x9f"
        "e \xe2\x82\xac \xd0\x9c\xd0\xb8\xd1\x80 \xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x98\x80 x\xcc\x82");
    same("lines", "first\n\nthird\n");
    // As every program on this system has them, wherever they were copied.
    row("lines of Windows", "first\r\n\r\nthird\r\n", "first\n\nthird\n");
    same("blanks", "  \t  ");
    // xsel does not read beyond its four millionth octet.
    const QByteArray much = longText(5'000'000);
    QTest::newRow("5 MB to the host") << true << Tool::Xsel << Tool::Xclip << much << much;
    QTest::newRow("5 MB to the viewer") << false << Tool::Xclip << Tool::Xclip << much << much;
}

void TestClipboard::text()
{
    QFETCH(bool, toHost);
    QFETCH(Tool, copies);
    QFETCH(Tool, pastes);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QVERIFY(view());
    ForeignClipboard& from = toHost ? *m_here : *m_there;
    ForeignClipboard& to = toHost ? *m_there : *m_here;
    QVERIFY(from.copy(text, copies));
    const bool hasArrived = to.becomes(expected, pastes);
    if (!hasArrived)
        QCOMPARE(to.paste(pastes).value_or("nothing").left(200), expected.left(200));
    QVERIFY(hasArrived);
    QVERIFY(from.paste() == text); // it is still the other program's
}

void TestClipboard::nothingCopiedChangesNothing()
{
    QVERIFY(view());
    for (const auto& [from, to] :
        {std::pair(m_here.get(), m_there.get()), std::pair(m_there.get(), m_here.get())}) {
        QVERIFY(from->copy("kept"));
        QVERIFY(to->becomes("kept"));
        QVERIFY(from->copy(""));
        QVERIFY(from->becomes(""));
        QCOMPARE(to->paste().value_or("nothing"), QByteArray("kept"));
        QVERIFY(from->copy("next"));
        QVERIFY(to->becomes("next"));
    }
}

void TestClipboard::pictures_data()
{
    QTest::addColumn<bool>("toHost");
    QTest::newRow("to the host") << true;
    QTest::newRow("to the viewer") << false;
}

void TestClipboard::pictures()
{
    QFETCH(bool, toHost);
    QVERIFY(view());
    ForeignClipboard& from = toHost ? *m_here : *m_there;
    ForeignClipboard& to = toHost ? *m_there : *m_here;
    const QString png = QStringLiteral("image/png");
    QVERIFY(from.copy(pngOf(pattern()), Tool::Xclip, png));
    const auto isThere = [&] {
        const QImage image = QImage::fromData(to.paste(Tool::Xclip, png).value_or(QByteArray()), "PNG");
        return image.convertToFormat(QImage::Format_RGB32) == pattern();
    };
    QVERIFY(QTest::qWaitFor(isThere, 20000));
    QVERIFY(from.copy("a word"));
    QVERIFY(to.becomes("a word"));
    QVERIFY(to.paste(Tool::Xclip, png).value_or(QByteArray()).isEmpty()); // the picture is gone
}

void TestClipboard::editorsOfOthers()
{
    QVERIFY(view());
    const QString title = QStringLiteral("text field");
    const QString key = QStringLiteral("key");
    const QString copyAll = QStringLiteral("ctrl+a");
    // From GTK here into Qt there.
    auto gtk = m_here->open(QStringLiteral("zenity"),
        {QStringLiteral("--entry"), QStringLiteral("--title=text field"),
            QString::fromUtf8("--entry-text=Gr\u00fc\u00dfe \u4f60\u597d")},
        title);
    QVERIFY(gtk);
    QVERIFY(m_here->hands({key, copyAll, QStringLiteral("ctrl+c")}));
    const QByteArray greeting = QStringLiteral("Gr\u00fc\u00dfe \u4f60\u597d").toUtf8();
    QVERIFY(m_there->becomes(greeting));
    auto qt = m_there->open(QStringLiteral(TEXT_FIELD_PROGRAM), {QStringLiteral("page")}, title);
    QVERIFY(qt);
    QVERIFY(m_there->hands({key, QStringLiteral("ctrl+v")}));
    QByteArray printed;
    (void)QTest::qWaitFor(
        [&] {
            printed += qt->readAllStandardOutput();
            return printed.endsWith('\n');
        },
        20000);
    QCOMPARE(QByteArray::fromPercentEncoding(printed.trimmed()), greeting);

    // And back, with something more.
    QVERIFY(
        m_there->hands({key, QStringLiteral("End"), QStringLiteral("type"), QStringLiteral(" and more")}));
    QVERIFY(m_there->hands({key, copyAll, QStringLiteral("ctrl+c")}));
    QVERIFY(m_here->becomes(greeting + " and more"));
    QVERIFY(m_here->hands({key, copyAll, QStringLiteral("ctrl+v"), QStringLiteral("Return")}));
    QVERIFY(QTest::qWaitFor([&] { return gtk->state() == QProcess::NotRunning; }, 20000));
    QCOMPARE(gtk->readAllStandardOutput(), greeting + " and more\n");
    qt->kill();
    qt->waitForFinished();
}

void TestClipboard::onlyInControlAndAsAllowed()
{
    QVERIFY(endView());
    const QByteArray notMeant("not meant for the other side");
    QVERIFY(m_there->copy(notMeant));
    Conversation vera(
        {.displayName = QStringLiteral("Vera"), .openCapture = {}, .openInjector = {}, .acceptAll = true});
    const ClipboardBridge bridge(vera.clipboard());
    QVERIFY(m_here->copy("copied before"));
    vera.joinMeeting(*MeetingLink::parse(m_host->link));
    QTRY_COMPARE_WITH_TIMEOUT(vera.control().state(), ControlState::Granted, 20000);
    // The viewer's goes along with its control, what the sharer copied earlier stays there.
    QVERIFY(m_there->becomes("copied before"));
    QCOMPARE(m_here->paste().value_or("nothing"), QByteArray("copied before"));

    vera.clipboard().setDirections({.send = false, .receive = true});
    QVERIFY(m_here->copy(notMeant));
    QVERIFY(m_there->copy("from the host"));
    QVERIFY(m_here->becomes("from the host"));
    QCOMPARE(m_there->paste().value_or("nothing"), QByteArray("from the host"));

    vera.clipboard().setDirections({.send = true, .receive = false});
    QVERIFY(m_there->copy(notMeant));
    QVERIFY(m_here->copy("from the viewer"));
    QVERIFY(m_there->becomes("from the viewer"));
    QCOMPARE(m_here->paste().value_or("nothing"), QByteArray("from the viewer"));

    vera.clipboard().setDirections({});
    vera.control().release();
    QVERIFY(!m_host->process.waitForLine(QStringLiteral("Nobody controls this desktop")).isEmpty());
    QVERIFY(m_here->copy(notMeant));
    QVERIFY(m_there->copy("of the host alone"));
    vera.control().request();
    QTRY_COMPARE_WITH_TIMEOUT(vera.control().state(), ControlState::Granted, 20000);
    QVERIFY(m_there->becomes(notMeant)); // what she has when she gets control goes along
    QCOMPARE(m_here->paste().value_or("nothing"), notMeant);
}

void TestClipboard::muchDoesNotHoldThePictureUp()
{
    QVERIFY(endView());
    Conversation vera(
        {.displayName = QStringLiteral("Vera"), .openCapture = {}, .openInjector = {}, .acceptAll = true});
    const ClipboardBridge bridge(vera.clipboard());
    const auto painter = X11Painter::create(m_hostScreen->displayName());
    QVERIFY(painter);
    int frames = 0;
    // The next picture is painted as soon as the last one has come.
    const auto paintNext = [&] {
        vera.remoteScreen().takeDirty();
        const auto color = static_cast<std::uint32_t>(++frames * 0x010305) & 0xFFFFFF;
        QVERIFY(painter->fill({0, 0, 64, 64}, color));
    };
    connect(&vera.remoteScreen(), &RemoteScreen::painted, this, paintNext, Qt::QueuedConnection);
    vera.joinMeeting(*MeetingLink::parse(m_host->link));
    QTRY_COMPARE_WITH_TIMEOUT(vera.control().state(), ControlState::Granted, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(frames > 5, 20000);
    const QByteArray much = longText(5'000'000);
    for (const auto& [from, to] :
        {std::pair(m_here.get(), m_there.get()), std::pair(m_there.get(), m_here.get())}) {
        const int before = frames;
        QVERIFY(from->copy(much));
        QVERIFY(to->becomes(much));
        qInfo("%d frames meanwhile", frames - before);
        QVERIFY(frames - before > 5);
    }
    disconnect(&vera.remoteScreen(), nullptr, this, nullptr);
}

int main(int argc, char** argv)
{
    auto started
        = Xvfb::start({QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1000x700x24")});
    if (!started) {
        qCritical("%s", qPrintable(started.error().toString()));
        return 1;
    }
    viewerScreen = *std::move(started);
    qputenv("DISPLAY", viewerScreen->displayName());
    qputenv("QT_QPA_PLATFORM", "xcb");
    int result = 0;
    {
        QGuiApplication application(argc, argv);
        TestClipboard test;
        result = QTest::qExec(&test, argc, argv);
    }
    viewerScreen.reset();
    return result;
}

#include "tst_clipboard.moc"
