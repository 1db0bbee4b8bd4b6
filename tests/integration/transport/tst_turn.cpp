#include "test_peer.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sightline;
using namespace std::chrono_literals;
using State = MediaTransport::State;

// Over a real relay: coturn, on a port of this machine. The Debian package is coturn; tests/run installs it.

namespace {

/// A port that nobody uses right now, for UDP and TCP.
std::uint16_t freePort()
{
    const int tcp = ::socket(AF_INET, SOCK_STREAM, 0);
    const int udp = ::socket(AF_INET, SOCK_DGRAM, 0);
    std::uint16_t port = 0;
    for (int attempt = 0; attempt < 100 && port == 0; ++attempt) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(tcp, generic, size) == 0 && ::getsockname(tcp, generic, &size) == 0
            && ::bind(udp, generic, size) == 0)
            port = ntohs(address.sin_port);
    }
    ::close(tcp);
    ::close(udp);
    return port;
}

class TurnServer {
public:
    TurnServer()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("turnserver"));
        m_port = freePort();
        const QString port = QString::number(m_port);
        QStringList arguments{QStringLiteral("-n"), QStringLiteral("-p"), port};
        for (const char* argument : {"-L", "127.0.0.1", "-E", "127.0.0.1", "-u", "user:secret", "-r", "test",
                 "--lt-cred-mech", "--allow-loopback-peers", "--no-tls", "--no-dtls", "--no-cli",
                 "--log-file=stdout", "--simple-log"})
            arguments.append(QString::fromLatin1(argument));
        arguments.append(QStringLiteral("--pidfile=") + m_directory.filePath(QStringLiteral("pid")));
        arguments.append(QStringLiteral("--userdb=") + m_directory.filePath(QStringLiteral("db")));
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setWorkingDirectory(m_directory.path());
        m_process.start(program, arguments);
    }
    ~TurnServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    TurnServer(const TurnServer&) = delete;
    TurnServer& operator=(const TurnServer&) = delete;

    static bool isInstalled()
    {
        return !QStandardPaths::findExecutable(QStringLiteral("turnserver")).isEmpty();
    }

    /// It listens once a TCP connection to it succeeds.
    bool waitUntilReady()
    {
        const TimePoint giveUp = Clock::now() + 10s;
        while (Clock::now() < giveUp && m_process.state() != QProcess::NotRunning) {
            const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(m_port);
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            const bool isUp = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
            ::close(fd);
            if (isUp)
                return true;
            m_process.waitForReadyRead(50); // its log
        }
        return false;
    }

    QByteArray log() { return m_process.readAll(); }

    IceServer asIceServer(bool overTcp) const
    {
        return {.host = QStringLiteral("127.0.0.1"),
            .port = m_port,
            .user = QStringLiteral("user"),
            .password = QStringLiteral("secret"),
            .turnOverTcp = overTcp};
    }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    std::uint16_t m_port = 0;
};

} // namespace

class TestTurn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesOverARelay_data();
    void carriesOverARelay();
    void wrongPasswordFindsNoWay();
};

void TestTurn::carriesOverARelay_data()
{
    QTest::addColumn<bool>("overTcp");
    QTest::newRow("UDP to the relay") << false;
    QTest::newRow("TCP to the relay") << true;
}

void TestTurn::carriesOverARelay()
{
    QFETCH(bool, overTcp);
    if (!TurnServer::isInstalled())
        QSKIP("turnserver is not installed (package coturn)");
    TurnServer server;
    QVERIFY2(server.waitUntilReady(), server.log().constData());

    auto config = loopbackConfig();
    config.relayOnly = true;
    config.servers = {server.asIceServer(overTcp)};
    TestPeer answerer(config);
    config.controlling = true;
    TestPeer offerer(config);
    for (const QByteArray& candidate : offerer.waitForCandidates())
        QVERIFY2(candidate.contains("typ relay"), candidate.constData());
    connectPeers(offerer, answerer);
    QVERIFY2(offerer.waitForState(State::Connected), qPrintable(offerer.failureText()));
    QVERIFY2(answerer.waitForState(State::Connected), qPrintable(answerer.failureText()));

    const Bytes there = pseudoRandomBytes(3'000'000, 1);
    const Bytes back = pseudoRandomBytes(1'000'000, 2);
    offerer.startReceiving();
    answerer.startReceiving();
    offerer.startSending(there);
    answerer.startSending(back);
    QVERIFY(answerer.waitForReceived(there.size()));
    QVERIFY(offerer.waitForReceived(back.size()));
    QVERIFY(answerer.received() == there);
    QVERIFY(offerer.received() == back);
    for (TestPeer* peer : {&offerer, &answerer}) {
        const TransportPath path = peer->transport().statistics().path;
        QCOMPARE(path.kind, TransportPath::Kind::Relay);
        QCOMPARE(path.protocol, overTcp ? TransportPath::Protocol::Tcp : TransportPath::Protocol::Udp);
    }
    offerer.transport().close();
    QVERIFY(answerer.waitForState(State::Failed));
    QCOMPARE(answerer.failure(), ErrorCode::Gone);
}

void TestTurn::wrongPasswordFindsNoWay()
{
    if (!TurnServer::isInstalled())
        QSKIP("turnserver is not installed (package coturn)");
    TurnServer server;
    QVERIFY2(server.waitUntilReady(), server.log().constData());
    auto config = loopbackConfig();
    config.relayOnly = true;
    config.servers = {server.asIceServer(false)};
    config.servers.front().password = QStringLiteral("wrong");
    config.connectTimeout = 2s;
    TestPeer answerer(config);
    config.controlling = true;
    TestPeer offerer(config);
    connectPeers(offerer, answerer);
    QVERIFY(offerer.waitForState(State::Failed));
    QCOMPARE(offerer.failure(), ErrorCode::IceFailed);
}

QTEST_GUILESS_MAIN(TestTurn)
#include "tst_turn.moc"
