#include "test_peer.h"

#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sightline;
using namespace std::chrono_literals;
using State = MediaTransport::State;

namespace {

struct Pair {
    TestPeer offerer;
    TestPeer answerer;

    explicit Pair(MediaTransport::Config config = loopbackConfig())
        : offerer(asOfferer(config))
        , answerer(config)
    {
    }

    bool connect()
    {
        connectPeers(offerer, answerer);
        return offerer.waitForState(State::Connected) && answerer.waitForState(State::Connected);
    }

    static MediaTransport::Config asOfferer(MediaTransport::Config config)
    {
        config.controlling = true;
        return config;
    }
};

bool carries(TestPeer& from, TestPeer& to, std::size_t count, unsigned int seed)
{
    const std::size_t before = to.received().size();
    const Bytes data = pseudoRandomBytes(count, seed);
    to.startReceiving();
    from.startSending(data);
    if (!to.waitForReceived(before + count))
        return false;
    const Bytes all = to.received();
    return std::equal(data.begin(), data.end(), all.begin() + static_cast<std::ptrdiff_t>(before), all.end());
}

/// Throws random datagrams of all kinds at a UDP port of this machine.
void throwGarbage(const QString& address, int count)
{
    const auto port = address.section(QLatin1Char(':'), -1).toUShort();
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_port = htons(port);
    target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    const Bytes noise = pseudoRandomBytes(1500, 7);
    for (int i = 0; i < count; ++i) {
        Bytes datagram(noise.begin(), noise.begin() + (i * 37) % 1400);
        if (!datagram.empty())
            datagram[0] = static_cast<std::uint8_t>(i); // every class of RFC 7983 in turn
        ::sendto(fd, datagram.data(), datagram.size(), 0, reinterpret_cast<const sockaddr*>(&target),
            sizeof target);
    }
    ::close(fd);
}

} // namespace

class TestMediaTransport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void carriesBothWays_data();
    void carriesBothWays();
    void candidatesMayComeEarlyAndLate();
    void usesAllAddressesOfTheMachine();
    void closeIsGoneAfterAllData_data();
    void closeIsGoneAfterAllData();
    void destructionIsGoneToo();
    void destroyedByItsOwnHandler();
    void idleSessionLives();
    void garbageDoesNotHarm();
    void wrongFingerprintFails();
    void bothClientsFail();
    void noCandidatesTimeOut();
    void badDescriptionsAreRefused_data();
    void badDescriptionsAreRefused();
    void badCandidatesAreRefused();
    void badLocalAddressIsRefused();
};

void TestMediaTransport::carriesBothWays_data()
{
    QTest::addColumn<bool>("udp");
    QTest::addColumn<bool>("tcp");
    QTest::newRow("UDP") << true << false;
    QTest::newRow("TCP") << false << true;
    QTest::newRow("both") << true << true;
}

void TestMediaTransport::carriesBothWays()
{
    QFETCH(bool, udp);
    QFETCH(bool, tcp);
    auto config = loopbackConfig();
    config.udp = udp;
    config.tcp = tcp;
    Pair pair(config);
    QVERIFY(pair.offerer.transport().securityCode().isEmpty());
    QVERIFY2(pair.connect(), qPrintable(pair.offerer.failureText() + pair.answerer.failureText()));
    QVERIFY(!pair.offerer.transport().securityCode().isEmpty());
    QCOMPARE(pair.offerer.transport().securityCode(), pair.answerer.transport().securityCode());

    const Bytes there = pseudoRandomBytes(6'000'000, 1);
    const Bytes back = pseudoRandomBytes(5'000'000, 2);
    pair.offerer.startReceiving();
    pair.answerer.startReceiving();
    pair.offerer.startSending(there);
    pair.answerer.startSending(back);
    QVERIFY(pair.answerer.waitForReceived(there.size()));
    QVERIFY(pair.offerer.waitForReceived(back.size()));
    QVERIFY(pair.answerer.received() == there);
    QVERIFY(pair.offerer.received() == back);

    using Path = TransportPath;
    for (TestPeer* peer : {&pair.offerer, &pair.answerer}) {
        const TransportStatistics statistics = peer->transport().statistics();
        QCOMPARE(statistics.path.kind, Path::Kind::Direct);
        // UDP is better when both work.
        QCOMPARE(statistics.path.protocol, udp ? Path::Protocol::Udp : Path::Protocol::Tcp);
        QVERIFY(statistics.path.local.startsWith(QStringLiteral("127.0.0.1:")));
        QVERIFY(statistics.path.remote.startsWith(QStringLiteral("127.0.0.1:")));
        QVERIFY(statistics.roundTrip > Duration::zero());
        QVERIFY(statistics.deliveryRate > 0);
        QVERIFY(statistics.bytesReceived > back.size());
        QVERIFY(statistics.bytesSent > back.size());
        QCOMPARE(statistics.packetsRejected, 0u);
    }
}

void TestMediaTransport::candidatesMayComeEarlyAndLate()
{
    Pair pair;
    MediaTransport& offerer = pair.offerer.transport();
    MediaTransport& answerer = pair.answerer.transport();
    for (const QByteArray& candidate : pair.offerer.waitForCandidates())
        QVERIFY(answerer.addRemoteCandidate(candidate));
    QVERIFY(answerer.setRemoteDescription(offerer.localDescription()));
    QVERIFY(offerer.setRemoteDescription(answerer.localDescription()));
    QCOMPARE(
        offerer.setRemoteDescription(answerer.localDescription()).error().code(), ErrorCode::InvalidArgument);
    QVERIFY(pair.offerer.waitForState(State::Connecting));
    const auto late = pair.answerer.waitForCandidates();
    QVERIFY(!late.empty());
    for (const QByteArray& candidate : late)
        QVERIFY(offerer.addRemoteCandidate(candidate));
    QVERIFY(pair.offerer.waitForState(State::Connected));
    QVERIFY(pair.answerer.waitForState(State::Connected));
    QVERIFY(carries(pair.offerer, pair.answerer, 10'000, 3));
}

void TestMediaTransport::usesAllAddressesOfTheMachine()
{
    // Whatever this machine has: with no interface but loopback, that one.
    MediaTransport::Config config;
    Pair pair(config);
    QVERIFY(!pair.offerer.waitForCandidates().empty());
    QVERIFY2(pair.connect(), qPrintable(pair.offerer.failureText()));
    QVERIFY(carries(pair.answerer, pair.offerer, 10'000, 4));
}

void TestMediaTransport::closeIsGoneAfterAllData_data()
{
    QTest::addColumn<bool>("udp");
    QTest::newRow("UDP") << true;
    QTest::newRow("TCP") << false;
}

void TestMediaTransport::closeIsGoneAfterAllData()
{
    QFETCH(bool, udp);
    auto config = loopbackConfig();
    config.udp = udp;
    Pair pair(config);
    QVERIFY(pair.connect());
    const Bytes data = pseudoRandomBytes(60'000, 5);
    bool toldClosed = false;
    pair.answerer.loop().call(
        [&] { pair.answerer.transport().stream().onClosed = [&] { toldClosed = true; }; });
    pair.answerer.startReceiving();
    pair.offerer.loop().call([&] { QCOMPARE(pair.offerer.transport().stream().write(data), data.size()); });
    pair.offerer.transport().close();
    pair.offerer.transport().close();
    QVERIFY(pair.offerer.waitForState(State::Closed));
    QVERIFY(pair.answerer.waitForState(State::Failed));
    QCOMPARE(pair.answerer.failure(), ErrorCode::Gone);
    QVERIFY(pair.answerer.received() == data);
    pair.answerer.loop().call([&] {
        QVERIFY(toldClosed);
        QCOMPARE(pair.answerer.transport().stream().error()->code(), ErrorCode::Gone);
        QCOMPARE(pair.answerer.transport().stream().write(data), std::size_t(0));
    });
    pair.offerer.loop().call(
        [&] { QCOMPARE(pair.offerer.transport().stream().error()->code(), ErrorCode::Cancelled); });
    QCOMPARE(pair.offerer.transport().state(), State::Closed);
}

void TestMediaTransport::destructionIsGoneToo()
{
    Pair pair;
    QVERIFY(pair.connect());
    pair.answerer.destroyTransport();
    QVERIFY(pair.offerer.waitForState(State::Failed));
    QCOMPARE(pair.offerer.failure(), ErrorCode::Gone);
}

void TestMediaTransport::destroyedByItsOwnHandler()
{
    Pair pair;
    QVERIFY(pair.connect());
    pair.offerer.destroyOnStateChange();
    pair.answerer.transport().close();
    QVERIFY(pair.offerer.waitForState(State::Failed));
    pair.offerer.loop().call([&] { QVERIFY(!pair.offerer.hasTransport()); });
}

void TestMediaTransport::idleSessionLives()
{
    auto config = loopbackConfig();
    config.silenceTimeout = 400ms;
    Pair pair(config);
    QVERIFY(pair.connect());
    // Several times the silence that would be taken for death.
    QVERIFY(!pair.offerer.waitForState(State::Failed, 1500ms));
    QCOMPARE(pair.offerer.transport().state(), State::Connected);
    QVERIFY(carries(pair.offerer, pair.answerer, 10'000, 6));
}

void TestMediaTransport::garbageDoesNotHarm()
{
    Pair pair;
    QVERIFY(pair.connect());
    const QString target = pair.answerer.transport().statistics().path.local;
    pair.answerer.startReceiving();
    const Bytes data = pseudoRandomBytes(2'000'000, 8);
    throwGarbage(target, 300);
    pair.offerer.startSending(data);
    throwGarbage(target, 300);
    QVERIFY(pair.answerer.waitForReceived(data.size()));
    QVERIFY(pair.answerer.received() == data);
    QCOMPARE(pair.answerer.transport().state(), State::Connected);
}

void TestMediaTransport::wrongFingerprintFails()
{
    Pair pair;
    TransportDescription forged = pair.answerer.transport().localDescription();
    forged.fingerprint = pair.offerer.transport().localDescription().fingerprint;
    connectPeers(pair.offerer, pair.answerer, forged);
    QVERIFY(pair.offerer.waitForState(State::Failed));
    QVERIFY(pair.answerer.waitForState(State::Failed));
    QCOMPARE(pair.offerer.failure(), ErrorCode::FingerprintMismatch);
    QCOMPARE(pair.answerer.failure(), ErrorCode::FingerprintMismatch);
    QVERIFY(pair.offerer.transport().securityCode() != pair.answerer.transport().securityCode());
}

void TestMediaTransport::bothClientsFail()
{
    Pair pair;
    TransportDescription confused = pair.answerer.transport().localDescription();
    confused.setup = DtlsSetup::Passive;
    connectPeers(pair.offerer, pair.answerer, confused);
    QVERIFY(pair.offerer.waitForState(State::Failed));
    QCOMPARE(pair.offerer.failure(), ErrorCode::DtlsFailed);
}

void TestMediaTransport::noCandidatesTimeOut()
{
    auto config = loopbackConfig();
    config.connectTimeout = 200ms;
    Pair pair(config);
    QVERIFY(pair.offerer.transport().setRemoteDescription(pair.answerer.transport().localDescription()));
    QVERIFY(pair.offerer.waitForState(State::Failed));
    QCOMPARE(pair.offerer.failure(), ErrorCode::IceFailed);
}

void TestMediaTransport::badDescriptionsAreRefused_data()
{
    QTest::addColumn<TransportDescription>("description");
    const TransportDescription good{
        "abcd", QByteArray(22, 'x'), QByteArray(32, '\1').toHex(':'), DtlsSetup::Active};
    const auto row = [&](const char* name, auto change) {
        TransportDescription bad = good;
        change(bad);
        QTest::newRow(name) << bad;
    };
    row("no ufrag", [](auto& d) { d.iceUfrag.clear(); });
    row("long ufrag", [](auto& d) { d.iceUfrag = QByteArray(257, 'x'); });
    row("ufrag of other characters", [](auto& d) { d.iceUfrag = "ab:cd"; });
    row("short password", [](auto& d) { d.icePwd = QByteArray(21, 'x'); });
    row("password with a NUL", [](auto& d) { d.icePwd[3] = '\0'; });
    row("no fingerprint", [](auto& d) { d.fingerprint.clear(); });
    row("an answer that does not choose", [](auto& d) { d.setup = DtlsSetup::ActPass; });
}

void TestMediaTransport::badDescriptionsAreRefused()
{
    QFETCH(TransportDescription, description);
    TestPeer peer(Pair::asOfferer(loopbackConfig()));
    const auto result = peer.transport().setRemoteDescription(description);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::ParseFailed);
    QCOMPARE(peer.transport().state(), State::New);
}

void TestMediaTransport::badCandidatesAreRefused()
{
    TestPeer peer(loopbackConfig());
    QCOMPARE(peer.transport().addRemoteCandidate("candidate:x").error().code(), ErrorCode::ParseFailed);
    for (int i = 1; i <= 100; ++i) {
        const QByteArray port = QByteArray::number(i);
        QVERIFY(peer.transport().addRemoteCandidate("candidate:1 1 UDP 1 192.0.2.1 " + port + " typ host"));
    }
    QCOMPARE(peer.transport().addRemoteCandidate("candidate:1 1 UDP 1 192.0.2.1 5 typ host").error().code(),
        ErrorCode::TooLarge);
}

void TestMediaTransport::badLocalAddressIsRefused()
{
    EventLoop loop;
    MediaTransport::Config config;
    config.localAddresses = {QStringLiteral("nonsense")};
    const auto transport = MediaTransport::create(loop, config, {});
    QVERIFY(!transport);
    QCOMPARE(transport.error().code(), ErrorCode::IceFailed);
}

QTEST_GUILESS_MAIN(TestMediaTransport)
#include "tst_media_transport.moc"
