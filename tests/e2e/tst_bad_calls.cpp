#include "tests/e2e/app_process.h"
#include "tests/support/xvfb.h"

#include <QTcpServer>
#include <QTest>

using namespace sightline;

/// Wrong calls and hopeless ones end soon, with the exit code of their kind and one sentence that helps.
class TestBadCalls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endWithACodeAndASentence_data();
    void endWithACodeAndASentence();
    void aPortInUseIsSaid();
    void aWrongPinIsRefused();
    void anUnknownMeetingIsRefused();
};

void TestBadCalls::endWithACodeAndASentence_data()
{
    QTest::addColumn<bool>("isServer");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("mentions");
    const QString id = QStringLiteral("/m/AbCdEfGhIjKlMnOpQrStUv");
    const auto row = [](const char* name, bool isServer, const QStringList& arguments, int exitCode,
                         const char* mentions) {
        QTest::newRow(name) << isServer << arguments << exitCode << QString::fromLatin1(mentions);
    };
    row("unknown option", false, {QStringLiteral("--nope")}, 2, "--nope");
    row("not a link", false, {QStringLiteral("view"), QStringLiteral("hello there")}, 2, "hello there");
    row("no display to share", false,
        {QStringLiteral("share"), QStringLiteral("--no-ui"), QStringLiteral("--port=0")}, 5, "display");
    row("no display for a window", false,
        {QStringLiteral("view"), QStringLiteral("https://127.0.0.1:9") + id}, 5, "display");
    row("nobody listens", false,
        {QStringLiteral("view"), QStringLiteral("https://127.0.0.1:9") + id, QStringLiteral("--no-ui")}, 4,
        "sightline: ");
    row("statistics cannot be written", false,
        {QStringLiteral("view"), QStringLiteral("https://127.0.0.1:9") + id, QStringLiteral("--no-ui"),
            QStringLiteral("--stats=/nonexistent/x")},
        2, "/nonexistent/x");
    row("server: unknown option", true, {QStringLiteral("--nope")}, 2, "--nope");
    row("server: bad address", true, {QStringLiteral("--listen=here")}, 2, "here");
    row("server: role of a later version", true, {QStringLiteral("--role=sharing")}, 2, "sharing");
    row("server: no such certificate", true,
        {QStringLiteral("--tls-cert=/nonexistent/c"), QStringLiteral("--tls-key=/nonexistent/k"),
            QStringLiteral("--check-config")},
        2, "/nonexistent/");
}

void TestBadCalls::endWithACodeAndASentence()
{
    QFETCH(const bool, isServer);
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    QFETCH(const QString, mentions);
    AppProcess process(isServer ? AppProcess::Program::Server : AppProcess::Program::App, {}, arguments);
    QCOMPARE(process.waitForExit(), exitCode);
    QVERIFY2(process.output().contains(mentions), qPrintable(process.output()));
    QCOMPARE(process.output().trimmed().count(QLatin1Char('\n')), 0);
}

void TestBadCalls::aPortInUseIsSaid()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    AppProcess server(
        AppProcess::Program::Server, {}, {QStringLiteral("--listen=127.0.0.1:%1").arg(other.serverPort())});
    QCOMPARE(server.waitForExit(), 4);
    QVERIFY2(server.output().contains(QString::number(other.serverPort())), qPrintable(server.output()));
}

void TestBadCalls::aWrongPinIsRefused()
{
    AppProcess server(AppProcess::Program::Server, {}, {QStringLiteral("--listen=127.0.0.1:0")});
    const QString address = server.waitForLine(QStringLiteral("https://"));
    const QString url = address.section(QStringLiteral("https://"), 1).section(QLatin1Char(' '), 0, 0);
    AppProcess viewer(AppProcess::Program::App, {},
        {QStringLiteral("view"), QStringLiteral("--no-ui"),
            QStringLiteral("sightline://%1/m/AbCdEfGhIjKlMnOpQrStUv?fp=%2")
                .arg(url, QString(64, QLatin1Char('0')))});
    QCOMPARE(viewer.waitForExit(), 4);
    QVERIFY2(viewer.output().contains(QStringLiteral("certificate")), qPrintable(viewer.output()));
}

void TestBadCalls::anUnknownMeetingIsRefused()
{
    AppProcess server(AppProcess::Program::Server, {}, {QStringLiteral("--listen=127.0.0.1:0")});
    const QString address = server.waitForLine(QStringLiteral("https://"));
    const QString url = address.section(QStringLiteral("https://"), 1).section(QLatin1Char(' '), 0, 0);
    const QString pin = QRegularExpression(QStringLiteral("[0-9a-fA-F]{64}")).match(address).captured();
    AppProcess viewer(AppProcess::Program::App, {},
        {QStringLiteral("view"), QStringLiteral("--no-ui"),
            QStringLiteral("sightline://%1/m/AbCdEfGhIjKlMnOpQrStUv?fp=%2").arg(url, pin)});
    QCOMPARE(viewer.waitForExit(), 3);
}

QTEST_GUILESS_MAIN(TestBadCalls)
#include "tst_bad_calls.moc"
