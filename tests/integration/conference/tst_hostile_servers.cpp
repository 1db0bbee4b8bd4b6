#include "core/conference/conference_server.h"
#include "core/signaling/sharing_documents.h"
#include "tests/integration/conference/raw_client.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace sightline;

namespace {

constexpr int kPatienceMs = 10'000;
const QByteArray kSecret = "0123456789abcdef0123456789abcdef";
const QString kMeeting = QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");

QByteArray post(const QByteArray& body, const QByteArray& secret = kSecret, const QByteArray& more = {})
{
    QByteArray head = "POST /c3p HTTP/1.1\r\nHost: h\r\nContent-Type: application/cccp+xml\r\n";
    if (!secret.isEmpty())
        head += "Authorization: Bearer " + secret + "\r\n";
    return head + more + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray heartbeat(quint32 id = 1)
{
    return serializeSharing(SharingRequest{id, QStringLiteral("urn:sightline:focus:x"), SharingGetLoad{}});
}

} // namespace

/// What a server does with C3P of somebody who is no server of ours, or a broken one.
class TestHostileServers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void refuses_data();
    void refuses();
    void answersBrokenDocuments_data();
    void answersBrokenDocuments();
    void keepsTheConnection();
    void repeatsAnAnswer();
    void slowBodyIsDropped();
    void clientsAreNotForSharingServers();
    void figuresAreNotForEverybody();

private:
    QByteArray ask(RawTls& tls, const QByteArray& request)
    {
        tls.socket().write(request);
        QByteArray answer;
        const auto isWhole = [&] {
            answer += tls.socket().readAll();
            const qsizetype head = answer.indexOf("\r\n\r\n");
            const qsizetype length = answer.indexOf("Content-Length: ");
            if (head < 0 || length < 0)
                return tls.socket().state() == QAbstractSocket::UnconnectedState;
            const qsizetype size
                = answer.mid(length + 16, answer.indexOf('\r', length) - length - 16).toInt();
            return answer.size() >= head + 4 + size;
        };
        (void)QTest::qWaitFor(isWhole, kPatienceMs);
        return answer;
    }

    QTemporaryDir m_data;
    std::unique_ptr<ConferenceServer> m_server;
};

void TestHostileServers::init()
{
    QFile file(m_data.filePath(QStringLiteral("secret")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kSecret);
    file.close();
    ServerOptions options;
    options.address = QHostAddress(QHostAddress::LocalHost);
    options.port = 0;
    options.dataDirectory = m_data.path();
    options.role = ServerOptions::Role::Sharing;
    options.focus.url = QUrl(QStringLiteral("https://127.0.0.1:9"));
    options.c3pSecretFile = file.fileName();
    ServerLimits limits;
    limits.signIn = std::chrono::seconds(2);
    m_server.reset();
    auto started = ConferenceServer::start(options, limits);
    QVERIFY2(started, started ? "" : qPrintable(started.error().toString()));
    m_server = *std::move(started);
}

void TestHostileServers::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& request, int status) {
        QTest::newRow(name) << request << status;
    };
    row("good", post(heartbeat()), 200);
    row("no secret", post(heartbeat(), {}), 401);
    row("wrong secret", post(heartbeat(), "0123456789abcdef0123456789abcdeg"), 401);
    row("beginning of the secret", post(heartbeat(), kSecret.chopped(1)), 401);
    row("no secret, endless body", "POST /c3p HTTP/1.1\r\nHost: h\r\nContent-Length: 999999999\r\n\r\n", 401);
    const QByteArray auth = "Authorization: Bearer " + kSecret + "\r\n";
    row("no length", "POST /c3p HTTP/1.1\r\nHost: h\r\n" + auth + "\r\n", 411);
    row("too long", "POST /c3p HTTP/1.1\r\nHost: h\r\n" + auth + "Content-Length: 524289\r\n\r\n", 413);
    row("negative", "POST /c3p HTTP/1.1\r\nHost: h\r\n" + auth + "Content-Length: -1\r\n\r\n", 400);
    row("two lengths", post(heartbeat(), kSecret, "Content-Length: 5\r\n"), 400);
    row("chunked", post(heartbeat(), kSecret, "Transfer-Encoding: chunked\r\n"), 400);
    row("get", "GET /c3p HTTP/1.1\r\nHost: h\r\n" + auth + "\r\n", 404);
}

void TestHostileServers::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    const QByteArray answer = ask(tls, request);
    QVERIFY2(answer.startsWith("HTTP/1.1 " + QByteArray::number(status)), answer.constData());
    if (status != 200)
        QVERIFY(tls.waitClosed());
}

void TestHostileServers::answersBrokenDocuments_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no xml") << QByteArray("hello") << QByteArray("parse-failed");
    QTest::newRow("bomb") << QByteArray("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")
                          << QByteArray("parse-failed");
    QTest::newRow("unknown") << QByteArray("<request xmlns=\"urn:ietf:params:xml:ns:cccp\" requestId=\"1\" "
                                           "from=\"a\"><explode/></request>")
                             << QByteArray("unknown-document");
    QTest::newRow("for a focus") << serializeSharing(
        SharingNotification{1, QStringLiteral("a"), SharingController{kMeeting, {}}})
                                 << QByteArray("not-allowed");
    QTest::newRow("no such meeting") << serializeSharing(
        SharingRequest{1, QStringLiteral("a"), SharingGetConference{kMeeting}})
                                     << QByteArray("not-found");
}

void TestHostileServers::answersBrokenDocuments()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    const QByteArray answer = ask(tls, post(body));
    QVERIFY2(
        answer.startsWith("HTTP/1.1 200") && answer.contains("code=\"" + code + '"'), answer.constData());
    QVERIFY(ask(tls, post(heartbeat())).contains("load")); // and goes on
}

void TestHostileServers::keepsTheConnection()
{
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    for (quint32 id = 1; id < 20; ++id)
        QVERIFY(ask(tls, post(heartbeat(id))).contains("load"));
    // Two at once, and one in two pieces.
    tls.socket().write(post(heartbeat(20)) + post(heartbeat(21)));
    QByteArray both;
    QVERIFY(QTest::qWaitFor(
        [&] {
            both += tls.socket().readAll();
            return both.count("</response>") == 2;
        },
        kPatienceMs));
    const QByteArray whole = post(heartbeat(22));
    tls.socket().write(whole.first(whole.size() / 2));
    tls.socket().flush();
    QTest::qWait(50);
    QVERIFY(ask(tls, whole.sliced(whole.size() / 2)).contains("load"));
}

void TestHostileServers::repeatsAnAnswer()
{
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    const auto request = [](quint32 id, SharingRequest::Body body) {
        return post(serializeSharing(SharingRequest{id, QStringLiteral("urn:f"), std::move(body)}));
    };
    QVERIFY(ask(tls, request(1, SharingAddConference{kMeeting, QStringLiteral("urn:s:1")})).contains("done"));
    QVERIFY(ask(tls, request(1, SharingAddConference{kMeeting, QStringLiteral("urn:s:1")})).contains("done"));
    QVERIFY(ask(tls, request(3, SharingGetConference{kMeeting})).contains("urn:s:1"));
    QVERIFY(ask(tls, request(2, SharingDeleteConference{kMeeting})).contains("invalid-argument"));
    QVERIFY(ask(tls, request(4, SharingGetConference{kMeeting})).contains("urn:s:1"));
    // Another process of the focus begins with nothing.
    QVERIFY(ask(tls, post(heartbeat())).contains("conferences=\"0\""));
}

void TestHostileServers::slowBodyIsDropped()
{
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    tls.socket().write(post(heartbeat()).chopped(10));
    QVERIFY(tls.waitClosed());
}

void TestHostileServers::clientsAreNotForSharingServers()
{
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    QVERIFY(!tls.upgrade());
}

void TestHostileServers::figuresAreNotForEverybody()
{
    // From this machine they are; the rest is a table of HttpVisitor's.
    RawTls tls(*m_server);
    QVERIFY(tls.waitEncrypted());
    const QByteArray answer = ask(tls, "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY2(answer.startsWith("HTTP/1.1 200"), answer.constData());
    for (const char* name : {"sightline_conferences ", "sightline_legs ", "sightline_viewers_in_step ",
             "sightline_ledger_octets ", "sightline_round_trip_seconds "})
        QVERIFY2(answer.contains(name), name);
}

QTEST_GUILESS_MAIN(TestHostileServers)
#include "tst_hostile_servers.moc"
