#include "core/conference/server_options.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sightline;

class TestServerOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void listens_data();
    void listens();
    void actions_data();
    void actions();
    void publicUrl_data();
    void publicUrl();
    void pathsBecomeAbsolute();
    void wrongUsage_data();
    void wrongUsage();
    void fileAndCommandLine();
    void wrongFile_data();
    void wrongFile();
    void missingFile();
    void helpListsEveryOption();
};

void TestServerOptions::defaults()
{
    const auto command = ServerCommand::parse({});
    QVERIFY(command);
    QCOMPARE(command->action, ServerCommand::Action::Run);
    QCOMPARE(command->options.port, quint16(7443));
    QCOMPARE(command->options.address, QHostAddress(QHostAddress::Any));
    QVERIFY(command->options.dataDirectory.endsWith(QStringLiteral("/sightline")));
    QVERIFY(command->options.certificateFile.isEmpty());
    QVERIFY(!command->options.anotherPortIfTaken);
}

void TestServerOptions::listens_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<int>("port"); // -1: refused
    QTest::newRow("IPv4") << "127.0.0.1:8443" << QHostAddress(QHostAddress::LocalHost) << 8443;
    QTest::newRow("all IPv4") << "0.0.0.0:1" << QHostAddress(QHostAddress::AnyIPv4) << 1;
    QTest::newRow("all") << "[::]:7443" << QHostAddress(QHostAddress::Any) << 7443;
    QTest::newRow("IPv6") << "[::1]:65535" << QHostAddress(QHostAddress::LocalHostIPv6) << 65535;
    QTest::newRow("port of the system") << "127.0.0.1:0" << QHostAddress(QHostAddress::LocalHost) << 0;
    for (const char* text : {"", ":443", "443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
             "127.0.0.1:x", "::1:443", "[::1]", "[127.0.0.1]:443", "localhost:443", "[::1:443", "a b:1"})
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << QHostAddress() << -1;
}

void TestServerOptions::listens()
{
    QFETCH(QString, value);
    QFETCH(QHostAddress, address);
    QFETCH(int, port);
    const auto command = ServerCommand::parse({QStringLiteral("--listen"), value});
    QCOMPARE(command.has_value(), port >= 0);
    if (!command) {
        QCOMPARE(command.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(command.error().message().startsWith(QStringLiteral("--listen")));
        return;
    }
    QCOMPARE(command->options.address, address);
    QCOMPARE(int(command->options.port), port);
}

void TestServerOptions::actions_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<ServerCommand::Action>("action");
    QTest::newRow("check") << QStringList{QStringLiteral("--check-config")}
                           << ServerCommand::Action::CheckConfig;
    QTest::newRow("version") << QStringList{QStringLiteral("--version")}
                             << ServerCommand::Action::ShowVersion;
    QTest::newRow("help") << QStringList{QStringLiteral("--help")} << ServerCommand::Action::ShowHelp;
    QTest::newRow("h") << QStringList{QStringLiteral("-h")} << ServerCommand::Action::ShowHelp;
    QTest::newRow("roles") << QStringList{QStringLiteral("--role=all"), QStringLiteral("--role"),
        QStringLiteral("focus")}
                           << ServerCommand::Action::Run;
}

void TestServerOptions::actions()
{
    QFETCH(QStringList, arguments);
    QFETCH(ServerCommand::Action, action);
    const auto command = ServerCommand::parse(arguments);
    QVERIFY(command);
    QCOMPARE(command->action, action);
}

void TestServerOptions::publicUrl_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("url"); // empty: refused
    QTest::newRow("host") << "https://share.example.org"
                          << "https://share.example.org";
    QTest::newRow("slash") << "https://share.example.org/"
                           << "https://share.example.org";
    QTest::newRow("port") << "https://share.example.org:8443"
                          << "https://share.example.org:8443";
    QTest::newRow("IPv6") << "https://[2001:db8::1]:8443"
                          << "https://[2001:db8::1]:8443";
    for (const char* text : {"http://share.example.org", "share.example.org", "https://", "https://h/path",
             "https://h?q", "https://h#f", "https://user@h", "https://h:99999", "nonsense with spaces"})
        QTest::newRow(text) << QString::fromLatin1(text) << QString();
}

void TestServerOptions::publicUrl()
{
    QFETCH(QString, value);
    QFETCH(QString, url);
    const auto command = ServerCommand::parse({QStringLiteral("--public-url"), value});
    QCOMPARE(command.has_value(), !url.isEmpty());
    if (command)
        QCOMPARE(command->options.publicUrl.toString(), url);
}

void TestServerOptions::pathsBecomeAbsolute()
{
    const auto command = ServerCommand::parse({QStringLiteral("--data"), QStringLiteral("d"),
        QStringLiteral("--tls-cert"), QStringLiteral("/c.pem"), QStringLiteral("--tls-key=k.pem")});
    QVERIFY(command);
    QCOMPARE(command->options.dataDirectory, QDir::current().absoluteFilePath(QStringLiteral("d")));
    QCOMPARE(command->options.certificateFile, QStringLiteral("/c.pem"));
    QCOMPARE(command->options.keyFile, QDir::current().absoluteFilePath(QStringLiteral("k.pem")));
}

void TestServerOptions::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* arguments, const char* says) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '))
                            << QString::fromLatin1(says);
    };
    row("unknown", "--colour red", "there is no option '--colour'");
    row("not an option", "start", "'start' is not an option");
    row("short", "-x", "'-x' is not an option");
    row("no value", "--listen", "--listen needs a value");
    row("empty value", "--data=", "data needs a value");
    row("action with value", "--help=yes", "there is no option '--help=yes'");
    row("role", "--role boss", "'boss' is not a role");
    row("sharing without focus", "--role sharing", "focus-url and --role sharing belong together");
    row("focus url of a focus", "--focus-url https://f", "focus-url and --role sharing belong together");
    row("focus url", "--role sharing --focus-url http://f", "is not https://HOST");
    row("no secret", "--role focus --sharing https://s", "need c3p-secret-file");
    row("sharing of all", "--sharing https://s", "sharing is for --role focus");
    row("sharing url", "--role focus --sharing https://s,ftp://t", "'ftp://t' is not https://HOST");
    row("sharing path", "--role focus --sharing https://s/x", "is not https://HOST");
    row("short pin", "--role focus --sharing https://s?fp=00ff", "is not https://HOST");
    row("sharing twice", "--role focus --sharing https://s,https://s", "is there twice");
    row("turn uri", "--turn-uri http://t", "is not turn:HOST");
    row("turn without secret", "--turn-uri turn:t:3478", "turn-secret-file belong together");
    row("secret without turn", "--turn-secret-file /x --turn-uri stun:t", "turn-secret-file belong together");
    row("log format", "--log-format xml", "'xml' is neither text nor json");
    row("role of the web", "--role web", "not available in this version");
    row("certificate alone", "--tls-cert c.pem", "belong together");
    row("key alone", "--tls-key k.pem", "belong together");
    row("dashes", "--", "there is no option '--'");
}

void TestServerOptions::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto command = ServerCommand::parse(arguments);
    QVERIFY(!command);
    QCOMPARE(command.error().code(), ErrorCode::InvalidArgument);
    QVERIFY2(command.error().message().contains(says), qPrintable(command.error().message()));
}

void TestServerOptions::fileAndCommandLine()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("server.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# a comment\r\n\n; another\nlisten = 127.0.0.1:1111\n  public-url=https://a.example \ndata = "
               "state\nrole = focus\n");
    file.close();
    const auto command = ServerCommand::parse(
        {QStringLiteral("--listen=127.0.0.1:2222"), QStringLiteral("--config"), file.fileName()});
    QVERIFY2(command, command ? "" : qPrintable(command.error().toString()));
    QCOMPARE(command->options.port, quint16(2222));
    QCOMPARE(command->options.publicUrl.host(), QStringLiteral("a.example"));
    QCOMPARE(command->options.dataDirectory, QDir::cleanPath(directory.filePath(QStringLiteral("state"))));
}

void TestServerOptions::wrongFile_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << "\nlisen = 1"
                             << "f.conf:2: there is no option 'lisen'";
    QTest::newRow("value") << "listen = nowhere"
                           << "f.conf:1: listen: 'nowhere' is not ADDRESS:PORT";
    QTest::newRow("section") << "[server]"
                             << "f.conf:1: write 'name = value'";
    QTest::newRow("empty") << "role ="
                           << "f.conf:1: role needs a value";
    QTest::newRow("twice") << "role = all\nrole = focus"
                           << "f.conf:2: role is already set in line 1";
    QTest::newRow("command line only") << "check-config = 1"
                                       << "f.conf:1: there is no option 'check-config'";
    QTest::newRow("binary") << QString::fromUtf8("\xff\xfe\x01") << "f.conf:1: write 'name = value'";
}

void TestServerOptions::wrongFile()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("f.conf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text.toUtf8());
    file.close();
    const auto command = ServerCommand::parse({QStringLiteral("--config"), file.fileName()});
    QVERIFY(!command);
    QCOMPARE(command.error().code(), ErrorCode::InvalidArgument);
    const QString message = command.error().message();
    QVERIFY2(message.startsWith(directory.filePath(says)), qPrintable(message));
}

void TestServerOptions::missingFile()
{
    const auto command
        = ServerCommand::parse({QStringLiteral("--config"), QStringLiteral("/nonexistent/f.conf")});
    QVERIFY(!command);
    QCOMPARE(command.error().code(), ErrorCode::FileFailed);
}

void TestServerOptions::helpListsEveryOption()
{
    const QString help = ServerCommand::helpText();
    for (const char* name : {"--config", "--listen", "--public-url", "--data", "--tls-cert", "--tls-key",
             "--role", "--check-config", "--version", "--help", "7443"})
        QVERIFY2(help.contains(QLatin1StringView(name)), name);
}

QTEST_GUILESS_MAIN(TestServerOptions)
#include "tst_server_options.moc"
