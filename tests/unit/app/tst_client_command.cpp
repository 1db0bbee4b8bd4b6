#include "app/client/client_command.h"
#include "app/client/exit_code.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightline;

namespace {

const QString kId = QStringLiteral("AbCdEfGhIjKlMnOpQrStUv");
const QString kLink = QStringLiteral("https://example.org/m/") + kId;

} // namespace

class TestClientCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWithAReason_data();
    void refusesWithAReason();
    void understandsTheApp();
    void understandsShare();
    void understandsView();
    void understandsAPinnedServer();
    void readsTheFileUnderTheCommandLine();
    void saysWhereTheFileIsWrong();
    void exitCodesAreThoseOfTheDesign();
};

void TestClientCommand::refusesWithAReason_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char* name, const QStringList& arguments, const char* mentions) {
        QTest::newRow(name) << arguments << QString::fromLatin1(mentions);
    };
    row("unknown option", {QStringLiteral("--frobnicate")}, "--frobnicate");
    row("option of another command", {QStringLiteral("view"), kLink, QStringLiteral("--yes")}, "--yes");
    row("single dash", {QStringLiteral("share"), QStringLiteral("-x")}, "-x");
    row("view without a link", {QStringLiteral("view")}, "sightline view LINK");
    row("no link", {QStringLiteral("view"), QStringLiteral("hello")}, "hello");
    row("two links", {QStringLiteral("view"), kLink, kLink}, "too many");
    row("share with a link", {QStringLiteral("share"), kLink}, "takes no link");
    row("missing value", {QStringLiteral("share"), QStringLiteral("--region")}, "needs a value");
    row("value for a switch", {QStringLiteral("share"), QStringLiteral("--yes=1")}, "takes no value");
    row("bad region", {QStringLiteral("share"), QStringLiteral("--region"), QStringLiteral("10x")},
        "WIDTHxHEIGHT+X+Y");
    row("empty region", {QStringLiteral("share"), QStringLiteral("--region=0x5+1+1")}, "WIDTHxHEIGHT+X+Y");
    row("bad monitor", {QStringLiteral("share"), QStringLiteral("--monitor=0")}, "--monitor");
    row("bad scale", {QStringLiteral("view"), kLink, QStringLiteral("--scale=2")}, "fit or 1");
    row("bad fps", {QStringLiteral("share"), QStringLiteral("--max-fps=0")}, "1 to 240");
    row("bad server", {QStringLiteral("share"), QStringLiteral("--server=ftp://x")}, "https://HOST:PORT");
    row("empty name", {QStringLiteral("share"), QStringLiteral("--name=  ")}, "1 to 64");
    row("window by name", {QStringLiteral("share"), QStringLiteral("--window=xterm")}, "xwininfo");
    row("window 0", {QStringLiteral("share"), QStringLiteral("--window=0x0")}, "xwininfo");
    row("window of a number too large", {QStringLiteral("share"), QStringLiteral("--window=0x100000000")},
        "xwininfo");
    row("no such file", {QStringLiteral("share"), QStringLiteral("--config=/nonexistent/x")},
        "/nonexistent/x");
}

void TestClientCommand::refusesWithAReason()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, mentions);
    const Result<ClientCommand> command = ClientCommand::parse(arguments);
    QVERIFY(!command);
    QVERIFY2(command.error().toString().contains(mentions), qPrintable(command.error().toString()));
    QCOMPARE(exitCodeFor(command.error().code()), 2);
}

void TestClientCommand::understandsTheApp()
{
    const Result<ClientCommand> plain = ClientCommand::parse({});
    QVERIFY(plain);
    QCOMPARE(plain->action, ClientCommand::Action::OpenApp);
    QVERIFY(!plain->link);
    QVERIFY(!plain->displayName.isEmpty());
    const Result<ClientCommand> link = ClientCommand::parse({kLink});
    QVERIFY(link);
    QCOMPARE(link->action, ClientCommand::Action::OpenApp);
    QCOMPARE(link->link->meetingId, kId);
    QCOMPARE(ClientCommand::parse({QStringLiteral("view"), QStringLiteral("--help")})->action,
        ClientCommand::Action::ShowHelp);
    QVERIFY(ClientCommand::helpText().contains(QStringLiteral("--print-link")));
}

void TestClientCommand::understandsShare()
{
    const Result<ClientCommand> command = ClientCommand::parse({QStringLiteral("share"),
        QStringLiteral("--yes"), QStringLiteral("--print-link"), QStringLiteral("--no-ui"),
        QStringLiteral("--region=640x480+10+20"), QStringLiteral("--name"), QStringLiteral("Anna"),
        QStringLiteral("--max-fps=30"), QStringLiteral("--port=0"), QStringLiteral("--stats=-")});
    QVERIFY(command);
    QCOMPARE(command->action, ClientCommand::Action::Share);
    for (const char* window : {"0x1e00007", "0X1E00007", "31457287"}) {
        const Result<ClientCommand> one = ClientCommand::parse(
            {QStringLiteral("share"), QStringLiteral("--window"), QString::fromLatin1(window)});
        QVERIFY(one);
        QCOMPARE(one->target.kind, ShareTarget::Kind::Window);
        QCOMPARE(one->target.window, 31457287U);
    }
    QVERIFY(command->admitAll && command->printLink && !command->hasUi);
    QCOMPARE(command->target.kind, ShareTarget::Kind::Region);
    QVERIFY((command->target.region == Rect{10, 20, 640, 480}));
    QCOMPARE(command->displayName, QStringLiteral("Anna"));
    QCOMPARE(command->maxFramesPerSecond, 30);
    QVERIFY(!command->grantControl);
    QVERIFY(ClientCommand::parse({QStringLiteral("share"), QStringLiteral("--grant-control")})->grantControl);
    QCOMPARE(command->port, quint16{0});
    QCOMPARE(command->statisticsFile, QStringLiteral("-"));
    QCOMPARE(
        ClientCommand::parse({QStringLiteral("share"), QStringLiteral("--monitor=2")})->target.monitor, 1);
}

void TestClientCommand::understandsView()
{
    const Result<ClientCommand> command
        = ClientCommand::parse({QStringLiteral("view"), QStringLiteral("--scale"), QStringLiteral("1"), kLink,
            QStringLiteral("--full-screen"), QStringLiteral("--screenshot=/tmp/a.png")});
    QVERIFY(command);
    QCOMPARE(command->action, ClientCommand::Action::View);
    QVERIFY(command->fullScreen && command->isExactScale && command->hasUi);
    QCOMPARE(command->screenshotFile, QStringLiteral("/tmp/a.png"));
    QCOMPARE(command->link->host, QStringLiteral("example.org"));
}

void TestClientCommand::understandsAPinnedServer()
{
    const QString pin = QString(64, QLatin1Char('a'));
    const Result<ClientCommand> command = ClientCommand::parse({QStringLiteral("share"),
        QStringLiteral("--server"), QStringLiteral("https://10.0.0.1:7443/?fp=") + pin});
    QVERIFY2(command, command ? "" : qPrintable(command.error().toString()));
    QCOMPARE(command->server->host, QStringLiteral("10.0.0.1"));
    QCOMPARE(command->server->port, quint16{7443});
    QCOMPARE(command->server->certificateFingerprint, QByteArray(32, '\xaa'));
    QVERIFY(command->server->meetingId.isEmpty());
}

void TestClientCommand::readsTheFileUnderTheCommandLine()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("sightline.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# ours\nname = Ben\nmax-fps = 25\nyes = yes\nno-ui = no\nscale = 1\n");
    file.close();
    const Result<ClientCommand> command = ClientCommand::parse({QStringLiteral("share"),
        QStringLiteral("--config"), file.fileName(), QStringLiteral("--max-fps=50")});
    QVERIFY2(command, command ? "" : qPrintable(command.error().toString()));
    QCOMPARE(command->displayName, QStringLiteral("Ben"));
    QCOMPARE(command->maxFramesPerSecond, 50);
    QVERIFY(command->admitAll && command->hasUi);
}

void TestClientCommand::saysWhereTheFileIsWrong()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("c")));
    for (const char* text :
        {"name = Ben\nno such thing\n", "\nfrob = 1\n", "name = a\nname = b\n", "\nyes = maybe\n"}) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
        file.close();
        const Result<ClientCommand> command
            = ClientCommand::parse({QStringLiteral("share"), QStringLiteral("--config=") + file.fileName()});
        QVERIFY2(!command, text);
        QVERIFY2(command.error().toString().contains(QStringLiteral("c:2")),
            qPrintable(command.error().toString()));
    }
}

void TestClientCommand::exitCodesAreThoseOfTheDesign()
{
    QCOMPARE(exitCodeFor(ErrorCode::Gone), 0);
    QCOMPARE(exitCodeFor(ErrorCode::Declined), 3);
    QCOMPARE(exitCodeFor(ErrorCode::Busy), 3);
    QCOMPARE(exitCodeFor(ErrorCode::ConnectFailed), 4);
    QCOMPARE(exitCodeFor(ErrorCode::CertificateMismatch), 4);
    QCOMPARE(exitCodeFor(ErrorCode::NoDisplay), 5);
}

QTEST_GUILESS_MAIN(TestClientCommand)
#include "tst_client_command.moc"
