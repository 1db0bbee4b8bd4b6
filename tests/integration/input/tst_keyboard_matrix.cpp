#include "platform/linux/x11/x11_input_injector.h"
#include "tests/integration/input/viewer_desk.h"
#include "tests/support/x11_text_client.h"
#include "tests/support/xvfb.h"

#include <QApplication>
#include <QTest>

using namespace sightline;

// Real keys on the viewer's X server, a real pane of Qt with the focus there, the injector on the other
// server, and a program there that reads what was typed: every pair of layouts.

namespace {

std::unique_ptr<Xvfb> viewerServer; // before Qt, which is a client of it

struct Layout {
    const char* name;
    const char* variant;
    const char* text; ///< what a person with this layout types, with AltGr and dead keys
};

constexpr std::array kLayouts{Layout{"us", "", "Hello, World! \"it's\" {[a@b.c]} #$%^&*()_+=|\\~`<>?/"},
    Layout{"de", "",
        "Z\u00fcgig \u00fcber \u00c4pfel & \u00d6l? stra\u00dfe: a@b.de {[\\|~]} \u20ac \u00b5 caf\u00e9 "
        "\u00e0 \u00ea"},
    Layout{"fr", "",
        "\u00e7a a \u00e9t\u00e9 l\u00e0 ; o\u00f9 ? no\u00ebl for\u00eat 1234567890 @#{[|\\^~]} \u20ac "
        "\u00e8 \u00a7 !"},
    Layout{"ch", "",
        "Gr\u00fcezi! \u00e9\u00e0\u00e8 \u00c4\u00d6\u00dc @#{[|\\]} \u20ac z/y (1+2=3) \u00e7 \u00f1 "
        "\u00f4"},
    Layout{"it", "",
        "perch\u00e9 cos\u00ec pi\u00f9 \u00e0 \u00f2 \u00e8 \u00e7 \u00b0 \u00a7 @#[] {} \u20ac l'\u00e8?"},
    Layout{"es", "",
        "\u00bfQu\u00e9 pas\u00f3, ni\u00f1o? \u00a1Ol\u00e9! ping\u00fcino @#[]{}|\\ \u20ac \u00e7 "
        "\u00aa\u00ba"},
    Layout{"ru", "",
        "\u0421\u044a\u0435\u0448\u044c \u0435\u0449\u0451 \u044d\u0442\u0438\u0445 "
        "\u043c\u044f\u0433\u043a\u0438\u0445 \u0431\u0443\u043b\u043e\u043a? 1+2=3; (\u0439\u0446\u0443), "
        "\u2116 %"}};

bool useLayout(const Xvfb& server, const Layout& layout)
{
    return server.run(QStringLiteral("setxkbmap"),
        {QStringLiteral("-layout"), QString::fromLatin1(layout.name), QStringLiteral("-variant"),
            QString::fromLatin1(layout.variant)});
}

/// Both ends, for all rows.
struct Ends {
    std::unique_ptr<Xvfb> hostServer;
    std::unique_ptr<X11TextClient> client;
    std::unique_ptr<InputInjector> injector;
    ViewerDesk viewer;
    const char* viewerLayout = "";
    const char* hostLayout = "";

    bool open()
    {
        auto started = Xvfb::start();
        if (!started)
            return false;
        hostServer = *std::move(started);
        client = X11TextClient::create(hostServer->displayName(), {0, 0, 800, 600});
        auto created = X11InputInjector::create(hostServer->displayName(), {});
        if (!client || !created)
            return false;
        injector = *std::move(created);
        injector->setArea({0, 0, 800, 600});
        return viewer.open(
            viewerServer->displayName(), [this](const InputEvent& event) { injector->inject(event); });
    }
    bool choose(const Layout& here, const Layout& there)
    {
        if (viewerLayout != here.name && !useLayout(*viewerServer, here))
            return false;
        if (hostLayout != there.name && !useLayout(*hostServer, there))
            return false;
        viewerLayout = here.name;
        hostLayout = there.name;
        viewer.hands->learnLayout();
        client->forget();
        return true;
    }
    bool type(const QString& text)
    {
        return viewer.type(text, [this] { client->catchUp(); });
    }
    /// Everything typed up to now has gone through the pane and has been read.
    bool settle()
    {
        // A key that types nothing marks the end.
        const auto marks = [this] {
            return std::count_if(client->events().begin(), client->events().end(), [](const auto& event) {
                return event.kind == X11TextClient::Event::Kind::KeyRelease
                    && event.symbol == QLatin1StringView("F12");
            });
        };
        const auto before = marks();
        viewer.hands->tap("F12");
        return waitBriefly([&] {
            client->catchUp();
            return marks() > before;
        });
    }
    QString story()
    {
        QString all = settle() ? client->story() : QStringLiteral("nothing came");
        return all.remove(QLatin1StringView(" +F12 -F12"));
    }
};

} // namespace

class TestKeyboardMatrix : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void typing_data();
    void typing();
    void functionKeysAndRepeat();
    void physicalKeys();
    void wheelTurns();

private:
    void checkShortcuts(const Layout& from, const Layout& to);

    std::unique_ptr<Ends> m_ends;
};

void TestKeyboardMatrix::initTestCase()
{
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("xcb"));
    m_ends = std::make_unique<Ends>();
    QVERIFY(m_ends->open());
}

void TestKeyboardMatrix::cleanupTestCase()
{
    m_ends.reset();
}

void TestKeyboardMatrix::typing_data()
{
    QTest::addColumn<int>("viewer");
    QTest::addColumn<int>("host");
    for (std::size_t viewer = 0; viewer < kLayouts.size(); ++viewer) {
        for (std::size_t host = 0; host < kLayouts.size(); ++host) {
            const QByteArray name = QByteArray(kLayouts[viewer].name) + " types on " + kLayouts[host].name;
            QTest::newRow(name.constData()) << static_cast<int>(viewer) << static_cast<int>(host);
        }
    }
}

void TestKeyboardMatrix::typing()
{
    QFETCH(int, viewer);
    QFETCH(int, host);
    const Layout& from = kLayouts.at(static_cast<std::size_t>(viewer));
    const Layout& to = kLayouts.at(static_cast<std::size_t>(host));
    QVERIFY(m_ends->choose(from, to));
    const QString text = QString::fromUtf8(from.text);
    QVERIFY(m_ends->type(text));
    QVERIFY(m_ends->settle());
    QCOMPARE(m_ends->client->text(), text);
    QCOMPARE(m_ends->client->modifiersDown(), 0);
    checkShortcuts(from, to);
}

void TestKeyboardMatrix::checkShortcuts(const Layout& from, const Layout& to)
{
    m_ends->client->forget();
    const bool isCyrillicHere = qstrcmp(from.name, "ru") == 0;
    const bool isCyrillicThere = qstrcmp(to.name, "ru") == 0;
    struct Shortcut {
        const char* latin;
        const char* cyrillicKey; ///< where a Russian keyboard has it
    };
    QStringList expected;
    for (const Shortcut& shortcut :
        {Shortcut{"z", "Cyrillic_ya"}, Shortcut{"c", "Cyrillic_es"}, Shortcut{"v", "Cyrillic_em"}}) {
        QVERIFY(m_ends->viewer.hands->press("Control_L"));
        QVERIFY(m_ends->viewer.hands->tap(isCyrillicHere ? shortcut.cyrillicKey : shortcut.latin));
        QVERIFY(m_ends->viewer.hands->release("Control_L"));
        const char* symbol = isCyrillicThere ? shortcut.cyrillicKey : shortcut.latin;
        expected << QStringLiteral("+Control_L +%1 -%1 -Control_L").arg(QString::fromLatin1(symbol));
    }
    QCOMPARE(m_ends->story(), expected.join(QLatin1Char(' ')));
}

void TestKeyboardMatrix::functionKeysAndRepeat()
{
    QVERIFY(m_ends->choose(kLayouts[0], kLayouts[1]));
    for (const char* key : {"Tab", "F1", "Escape", "Left", "KP_Enter", "Super_L", "Delete", "Return"})
        QVERIFY(m_ends->viewer.hands->tap(key));
    QVERIFY(m_ends->viewer.hands->press("Shift_L"));
    QVERIFY(m_ends->viewer.hands->tap("Tab"));
    QVERIFY(m_ends->viewer.hands->tap("Left"));
    QVERIFY(m_ends->viewer.hands->release("Shift_L"));
    QCOMPARE(m_ends->story(),
        QStringLiteral("+Tab -Tab +F1 -F1 +Escape -Escape +Left -Left +KP_Enter -KP_Enter +Super_L -Super_L "
                       "+Delete -Delete +Return -Return +Shift_L +ISO_Left_Tab -ISO_Left_Tab +Left -Left "
                       "-Shift_L"));
    // Held until both servers repeat: one press goes over.
    m_ends->client->forget();
    QVERIFY(m_ends->settle());
    const int before = m_ends->viewer.sent;
    QVERIFY(m_ends->viewer.hands->press("y"));
    QVERIFY(waitBriefly([this] {
        m_ends->client->catchUp();
        return m_ends->client->text().count(QLatin1Char('y')) >= 4;
    }));
    QVERIFY(m_ends->viewer.hands->release("y"));
    QVERIFY(waitBriefly([&] { return m_ends->viewer.sent >= before + 2; }));
    QCOMPARE(m_ends->viewer.sent, before + 2);
    QVERIFY(m_ends->settle());
}

void TestKeyboardMatrix::physicalKeys()
{
    QVERIFY(m_ends->choose(kLayouts[0], kLayouts[1]));
    m_ends->viewer.view->setKeyboardMode(RemoteKeyboard::Mode::Physical);
    QVERIFY(m_ends->viewer.hands->tap("y"));
    QVERIFY(m_ends->viewer.hands->tap("semicolon"));
    QCOMPARE(m_ends->story(), QStringLiteral("+z -z +odiaeresis -odiaeresis"));
    m_ends->viewer.view->setKeyboardMode(RemoteKeyboard::Mode::Meaning);
}

void TestKeyboardMatrix::wheelTurns()
{
    QVERIFY(m_ends->choose(kLayouts[0], kLayouts[0]));
    m_ends->viewer.hands->move({40, 50});
    for (const int button : {4, 5, 6, 7, 1}) {
        m_ends->viewer.hands->button(button, true);
        m_ends->viewer.hands->button(button, false);
    }
    QVERIFY(m_ends->viewer.hands->press("Alt_L"));
    m_ends->viewer.hands->button(4, true);
    m_ends->viewer.hands->button(4, false);
    QVERIFY(m_ends->viewer.hands->release("Alt_L"));
    QCOMPARE(m_ends->story(), QStringLiteral("+4 -4 +5 -5 +6 -6 +7 -7 +1 -1 +Alt_L +4 -4 -Alt_L"));
    QCOMPARE(m_ends->client->pointer(), (Point{40, 50}));
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
        TestKeyboardMatrix test;
        result = QTest::qExec(&test, argc, argv);
    }
    viewerServer.reset();
    return result;
}

#include "tst_keyboard_matrix.moc"
