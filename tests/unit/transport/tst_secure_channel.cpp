#include "core/transport/secure_channel.h"

#include <QTest>

using namespace sightline;
using Kind = SecureChannel::Kind;
using Role = DtlsSession::Role;
using State = SecureChannel::State;

namespace {

struct Pair {
    std::unique_ptr<DtlsIdentity> clientIdentity = *DtlsIdentity::create();
    std::unique_ptr<DtlsIdentity> serverIdentity = *DtlsIdentity::create();
    SecureChannel client;
    SecureChannel server;
    TimePoint now = Clock::now();

    void startClient() { client.start(*clientIdentity, Role::Client, serverIdentity->fingerprint()); }
    void startServer() { server.start(*serverIdentity, Role::Server, clientIdentity->fingerprint()); }

    bool carry(SecureChannel& from, SecureChannel& to) const
    {
        bool hasMoved = false;
        while (const auto datagram = from.takeDatagram()) {
            to.onDatagram(*datagram, now);
            hasMoved = true;
        }
        return hasMoved;
    }

    void exchange()
    {
        bool isMoving = true;
        while (isMoving) {
            isMoving = carry(client, server);
            isMoving = carry(server, client) || isMoving;
        }
    }

    void establish()
    {
        startClient();
        startServer();
        exchange();
    }
};

Bytes rtpPacket()
{
    Bytes packet{0x80, 127, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9};
    packet.resize(100, 0x42);
    return packet;
}

Bytes rtcpPacket()
{
    return {0x80, 204, 0, 2, 0, 0, 0, 9, 'T', 'E', 'S', 'T'};
}

Bytes copyOf(std::optional<ByteView> view)
{
    return view ? Bytes(view->begin(), view->end()) : Bytes();
}

} // namespace

class TestSecureChannel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsMediaApart();
    void answersWhatCameEarly();
    void earlyFloodIsBounded();
    void nothingPassesBeforeTheHandshake();
    void strangersAreCounted();
    void mismatchFails();
    void closeIsSeen();
};

void TestSecureChannel::tellsMediaApart()
{
    Pair pair;
    QVERIFY(!pair.client.protect(rtpPacket(), Kind::Rtp));
    pair.establish();
    QCOMPARE(pair.client.state(), State::Established);
    QCOMPARE(pair.server.state(), State::Established);
    const auto rtp = pair.server.onDatagram(copyOf(pair.client.protect(rtpPacket(), Kind::Rtp)), pair.now);
    QVERIFY(rtp);
    QCOMPARE(rtp->kind, Kind::Rtp);
    QVERIFY(copyOf(rtp->packet) == rtpPacket());
    const auto rtcp = pair.client.onDatagram(copyOf(pair.server.protect(rtcpPacket(), Kind::Rtcp)), pair.now);
    QVERIFY(rtcp);
    QCOMPARE(rtcp->kind, Kind::Rtcp);
    QVERIFY(copyOf(rtcp->packet) == rtcpPacket());
}

void TestSecureChannel::answersWhatCameEarly()
{
    Pair pair;
    pair.startClient();
    QVERIFY(pair.carry(pair.client, pair.server));
    QVERIFY(!pair.server.takeDatagram());
    pair.startServer(); // and the hello needs no repeat
    pair.exchange();
    QCOMPARE(pair.server.state(), State::Established);
}

void TestSecureChannel::earlyFloodIsBounded()
{
    Pair pair;
    for (int i = 0; i < 10'000; ++i)
        pair.server.onDatagram(Bytes(1000, 22), pair.now);
    pair.establish();
    QCOMPARE(pair.server.state(), State::Established);
}

void TestSecureChannel::nothingPassesBeforeTheHandshake()
{
    Pair pair;
    pair.startServer();
    QVERIFY(!pair.server.onDatagram(rtpPacket(), pair.now));
    QVERIFY(!pair.server.onDatagram(rtcpPacket(), pair.now));
    QVERIFY(!pair.server.protect(rtpPacket(), Kind::Rtp));
}

void TestSecureChannel::strangersAreCounted()
{
    Pair pair;
    pair.establish();
    std::uint64_t media = 0;
    for (unsigned int first = 0; first < 256; ++first) {
        for (const std::size_t size : {0, 1, 2, 12, 100, 1500}) {
            Bytes datagram(size, 0x55);
            if (size > 0)
                datagram[0] = static_cast<std::uint8_t>(first);
            QVERIFY(!pair.server.onDatagram(datagram, pair.now));
            media += size > 2 && first >= 128 && first <= 191;
        }
    }
    QVERIFY(pair.server.rejectedPackets() > media);
    QCOMPARE(pair.server.state(), State::Established);
    QVERIFY(pair.server.onDatagram(copyOf(pair.client.protect(rtpPacket(), Kind::Rtp)), pair.now));
}

void TestSecureChannel::mismatchFails()
{
    Pair pair;
    pair.startServer();
    pair.client.start(*pair.clientIdentity, Role::Client, pair.clientIdentity->fingerprint());
    pair.exchange();
    QCOMPARE(pair.client.state(), State::Failed);
    QCOMPARE(pair.client.error()->code(), ErrorCode::FingerprintMismatch);
    QCOMPARE(pair.server.state(), State::Failed);
}

void TestSecureChannel::closeIsSeen()
{
    Pair pair;
    pair.establish();
    pair.client.close();
    pair.exchange();
    QCOMPARE(pair.server.state(), State::Closed);
    // What is still under way is understood.
    QVERIFY(pair.server.onDatagram(copyOf(pair.client.protect(rtpPacket(), Kind::Rtp)), pair.now));
}

QTEST_GUILESS_MAIN(TestSecureChannel)
#include "tst_secure_channel.moc"
