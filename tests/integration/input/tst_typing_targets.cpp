#include "platform/linux/x11/x11_input_injector.h"
#include "tests/integration/input/viewer_desk.h"
#include "tests/support/xvfb.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QProcess>
#include <QTest>

using namespace sightline;

// What is typed into a real pane of Qt on one X server, by keys or by an input method, is what programs of
// others get on another one whose layout lacks most of it: fields of Qt and of GTK.

namespace {

std::unique_ptr<Xvfb> viewerServer; // before Qt, which is a client of it

/// A program that has the keyboard, and says what was typed into it.
class Target {
public:
    Target(const Xvfb& screen, const QString& program, const QStringList& arguments)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(screen.displayName()));
        environment.insert(QStringLiteral("GTK_IM_MODULE"), QStringLiteral("gtk-im-context-simple"));
        environment.insert(QStringLiteral("NO_AT_BRIDGE"), QStringLiteral("1"));
        m_process.setProcessEnvironment(environment);
        m_process.start(program, arguments);
        m_isReady = m_process.waitForStarted()
            && screen.run(QStringLiteral("xdotool"),
                {QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                    QStringLiteral("--name"), QStringLiteral("text field"), QStringLiteral("windowfocus"),
                    QStringLiteral("--sync")});
    }
    ~Target()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    bool isReady() const { return m_isReady; }
    QString printed()
    {
        m_printed += m_process.readAllStandardOutput();
        return QString::fromUtf8(m_printed);
    }

private:
    QProcess m_process;
    QByteArray m_printed;
    bool m_isReady = false;
};

struct Layout {
    const char* viewer;
    const char* host;
    const char* text; ///< what a person with the viewer's layout types, with AltGr and dead keys
};

} // namespace

class TestTypingTargets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void typing_data();
    void typing();

private:
    bool useLayouts(const Layout& layouts);
    void commit(const QString& preedit, const QString& text);

    std::unique_ptr<Xvfb> m_hostServer;
    std::unique_ptr<InputInjector> m_injector;
    std::unique_ptr<ViewerDesk> m_viewer;
};

void TestTypingTargets::initTestCase()
{
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("xcb"));
    auto started = Xvfb::start();
    QVERIFY(started);
    m_hostServer = *std::move(started);
    auto created = X11InputInjector::create(m_hostServer->displayName(), {});
    QVERIFY(created);
    m_injector = *std::move(created);
    m_injector->setArea({0, 0, 800, 600});
    m_viewer = std::make_unique<ViewerDesk>();
    QVERIFY(m_viewer->open(
        viewerServer->displayName(), [this](const InputEvent& event) { m_injector->inject(event); }));
}

void TestTypingTargets::cleanupTestCase()
{
    m_viewer.reset();
    m_injector.reset();
}

bool TestTypingTargets::useLayouts(const Layout& layouts)
{
    const auto use = [](const Xvfb& server, const char* layout) {
        return server.run(
            QStringLiteral("setxkbmap"), {QStringLiteral("-layout"), QString::fromLatin1(layout)});
    };
    if (!use(*viewerServer, layouts.viewer) || !use(*m_hostServer, layouts.host))
        return false;
    m_viewer->hands->learnLayout();
    return true;
}

/// As an input method does: first it shows what it makes of the keys, then it hands it over.
void TestTypingTargets::commit(const QString& preedit, const QString& text)
{
    const int before = m_viewer->sent;
    QInputMethodEvent composing(preedit, {});
    QCoreApplication::sendEvent(m_viewer->view.get(), &composing);
    QCOMPARE(m_viewer->sent, before); // that is not text yet
    QInputMethodEvent done;
    done.setCommitString(text);
    QCoreApplication::sendEvent(m_viewer->view.get(), &done);
    QVERIFY(m_viewer->sent > before);
}

void TestTypingTargets::typing_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Layout>("layouts");
    const Layout german{"de", "us",
        "Z\u00fcgig \u00fcber \u00c4pfel: a@b.de {[\\|~]} \u20ac \u00b5 caf\u00e9 \u00e0 \u00ea "
        "stra\u00dfe"};
    const Layout spanish{"es", "de",
        "\u00bfQu\u00e9 pas\u00f3, ni\u00f1o? \u00a1Ol\u00e9! ping\u00fcino @#[]{}|\\ \u20ac \u00e7"};
    const Layout russian{"ru", "fr",
        "\u0421\u044a\u0435\u0448\u044c \u0435\u0449\u0451 \u0431\u0443\u043b\u043e\u043a? 1+2=3"};
    const QString field = QStringLiteral(TEXT_FIELD_PROGRAM);
    const QStringList zenity{QStringLiteral("--entry"), QStringLiteral("--title=text field")};
    for (const Layout& layouts : {german, spanish, russian}) {
        const auto row = [&layouts](const char* program, const QString& path, const QStringList& arguments) {
            const QByteArray name = QByteArray(layouts.viewer) + " on " + layouts.host + " into " + program;
            QTest::newRow(name.constData()) << path << arguments << layouts;
        };
        row("a line of Qt", field, {QStringLiteral("line")});
        row("a page of Qt", field, {QStringLiteral("page")});
        row("an entry of GTK", QStringLiteral("zenity"), zenity);
    }
}

void TestTypingTargets::typing()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    QFETCH(Layout, layouts);
    QVERIFY(useLayouts(layouts));
    Target target(*m_hostServer, program, arguments);
    QVERIFY(target.isReady());
    const QString typed = QString::fromUtf8(layouts.text);
    // Chinese, Japanese, an emoji beyond the BMP, and a letter with a mark of its own.
    const QString committed = QString::fromUtf8("\u4f60\u597d\u65e5\u672c\U0001F600x\u0302");
    QVERIFY(m_viewer->type(typed));
    commit(QStringLiteral("ni hao"), committed);
    QVERIFY(m_viewer->type(QStringLiteral("1")));
    const QString expected = typed + committed + QLatin1Char('1');
    if (program == QLatin1StringView("zenity")) {
        // It prints what it has when the Return key ends it.
        QVERIFY(m_viewer->hands->tap("Return"));
        QTRY_VERIFY_WITH_TIMEOUT(target.printed().endsWith(QLatin1Char('\n')), 10000);
        QCOMPARE(target.printed(), expected + QLatin1Char('\n'));
        return;
    }
    const auto last = [&target] {
        const QStringList lines = target.printed().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        return lines.isEmpty() ? QString()
                               : QString::fromUtf8(QByteArray::fromPercentEncoding(lines.last().toLatin1()));
    };
    (void)QTest::qWaitFor([&] { return last().size() >= expected.size(); }, 10000);
    QCOMPARE(last(), expected);
}

int main(int argc, char** argv)
{
    auto started = Xvfb::start();
    if (!started) {
        qCritical("%s", qPrintable(started.error().toString()));
        return 1;
    }
    viewerServer = *std::move(started);
    qputenv("DISPLAY", viewerServer->displayName());
    qputenv("QT_QPA_PLATFORM", "xcb");
    qputenv("QT_IM_MODULE", "compose");
    qputenv("LC_ALL", "C.UTF-8"); // that Compose has a table
    int result = 0;
    {
        QApplication application(argc, argv);
        TestTypingTargets test;
        result = QTest::qExec(&test, argc, argv);
    }
    viewerServer.reset();
    return result;
}

#include "tst_typing_targets.moc"
