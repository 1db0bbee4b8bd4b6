#include "core/conference/secrets.h"

#include <QTest>

using namespace sightline;

class TestSecrets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void relaysComeWithCredentials();
    void passcodesDifferByMeeting();
    void compares();
};

void TestSecrets::relaysComeWithCredentials()
{
    // The password is that of: echo -n NAME | openssl dgst -sha1 -hmac north -binary | base64
    const QDateTime time = QDateTime::fromSecsSinceEpoch(1'000'000'000, Qt::UTC);
    const auto servers = iceServersFor({QStringLiteral("turn:t:3478"), QStringLiteral("stun:s")}, "north",
        QStringLiteral("urn:sightline:user:5pX2"), time);
    QCOMPARE(servers.size(), 2);
    QCOMPARE(servers.first().username, QStringLiteral("1000043200:5pX2"));
    QCOMPARE(servers.first().password, QStringLiteral("SNgdiXwSQ4MGC7moziA3F+Bv6mM="));
    QVERIFY(servers.last().username.isEmpty() && servers.last().password.isEmpty());
}

void TestSecrets::passcodesDifferByMeeting()
{
    const QString passcode = QStringLiteral("4711");
    const QByteArray here = passcodeHash(QStringLiteral("a"), passcode);
    QCOMPARE(here.size(), 32);
    QCOMPARE(passcodeHash(QStringLiteral("a"), passcode), here);
    QVERIFY(passcodeHash(QStringLiteral("b"), passcode) != here);
    QVERIFY(passcodeHash(QStringLiteral("a"), QStringLiteral("4712")) != here);
    QVERIFY(passcodeHash(QStringLiteral("a"), {}).isEmpty());
}

void TestSecrets::compares()
{
    QVERIFY(equalSecrets("abc", "abc"));
    QVERIFY(!equalSecrets("abc", "abd"));
    QVERIFY(!equalSecrets("abc", "ab"));
    QVERIFY(!equalSecrets({}, "a"));
    QVERIFY(equalSecrets({}, {}));
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
