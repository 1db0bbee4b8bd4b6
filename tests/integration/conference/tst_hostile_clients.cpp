#include "core/conference/conference_server.h"
#include "tests/integration/conference/raw_client.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

/// Short enough that each time-out can be waited for, long enough that nobody runs into one by a busy
/// machine.
ServerLimits shortLimits()
{
    ServerLimits limits;
    limits.signIn = 2s;
    limits.pingInterval = 200ms;
    limits.silence = 2s;
    limits.farewell = 500ms;
    limits.absence = 200ms;
    limits.strangers = 8;
    limits.unsentBytes = 1 << 20;
    return limits;
}

/// As fast as it can, but listening: who does not is dropped for another reason.
void sendMany(RawClient& client, const QString& document, int count)
{
    for (int i = 0; i < count && client.socket().isValid(); ++i) {
        client.socket().sendTextMessage(document);
        if (i % 50 == 0)
            QCoreApplication::processEvents();
    }
}

} // namespace

/// Whatever one client does, it is gone in the end, and a meeting of two others goes on.
class TestHostileClients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void plainHttp();
    void notHttp();
    void oldTls();
    void silentConnections();
    void slowRequest();
    void longRequest();
    void pagesOverTls_data();
    void pagesOverTls();
    void upgradeElsewhere_data();
    void upgradeElsewhere();
    void neverSignsIn();
    void garbage();
    void binary();
    void largeMessages_data();
    void largeMessages();
    void brokenFrames_data();
    void brokenFrames();
    void tooManyDocuments();
    void documentFlood();
    void pingFlood();
    void doesNotRead();
    void fallsSilent();
    void abortsConnection();
    void manyStrangers();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ConferenceServer> m_server;
    std::unique_ptr<RawClient> m_ada; ///< in a meeting, and must not notice a thing
    QString m_meeting;
};

void TestHostileClients::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    ServerOptions options;
    options.address = QHostAddress(QHostAddress::LocalHost);
    options.port = 0;
    options.dataDirectory = m_directory->path();
    auto server = ConferenceServer::start(options, shortLimits());
    QVERIFY(server);
    m_server = *std::move(server);
    m_ada = std::make_unique<RawClient>(*m_server);
    QVERIFY(!m_ada->signIn(QStringLiteral("Ada")).isEmpty());
    m_meeting = m_ada->createMeeting();
    QVERIFY(m_ada->join(m_meeting));
}

void TestHostileClients::cleanup()
{
    RawClient bob(*m_server);
    QVERIFY(!bob.signIn(QStringLiteral("Bob")).isEmpty());
    QVERIFY(bob.join(m_meeting));
    QVERIFY(m_ada->waitParticipants(2));
    m_ada.reset();
    m_server.reset();
}

void TestHostileClients::plainHttp()
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->port());
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, 10'000);
}

void TestHostileClients::notHttp()
{
    RawTls client(*m_server);
    QVERIFY(client.waitEncrypted());
    client.socket().write(QByteArray("\x03\x00\x00\x13\x0e\xe0\x00\x00\r\n\r\n", 12)); // TPKT
    QVERIFY(client.waitClosed());
    QVERIFY(client.socket().readAll().startsWith("HTTP/1.1 400 "));
}

void TestHostileClients::oldTls()
{
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSslConfiguration configuration = socket.sslConfiguration();
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    configuration.setProtocol(QSsl::TlsV1_1);
    QT_WARNING_POP
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), m_server->port());
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::UnconnectedState, 10'000);
    QVERIFY(!socket.isEncrypted());
}

void TestHostileClients::silentConnections()
{
    std::vector<std::unique_ptr<QTcpSocket>> sockets;
    for (int i = 0; i < 5; ++i) {
        sockets.push_back(std::make_unique<QTcpSocket>());
        sockets.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->port());
    }
    for (const auto& socket : sockets)
        QTRY_COMPARE(socket->state(), QAbstractSocket::ConnectedState);
    for (const auto& socket : sockets)
        QTRY_COMPARE_WITH_TIMEOUT(socket->state(), QAbstractSocket::UnconnectedState, 10'000);
}

void TestHostileClients::slowRequest()
{
    RawTls client(*m_server);
    QVERIFY(client.waitEncrypted());
    QTimer drip;
    connect(&drip, &QTimer::timeout, this, [&] { client.socket().write("X"); });
    client.socket().write("GET / HTTP/1.1\r\n");
    drip.start(50);
    QVERIFY(client.waitClosed());
}

void TestHostileClients::longRequest()
{
    RawTls client(*m_server);
    QVERIFY(client.waitEncrypted());
    client.socket().write("GET /" + QByteArray(100'000, 'a'));
    QVERIFY(client.waitClosed());
}

void TestHostileClients::pagesOverTls_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("health") << QByteArray("/healthz") << QByteArray("200");
    QTest::newRow("meeting") << QByteArray("/m/bWVldGluZy1vZi1leGFtcGxl") << QByteArray("200");
    QTest::newRow("nothing") << QByteArray("/else") << QByteArray("404");
    QTest::newRow("signaling") << QByteArray("/signaling") << QByteArray("426");
}

void TestHostileClients::pagesOverTls()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, status);
    RawTls client(*m_server);
    QVERIFY(client.waitEncrypted());
    client.socket().write("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    QVERIFY(client.waitClosed());
    const QByteArray response = client.socket().readAll();
    QVERIFY(response.startsWith("HTTP/1.1 " + status + ' '));
    const qsizetype body = response.indexOf("\r\n\r\n") + 4;
    QVERIFY(response.contains("Content-Length: " + QByteArray::number(response.size() - body)));
}

void TestHostileClients::upgradeElsewhere_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("origin");
    QTest::newRow("path") << QStringLiteral("/other") << QString();
    QTest::newRow("origin") << QStringLiteral("/signaling") << QStringLiteral("https://evil.example");
}

void TestHostileClients::upgradeElsewhere()
{
    QFETCH(QString, path);
    QFETCH(QString, origin);
    RawClient client(*m_server, path, origin);
    QSignalSpy connected(&client.socket(), &QWebSocket::connected);
    QVERIFY(client.waitClosed());
    QVERIFY(connected.isEmpty());
}

void TestHostileClients::neverSignsIn()
{
    RawClient client(*m_server);
    QVERIFY(client.waitConnected());
    QVERIFY(client.waitClosed());
}

void TestHostileClients::garbage()
{
    RawClient client(*m_server);
    QVERIFY(!client.signIn(QStringLiteral("Mallory")).isEmpty());
    for (const char* text : {"", "<", "<a", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "{}", "\x01"})
        client.socket().sendTextMessage(QString::fromLatin1(text));
    QTRY_COMPARE_WITH_TIMEOUT(client.received().size(), 7, 10'000);
    QCOMPARE(client.lastFailure(), ErrorCode::ParseFailed);
    QVERIFY(client.join(m_meeting)); // it did no harm
}

void TestHostileClients::binary()
{
    RawClient client(*m_server);
    QVERIFY(!client.signIn(QStringLiteral("Mallory")).isEmpty());
    client.socket().sendBinaryMessage(QByteArray(1000, '\0'));
    QTRY_COMPARE_WITH_TIMEOUT(client.lastFailure(), ErrorCode::ParseFailed, 10'000);
    QVERIFY(client.join(m_meeting));
}

void TestHostileClients::largeMessages_data()
{
    QTest::addColumn<bool>("isSignedIn");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("isClosed"); // else refused by a document
    QTest::newRow("stranger, document") << false << 70'000 << false;
    QTest::newRow("stranger, message") << false << 200'000 << true;
    QTest::newRow("document") << true << 70'000 << false;
    QTest::newRow("large document") << true << 1'000'000 << false;
    QTest::newRow("message") << true << 1'100'000 << true;
    QTest::newRow("huge message") << true << 5'000'000 << true;
}

void TestHostileClients::largeMessages()
{
    QFETCH(bool, isSignedIn);
    QFETCH(int, size);
    QFETCH(bool, isClosed);
    RawClient client(*m_server);
    QVERIFY(client.waitConnected());
    if (isSignedIn)
        QVERIFY(!client.signIn(QStringLiteral("Mallory")).isEmpty());
    client.send(Request{.id = 77, .body = AddConference{}});
    client.socket().sendTextMessage(QString::fromUtf8(serialize(Request{.id = 78, .body = AddConference{}}))
        + QString(size, QLatin1Char(' ')));
    if (isClosed)
        QVERIFY(client.waitClosed());
    else
        QTRY_COMPARE_WITH_TIMEOUT(client.lastFailure(), ErrorCode::TooLarge, 10'000);
}

void TestHostileClients::brokenFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("unmasked") << QByteArray("\x81\x05hello", 7);
    QTest::newRow("reserved bits") << QByteArray("\xf1\x80\0\0\0\0", 6);
    QTest::newRow("unknown opcode") << RawTls::frame(3, "x");
    QTest::newRow("not UTF-8") << RawTls::frame(1, "\xff\xfe");
    QTest::newRow("continuation of nothing") << RawTls::frame(0, "x");
    QTest::newRow("large ping") << RawTls::frame(9, QByteArray(200, 'x'));
    QTest::newRow("2^62 octets") << QByteArray("\x81\xff\x40\0\0\0\0\0\0\0\0\0\0\0", 14);
    QTest::newRow("zeros") << QByteArray(1000, '\0');
}

void TestHostileClients::brokenFrames()
{
    QFETCH(QByteArray, bytes);
    RawTls client(*m_server);
    QVERIFY(client.upgrade());
    client.socket().write(bytes);
    QVERIFY(client.waitClosed());
}

void TestHostileClients::tooManyDocuments()
{
    RawClient client(*m_server);
    QVERIFY(!client.signIn(QStringLiteral("Mallory")).isEmpty());
    sendMany(client, QStringLiteral("<a/>"), 1300);
    QVERIFY(client.waitClosed());
    QCOMPARE(client.lastFailure(), ErrorCode::TooLarge);
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
}

void TestHostileClients::documentFlood()
{
    RawClient client(*m_server);
    QVERIFY(!client.signIn(QStringLiteral("Mallory")).isEmpty());
    QVERIFY(client.join(m_meeting));
    QVERIFY(m_ada->waitParticipants(2));
    sendMany(client, QStringLiteral("<a/>"), 10'000);
    QVERIFY(client.waitClosed());
    QVERIFY(m_ada->waitParticipants(1));
}

void TestHostileClients::pingFlood()
{
    RawTls client(*m_server);
    QVERIFY(client.upgrade());
    QVERIFY(client.signInAndJoin(m_meeting));
    const QByteArray pings = RawTls::frame(9, {}).repeated(20'000);
    QElapsedTimer elapsed;
    elapsed.start();
    while (client.socket().state() == QAbstractSocket::ConnectedState && elapsed.elapsed() < 20'000) {
        if (client.socket().bytesToWrite() + client.socket().encryptedBytesToWrite() < pings.size())
            client.socket().write(pings);
        client.socket().readAll();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    QCOMPARE(client.socket().state(), QAbstractSocket::UnconnectedState);
    QVERIFY(m_ada->waitParticipants(1));
}

void TestHostileClients::doesNotRead()
{
    RawTls stuck(*m_server);
    QVERIFY(stuck.upgrade());
    QVERIFY(stuck.signInAndJoin(m_meeting));
    QVERIFY(m_ada->waitParticipants(2));
    stuck.socket().setReadBufferSize(1);
    const auto* roster = std::get_if<ConferenceInfo>(&m_ada->received().last());
    QVERIFY(roster && roster->users.size() == 1);
    const CallDocument filler{.from = {},
        .to = roster->users[0].entity,
        .callId = QStringLiteral("c"),
        .body = CallAnswer{.sdp = "v=0\n" + QByteArray("a=x\n").repeated(3990)}};
    QTest::ignoreMessage(QtInfoMsg, "A client does not read");
    sendMany(*m_ada, QString::fromUtf8(serialize(filler)), 950);
    QVERIFY(m_ada->waitParticipants(1));
    QCOMPARE(m_ada->socket().state(), QAbstractSocket::ConnectedState);
}

void TestHostileClients::fallsSilent()
{
    QTest::ignoreMessage(QtInfoMsg, "A client fell silent");
    RawTls client(*m_server);
    QVERIFY(client.upgrade());
    QVERIFY(client.signInAndJoin(m_meeting)); // from here on it reads, and answers no ping
    QVERIFY(m_ada->waitParticipants(2));
    QVERIFY(m_ada->waitParticipants(1));
    QVERIFY(client.waitClosed());
}

void TestHostileClients::abortsConnection()
{
    auto client = std::make_unique<RawClient>(*m_server);
    QVERIFY(!client->signIn(QStringLiteral("Mallory")).isEmpty());
    QVERIFY(client->join(m_meeting));
    QVERIFY(m_ada->waitParticipants(2));
    client->socket().abort();
    QVERIFY(m_ada->waitParticipants(1));
}

void TestHostileClients::manyStrangers()
{
    std::vector<std::unique_ptr<RawClient>> strangers;
    for (std::size_t i = 0; i < shortLimits().strangers; ++i) {
        strangers.push_back(std::make_unique<RawClient>(*m_server));
        QVERIFY(strangers.back()->waitConnected());
    }
    RawClient honest(*m_server); // the oldest stranger makes room
    QVERIFY(!honest.signIn(QStringLiteral("Bob")).isEmpty());
    QVERIFY(strangers.front()->waitClosed());
    QCOMPARE(strangers.back()->socket().state(), QAbstractSocket::ConnectedState);
}

QTEST_GUILESS_MAIN(TestHostileClients)
#include "tst_hostile_clients.moc"
