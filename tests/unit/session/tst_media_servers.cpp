#include "core/session/media_servers.h"

#include <QTest>

using namespace sightline;

class TestMediaServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void leavesOutWhatItCannotUse_data();
    void leavesOutWhatItCannotUse();
};

void TestMediaServers::understands_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("tcp");
    const auto row = [](const char* uri, const char* user, const char* host, int port, bool tcp) {
        QTest::newRow(uri) << QString::fromLatin1(uri) << QString::fromLatin1(user)
                           << QString::fromLatin1(host) << port << tcp;
    };
    row("stun:stun.example.org", "", "stun.example.org", 3478, false);
    row("stun:192.0.2.1:5000", "", "192.0.2.1", 5000, false);
    row("turn:turn.example.org:3478?transport=udp", "u", "turn.example.org", 3478, false);
    row("turn:turn.example.org?transport=tcp", "u", "turn.example.org", 3478, true);
    row("turn:[2001:db8::1]:3479", "u", "2001:db8::1", 3479, false);
}

void TestMediaServers::understands()
{
    QFETCH(const QString, uri);
    QFETCH(const QString, user);
    const auto server = iceServerOf({.uri = uri, .username = user, .password = QStringLiteral("p")});
    QVERIFY(server);
    QTEST(server->host, "host");
    QTEST(int(server->port), "port");
    QTEST(server->turnOverTcp, "tcp");
    QCOMPARE(server->user, user);
}

void TestMediaServers::leavesOutWhatItCannotUse_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("user");
    for (const char* uri : {"turns:turn.example.org", "turn:turn.example.org:0",
             "turn:turn.example.org:70000", "turn:", "turn:a b?transport=sctp", "http://turn.example.org"})
        QTest::newRow(uri) << QString::fromLatin1(uri) << QStringLiteral("u");
    QTest::newRow("turn without a user") << QStringLiteral("turn:turn.example.org") << QString();
    QTest::newRow("stun with a user") << QStringLiteral("stun:stun.example.org") << QStringLiteral("u");
}

void TestMediaServers::leavesOutWhatItCannotUse()
{
    QFETCH(const QString, uri);
    QFETCH(const QString, user);
    const QList<IceServerInfo> servers{{.uri = uri, .username = user}};
    QVERIFY(!iceServerOf(servers.front()));
    QVERIFY(mediaConfig(servers).servers.empty());
}

QTEST_GUILESS_MAIN(TestMediaServers)
#include "tst_media_servers.moc"
