#include "core/signaling/meeting_link.h"

#include <QTest>

using namespace sightline;

namespace {

const QString kId = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");
const QByteArray kPin
    = QByteArray::fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

} // namespace

class TestMeetingLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void truncations();
    void rejects_data();
    void rejects();
    void writes();
};

void TestMeetingLink::accepts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("pin");
    const auto row
        = [](const char* name, const QString& text, const char* host, int port, const QByteArray& pin = {}) {
              QTest::newRow(name) << QString(text).replace(QStringLiteral("ID"), kId)
                                  << QString::fromLatin1(host) << port << pin;
          };
    const QString pinned = QStringLiteral("?fp=") + QString::fromLatin1(kPin.toHex());
    row("web", QStringLiteral("https://example.org/m/ID"), "example.org", 443);
    row("app", QStringLiteral("sightline://example.org/m/ID"), "example.org", 443);
    row("port", QStringLiteral("https://example.org:8443/m/ID"), "example.org", 8443);
    row("largest port", QStringLiteral("https://example.org:65535/m/ID"), "example.org", 65535);
    row("pin", QStringLiteral("sightline://a:1/m/ID") + pinned, "a", 1, kPin);
    row("pin in capitals",
        QStringLiteral("sightline://a/m/ID?fp=") + QString::fromLatin1(kPin.toHex().toUpper()), "a", 443,
        kPin);
    row("pin among others",
        QStringLiteral("sightline://a/m/ID?utm=x&fp=") + pinned.sliced(4) + QStringLiteral("&b"), "a", 443,
        kPin);
    row("pin twice", QStringLiteral("sightline://a/m/ID") + pinned + u'&' + pinned.sliced(1), "a", 443, kPin);
    row("what a messenger appends", QStringLiteral("https://a/m/ID?utm_source=chat"), "a", 443);
    row("IPv4", QStringLiteral("https://192.0.2.1:5/m/ID"), "192.0.2.1", 5);
    row("IPv6", QStringLiteral("https://[2001:DB8::1]/m/ID"), "2001:db8::1", 443);
    row("IPv6 and port", QStringLiteral("https://[::1]:8443/m/ID"), "::1", 8443);
    row("capitals", QStringLiteral("HTTPS://Example.ORG/m/ID"), "example.org", 443);
    row("space around", QStringLiteral(" \t\nhttps://example.org/m/ID\r\n "), "example.org", 443);
    row("name with digits", QStringLiteral("https://1.2.3.4a/m/ID"), "1.2.3.4a", 443);
    row("punycode", QStringLiteral("https://xn--bcher-kva.example/m/ID"), "xn--bcher-kva.example", 443);
}

void TestMeetingLink::accepts()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QByteArray, pin);
    const auto link = MeetingLink::parse(text);
    QVERIFY2(link, link ? "" : qPrintable(link.error().message()));
    QCOMPARE(link->host, host);
    QCOMPARE(int(link->port), port);
    QCOMPARE(link->meetingId, kId);
    QCOMPARE(link->certificateFingerprint, pin);

    const auto again = MeetingLink::parse(link->toAppLink());
    QVERIFY(again);
    QVERIFY(*again == *link);
    const auto web = MeetingLink::parse(link->toWebLink());
    QVERIFY(web);
    QCOMPARE(web->host, host);
    QVERIFY(web->certificateFingerprint.isEmpty());

    const QUrl url = link->signalingUrl();
    QVERIFY2(url.isValid(), qPrintable(url.errorString()));
    QCOMPARE(url.scheme(), QStringLiteral("wss"));
    QCOMPARE(url.host(), host);
    QCOMPARE(url.port(443), port);
    QCOMPARE(url.path(), QStringLiteral("/signaling"));
}

void TestMeetingLink::truncations()
{
    const QString whole = QStringLiteral("sightline://[::1]:8443/m/") + kId.first(22) + QStringLiteral("?fp=")
        + QString::fromLatin1(kPin.toHex());
    QVERIFY(MeetingLink::parse(whole));
    const qsizetype withoutQuery = whole.indexOf(u'?');
    for (qsizetype size = 0; size < whole.size(); ++size) {
        // What ends before "fp=" is a whole link without a pin.
        const bool isWhole = size >= withoutQuery && size < withoutQuery + 4;
        QCOMPARE(MeetingLink::parse(whole.first(size)).has_value(), isWhole);
    }
}

void TestMeetingLink::rejects_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char* text) {
        QTest::newRow(text) << QString::fromUtf8(text).replace(QStringLiteral("ID"), kId);
    };
    row("");
    row("   ");
    row("hello");
    row("example.org/m/ID");
    row("http://example.org/m/ID");
    row("ftp://example.org/m/ID");
    row("javascript:alert(1)");
    row("https:/example.org/m/ID");
    row("https://");
    row("https:///m/ID");
    row("https://example.org");
    row("https://example.org/");
    row("https://example.org/m/");
    row("https://example.org/m/short");
    row("https://example.org/M/ID");
    row("https://example.org/m/ID/");
    row("https://example.org/m/ID/more");
    row("https://example.org/x/m/ID");
    row("https://example.org//m/ID");
    row("https://example.org/m/ID#part");
    row("https://example.org/m/ID=");
    row("https://example.org/m/ID%41");
    row("https://user@example.org/m/ID");
    row("https://user:password@example.org/m/ID");
    row("https://example.org /m/ID");
    row("https://example.org/m/ID and more");
    row("https://example.org/m/\nID");
    row("https://exa\u00e4mple.org/m/ID");
    row("https://example..org/m/ID");
    row("https://example.org./m/ID");
    row("https://-a.org/m/ID");
    row("https://a-.org/m/ID");
    row("https://a_b.org/m/ID");
    row("https://256.1.1.1/m/ID");
    row("https://1.2.3/m/ID");
    row("https://01.2.3.4/m/ID");
    row("https://1/m/ID");
    row("https://::1/m/ID");
    row("https://[::1/m/ID");
    row("https://[]/m/ID");
    row("https://[1.2.3.4]/m/ID");
    row("https://[example.org]/m/ID");
    row("https://[::1%eth0]/m/ID");
    row("https://[::1]8443/m/ID");
    row("https://[::g]/m/ID");
    row("https://a:/m/ID");
    row("https://a:0/m/ID");
    row("https://a:65536/m/ID");
    row("https://a:-1/m/ID");
    row("https://a:+1/m/ID");
    row("https://a:1x/m/ID");
    row("https://a:1:2/m/ID");
    row("https://a:000443/m/ID");
    row("sightline://a/m/ID?fp=");
    row("sightline://a/m/ID?fp=e3b0");
    row("sightline://a/m/ID?fp=x3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    row("sightline://a/m/ID?fp=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550");
    row("sightline://a/m/ID?fp=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        "&fp=00b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("long host") << QStringLiteral("https://%1/m/%2").arg(QString(64, u'a'), kId);
    QTest::newRow("long id") << QStringLiteral("https://a/m/%1").arg(QString(87, u'a'));
    QTest::newRow("short id") << QStringLiteral("https://a/m/%1").arg(QString(21, u'a'));
    QTest::newRow("NUL") << QStringLiteral("https://a/m/") + kId + QChar(0);
    QTest::newRow("very long") << QString(100'000, u'a');
}

void TestMeetingLink::rejects()
{
    QFETCH(QString, text);
    const auto link = MeetingLink::parse(text);
    QVERIFY(!link);
    QCOMPARE(link.error().code(), ErrorCode::InvalidLink);
    QVERIFY(!link.error().message().isEmpty());
}

void TestMeetingLink::writes()
{
    const MeetingLink link{QStringLiteral("::1"), 8443, kId, kPin};
    QCOMPARE(link.toWebLink(), QStringLiteral("https://[::1]:8443/m/") + kId);
    QCOMPARE(link.toAppLink(),
        QStringLiteral("sightline://[::1]:8443/m/") + kId + QStringLiteral("?fp=")
            + QString::fromLatin1(kPin.toHex()));
    QCOMPARE(link.signalingUrl(), QUrl(QStringLiteral("wss://[::1]:8443/signaling")));
    const MeetingLink plain{QStringLiteral("example.org"), 443, kId, {}};
    QCOMPARE(plain.toAppLink(), QStringLiteral("sightline://example.org/m/") + kId);
    QCOMPARE(plain.signalingUrl(), QUrl(QStringLiteral("wss://example.org/signaling")));
}

QTEST_APPLESS_MAIN(TestMeetingLink)
#include "tst_meeting_link.moc"
