#include "core/conference/server_address.h"

#include <QTest>

using namespace sightline;

class TestServerAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void baseUrl_data();
    void baseUrl();
    void names();
    void machine();
};

void TestServerAddress::baseUrl_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("publicUrl");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("url");
    const auto row
        = [](const char* name, const char* listen, const char* publicUrl, int port, const char* url) {
              QTest::newRow(name) << QString::fromLatin1(listen) << QString::fromLatin1(publicUrl) << port
                                  << QString::fromLatin1(url);
          };
    row("any", "[::]:0", "", 7443, "https://198.51.100.7:7443");
    row("any IPv4", "0.0.0.0:0", "", 443, "https://198.51.100.7");
    row("loopback", "127.0.0.1:0", "", 7443, "https://127.0.0.1:7443");
    row("IPv6", "[2001:db8::5]:0", "", 7443, "https://[2001:db8::5]:7443");
    row("public", "127.0.0.1:0", "https://share.example", 7443, "https://share.example");
}

void TestServerAddress::baseUrl()
{
    QFETCH(QString, listen);
    QFETCH(QString, publicUrl);
    QFETCH(int, port);
    QFETCH(QString, url);
    QStringList arguments{QStringLiteral("--listen"), listen};
    if (!publicUrl.isEmpty())
        arguments << QStringLiteral("--public-url") << publicUrl;
    const auto command = ServerCommand::parse(arguments);
    QVERIFY(command);
    const QHostAddress machine(QStringLiteral("198.51.100.7"));
    QCOMPARE(linkBaseUrl(command->options, static_cast<quint16>(port), machine).toString(), url);
}

void TestServerAddress::names()
{
    ServerOptions options;
    options.publicUrl = QUrl(QStringLiteral("https://share.example:1"));
    const QStringList names = certificateNames(options, QHostAddress(QStringLiteral("198.51.100.7")));
    for (const char* name : {"localhost", "127.0.0.1", "::1", "198.51.100.7", "share.example"})
        QCOMPARE(names.count(QLatin1StringView(name)), 1);
}

void TestServerAddress::machine()
{
    const QHostAddress address = machineAddress();
    QVERIFY(!address.isNull());
    QVERIFY(!isAnyAddress(address));
    QVERIFY(!address.isLinkLocal());
}

QTEST_GUILESS_MAIN(TestServerAddress)
#include "tst_server_address.moc"
