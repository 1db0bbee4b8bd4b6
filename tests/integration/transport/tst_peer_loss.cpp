#include "test_peer.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <iostream>
#include <string>

using namespace sightline;
using namespace std::chrono_literals;
using State = MediaTransport::State;

// A peer that dies has to be another process. It is this program again, and both talk in lines over its
// standard input and output: "d" with a description, "c" with a candidate, "e" at their end.

namespace {

MediaTransport::Config impatientConfig(bool udp)
{
    auto config = loopbackConfig();
    config.udp = udp;
    config.silenceTimeout = 3s;
    return config;
}

QByteArray describe(const TransportDescription& description)
{
    return "d " + description.iceUfrag + ' ' + description.icePwd + ' ' + description.fingerprint;
}

void applyLine(MediaTransport& transport, const QByteArray& line, DtlsSetup setup)
{
    if (line.startsWith("d ")) {
        const QList<QByteArray> fields = line.split(' ');
        if (!transport.setRemoteDescription({fields.value(1), fields.value(2), fields.value(3), setup}))
            qFatal("bad description");
    } else if (line.startsWith("c ")) {
        if (!transport.addRemoteCandidate(line.mid(2)))
            qFatal("bad candidate");
    }
}

int runChild(bool udp)
{
    TestPeer peer(impatientConfig(udp));
    std::cout << describe(peer.transport().localDescription()).constData() << std::endl;
    for (const QByteArray& candidate : peer.waitForCandidates())
        std::cout << "c " << candidate.constData() << std::endl;
    std::cout << "e" << std::endl;
    peer.startReceiving();
    std::string line;
    while (std::getline(std::cin, line)) // until it is killed, or the parent ends
        applyLine(peer.transport(), QByteArray::fromStdString(line), DtlsSetup::ActPass);
    return 0;
}

/// The other process, stopped for good when this goes away.
class Child {
public:
    explicit Child(bool udp)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--child"), QString::fromLatin1(udp ? "udp" : "tcp")});
    }
    ~Child()
    {
        kill();
        m_process.waitForFinished();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    bool connectTo(TestPeer& peer)
    {
        tell(describe(peer.transport().localDescription()));
        for (const QByteArray& candidate : peer.waitForCandidates())
            tell("c " + candidate);
        QByteArray line;
        while (line != "e") {
            if (!m_process.canReadLine() && !m_process.waitForReadyRead(5000))
                return false;
            line = m_process.readLine().trimmed();
            applyLine(peer.transport(), line, DtlsSetup::Active);
        }
        return peer.waitForState(State::Connected);
    }

    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    void kill() { m_process.kill(); }

private:
    void tell(const QByteArray& line)
    {
        m_process.write(line + '\n');
        m_process.waitForBytesWritten();
    }

    QProcess m_process;
};

} // namespace

class TestPeerLoss : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killedPeerIsLost_data();
    void killedPeerIsLost();
    void stoppedPeerIsLost();
    void shortSilenceIsForgiven();
    void destructionDoesNotWaitForTheDead();
};

void TestPeerLoss::killedPeerIsLost_data()
{
    QTest::addColumn<bool>("udp");
    QTest::newRow("UDP") << true;
    QTest::newRow("TCP") << false;
}

void TestPeerLoss::killedPeerIsLost()
{
    QFETCH(bool, udp);
    auto config = impatientConfig(udp);
    config.controlling = true;
    TestPeer peer(config);
    Child child(udp);
    QVERIFY(child.connectTo(peer));
    peer.startSending(pseudoRandomBytes(200'000, 1));
    child.kill();
    QVERIFY(peer.waitForState(State::Failed));
    QCOMPARE(peer.failure(), ErrorCode::ConnectionLost);
}

void TestPeerLoss::stoppedPeerIsLost()
{
    auto config = impatientConfig(true);
    config.controlling = true;
    TestPeer peer(config);
    Child child(true);
    QVERIFY(child.connectTo(peer));
    child.signal(SIGSTOP); // as a cut cable: nothing comes, and nothing is refused
    QVERIFY(peer.waitForState(State::Failed));
    QCOMPARE(peer.failure(), ErrorCode::ConnectionLost);
}

void TestPeerLoss::shortSilenceIsForgiven()
{
    auto config = impatientConfig(true);
    config.controlling = true;
    TestPeer peer(config);
    Child child(true);
    QVERIFY(child.connectTo(peer));
    child.signal(SIGSTOP);
    QVERIFY(!peer.waitForState(State::Failed, 1s));
    child.signal(SIGCONT);
    QVERIFY(!peer.waitForState(State::Failed, 3500ms));
    QCOMPARE(peer.transport().state(), State::Connected);
}

void TestPeerLoss::destructionDoesNotWaitForTheDead()
{
    auto config = impatientConfig(true);
    config.controlling = true;
    TestPeer peer(config);
    Child child(true);
    QVERIFY(child.connectTo(peer));
    child.signal(SIGSTOP);
    const TimePoint start = Clock::now();
    peer.destroyTransport();
    QVERIFY(Clock::now() - start < 5s); // promised is less than one; a busy machine is no failure
}

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--child")
        return runChild(std::string_view(argv[2]) == "udp");
    QCoreApplication app(argc, argv);
    TestPeerLoss test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_peer_loss.moc"
