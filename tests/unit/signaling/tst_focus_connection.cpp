#include "core/signaling/focus_connection.h"
#include "tests/unit/signaling/test_focus.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QSslServer>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

/// What one test sees of a connection.
struct Watched {
    FocusConnection connection;
    QSignalSpy opened{&connection, &FocusConnection::opened};
    QSignalSpy documents{&connection, &FocusConnection::documentReceived};
    QSignalSpy failed{&connection, &FocusConnection::failed};

    QByteArray failure() const
    {
        if (failed.isEmpty())
            return {};
        // Error has no default constructor, so QVariant::value() cannot be used.
        return stableCode(static_cast<const Error*>(failed.front().front().constData())->code());
    }
};

QUrl urlOf(const QTcpServer& server)
{
    return QUrl(QStringLiteral("wss://127.0.0.1:%1/signaling").arg(server.serverPort()));
}

/// Trusts one certificate as the system trusts its authorities, for the time of a test.
class SystemTrust {
public:
    explicit SystemTrust(const TestCertificate& certificate)
    {
        QSslConfiguration configuration = m_before;
        configuration.setCaCertificates({certificate.certificate});
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    ~SystemTrust() { QSslConfiguration::setDefaultConfiguration(m_before); }

private:
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

} // namespace

class TestFocusConnection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsPinnedCertificate();
    void refusesAnotherCertificate();
    void refusesTrustedButNotPinned();
    void refusesUntrusted();
    void acceptsTrusted();
    void refusesTrustedOfAnotherHost();
    void reportsUnreachable();
    void reportsSilentServer();
    void reportsServerWithoutTls();
    void reportsServerWithoutWebSocket();
    void reportsClosedConnection();
    void reportsDeadServer();
    void staysWhileServerAnswersPings();
    void refusesOversizedMessage();
    void saysNothingAfterClose();
    void opensAgain();
};

void TestFocusConnection::acceptsPinnedCertificate()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = focus.certificate().fingerprint()});
    QVERIFY(client.opened.wait());
    QTRY_VERIFY(focus.socket());
    focus.sendText("hello \xe2\x82\xac");
    QVERIFY(client.documents.wait());
    QCOMPARE(client.documents.front().front().toByteArray(), QByteArray("hello \xe2\x82\xac"));
    QVERIFY(client.failed.isEmpty());
}

void TestFocusConnection::refusesAnotherCertificate()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = TestCertificate::make().fingerprint()});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "certificate-mismatch");
    QVERIFY(client.opened.isEmpty());
    QVERIFY(!focus.socket());
}

void TestFocusConnection::refusesTrustedButNotPinned()
{
    TestFocus focus;
    const SystemTrust trust(focus.certificate());
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = QByteArray(32, 'x')});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "certificate-mismatch");
    QVERIFY(client.opened.isEmpty());
}

void TestFocusConnection::refusesUntrusted()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = {}});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "tls-failed");
    QVERIFY(client.opened.isEmpty());
}

void TestFocusConnection::acceptsTrusted()
{
    TestFocus focus;
    const SystemTrust trust(focus.certificate());
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = {}});
    QVERIFY(client.opened.wait());
}

void TestFocusConnection::refusesTrustedOfAnotherHost()
{
    TestFocus focus(TestCertificate::make("DNS:example.org"));
    const SystemTrust trust(focus.certificate());
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = {}});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "tls-failed");
}

void TestFocusConnection::reportsUnreachable()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QUrl url = urlOf(server);
    server.close();
    Watched client;
    client.connection.open({.url = url, .pinnedFingerprint = {}});
    QVERIFY(client.failed.isEmpty());
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "connect-failed");
}

void TestFocusConnection::reportsSilentServer()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Watched client;
    client.connection.open({.url = urlOf(server), .pinnedFingerprint = {}, .connectTimeout = 50ms});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "connect-failed");
}

void TestFocusConnection::reportsServerWithoutTls()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this,
        [&server] { server.nextPendingConnection()->write("SSH-2.0-something else\r\n"); });
    Watched client;
    client.connection.open({.url = urlOf(server), .pinnedFingerprint = {}});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "tls-failed");
}

void TestFocusConnection::reportsServerWithoutWebSocket()
{
    const TestCertificate certificate = TestCertificate::make();
    QSslServer server;
    server.setSslConfiguration(certificate.serverConfiguration());
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&server] {
        QTcpSocket* const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket,
            [socket] { socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"); });
    });
    Watched client;
    client.connection.open({.url = urlOf(server), .pinnedFingerprint = certificate.fingerprint()});
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "connect-failed");
}

void TestFocusConnection::reportsClosedConnection()
{
    TestFocus focus;
    for (const bool isClean : {true, false}) {
        Watched client;
        client.connection.open({.url = focus.url(), .pinnedFingerprint = focus.certificate().fingerprint()});
        QVERIFY(client.opened.wait());
        QTRY_VERIFY(focus.socket() && focus.socket()->isValid());
        if (isClean)
            focus.socket()->close();
        else
            focus.socket()->abort();
        QVERIFY(client.failed.wait());
        QCOMPARE(client.failure(), "connection-lost");
        QCOMPARE(client.failed.count(), 1);
    }
}

void TestFocusConnection::reportsDeadServer()
{
    // Greets, and never says anything again, not even a pong.
    const TestCertificate certificate = TestCertificate::make();
    QSslServer server;
    server.setSslConfiguration(certificate.serverConfiguration());
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&server] {
        QTcpSocket* const socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            const QByteArray request = socket->readAll();
            const qsizetype start = request.toLower().indexOf("sec-websocket-key:");
            if (start < 0)
                return;
            const QByteArray key
                = request.sliced(start + 18, request.indexOf('\r', start) - start - 18).trimmed();
            const QByteArray accept = QCryptographicHash::hash(
                key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                                          .toBase64();
            socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: "
                + accept + "\r\n\r\n");
        });
    });
    Watched client;
    client.connection.open({.url = urlOf(server),
        .pinnedFingerprint = certificate.fingerprint(),
        .pingInterval = 20ms,
        .silenceTimeout = 200ms});
    QVERIFY(client.opened.wait());
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "connection-lost");
}

void TestFocusConnection::staysWhileServerAnswersPings()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(),
        .pinnedFingerprint = focus.certificate().fingerprint(),
        .pingInterval = 10ms,
        .silenceTimeout = 1500ms});
    QVERIFY(client.opened.wait());
    // Longer than the silence that would end it; nothing but pongs comes.
    QVERIFY(!client.failed.wait(2000));
}

void TestFocusConnection::refusesOversizedMessage()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = focus.certificate().fingerprint()});
    QVERIFY(client.opened.wait());
    QTRY_VERIFY(focus.socket());
    focus.sendText(QByteArray(1024 * 1024 + 1, 'x'));
    QVERIFY(client.failed.wait());
    QCOMPARE(client.failure(), "connection-lost");
    QVERIFY(client.documents.isEmpty());
}

void TestFocusConnection::saysNothingAfterClose()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = focus.certificate().fingerprint()});
    QVERIFY(client.opened.wait());
    QTRY_VERIFY(focus.socket());
    QSignalSpy gone(&focus, &TestFocus::clientGone);
    focus.sendText("too late");
    client.connection.close();
    client.connection.send("dropped");
    QVERIFY(gone.wait());
    QVERIFY(client.documents.isEmpty());
    QVERIFY(client.failed.isEmpty());
    // Also when it fails and is closed before that was said.
    client.connection.open({.url = QUrl(QStringLiteral("wss://127.0.0.1:1/")), .pinnedFingerprint = {}});
    client.connection.close();
    QCoreApplication::processEvents();
    QVERIFY(client.failed.isEmpty());
}

void TestFocusConnection::opensAgain()
{
    TestFocus focus;
    Watched client;
    client.connection.open({.url = focus.url(), .pinnedFingerprint = QByteArray(32, 'x')});
    QVERIFY(client.failed.wait());
    const FocusConnection::Options options{
        .url = focus.url(), .pinnedFingerprint = focus.certificate().fingerprint()};
    client.connection.open(options);
    QVERIFY(client.opened.wait());
    client.connection.open(options); // in place of the first
    QVERIFY(client.opened.wait());
    QCOMPARE(client.failed.count(), 1);
}

QTEST_GUILESS_MAIN(TestFocusConnection)
#include "tst_focus_connection.moc"
