#include "core/transport/srtp_session.h"

#include <QTest>

#include <algorithm>

using namespace sightline;
using Kind = SrtpSession::Kind;
using Profile = SrtpKeys::Profile;

namespace {

SrtpKeys keysOf(std::uint8_t local, std::uint8_t remote, Profile profile = Profile::AeadAes256Gcm)
{
    SrtpKeys keys;
    keys.profile = profile;
    keys.local.fill(local);
    keys.remote.fill(remote);
    return keys;
}

Bytes rtpPacket(std::uint16_t sequence, std::size_t payload = 100)
{
    Bytes packet{0x80, 127, static_cast<std::uint8_t>(sequence >> 8), static_cast<std::uint8_t>(sequence), 0,
        0, 0, 1, 0, 0, 0, 9};
    packet.resize(12 + payload, 0x42);
    return packet;
}

Bytes rtcpPacket()
{
    return {0x80, 201, 0, 1, 0, 0, 0, 9};
}

Bytes copyOf(std::optional<ByteView> view)
{
    return view ? Bytes(view->begin(), view->end()) : Bytes();
}

bool equal(std::optional<ByteView> view, const Bytes& bytes)
{
    return view && std::equal(view->begin(), view->end(), bytes.begin(), bytes.end());
}

} // namespace

class TestSrtp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roundTrip_data();
    void roundTrip();
    void everyBitIsAuthentic();
    void replaysAreDropped();
    void wrongKeyIsDropped();
    void reorderingInsideTheWindowIsFine();
    void sequenceNumbersWrap();
    void shortAndLongAreDropped();
    void theLibraryCanBeStartedAgain();

private:
    TimePoint m_now = Clock::now();
};

void TestSrtp::roundTrip_data()
{
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("256, RTP") << Profile::AeadAes256Gcm << Kind::Rtp;
    QTest::newRow("256, RTCP") << Profile::AeadAes256Gcm << Kind::Rtcp;
    QTest::newRow("128, RTP") << Profile::AeadAes128Gcm << Kind::Rtp;
    QTest::newRow("128, RTCP") << Profile::AeadAes128Gcm << Kind::Rtcp;
}

void TestSrtp::roundTrip()
{
    QFETCH(Profile, profile);
    QFETCH(Kind, kind);
    const auto one = *SrtpSession::create(keysOf(1, 2, profile));
    const auto two = *SrtpSession::create(keysOf(2, 1, profile));
    for (const auto& [from, to] : {std::pair(one.get(), two.get()), std::pair(two.get(), one.get())}) {
        const Bytes plain = kind == Kind::Rtp ? rtpPacket(7) : rtcpPacket();
        const Bytes secret = copyOf(from->protect(plain, kind));
        QVERIFY(secret.size() > plain.size());
        QVERIFY(secret.size() <= plain.size() + SrtpSession::kMaxOverhead);
        QVERIFY(equal(to->unprotect(secret, kind, m_now), plain));
        QCOMPARE(to->rejectedPackets(), 0u);
    }
}

void TestSrtp::everyBitIsAuthentic()
{
    const auto sender = *SrtpSession::create(keysOf(1, 2));
    const auto receiver = *SrtpSession::create(keysOf(2, 1));
    const Bytes secret = copyOf(sender->protect(rtpPacket(7, 20), Kind::Rtp));
    std::uint64_t rejected = 0;
    for (std::size_t i = 0; i < secret.size() * 8; ++i) {
        Bytes mangled = secret;
        mangled[i / 8] ^= static_cast<std::uint8_t>(1u << (i % 8));
        QVERIFY(!receiver->unprotect(mangled, Kind::Rtp, m_now));
        QCOMPARE(receiver->rejectedPackets(), ++rejected);
    }
    QVERIFY(receiver->unprotect(secret, Kind::Rtp, m_now));
}

void TestSrtp::replaysAreDropped()
{
    const auto sender = *SrtpSession::create(keysOf(1, 2));
    const auto receiver = *SrtpSession::create(keysOf(2, 1));
    const Bytes first = copyOf(sender->protect(rtpPacket(1), Kind::Rtp));
    const Bytes report = copyOf(sender->protect(rtcpPacket(), Kind::Rtcp));
    QVERIFY(receiver->unprotect(first, Kind::Rtp, m_now));
    QVERIFY(!receiver->unprotect(first, Kind::Rtp, m_now));
    QVERIFY(receiver->unprotect(report, Kind::Rtcp, m_now));
    QVERIFY(!receiver->unprotect(report, Kind::Rtcp, m_now));
    QCOMPARE(receiver->rejectedPackets(), 2u);
}

void TestSrtp::wrongKeyIsDropped()
{
    const auto sender = *SrtpSession::create(keysOf(1, 2));
    const auto receiver = *SrtpSession::create(keysOf(2, 3));
    QVERIFY(!receiver->unprotect(copyOf(sender->protect(rtpPacket(1), Kind::Rtp)), Kind::Rtp, m_now));
    QVERIFY(!receiver->unprotect(copyOf(sender->protect(rtcpPacket(), Kind::Rtcp)), Kind::Rtcp, m_now));
    // Nor does a sender understand itself.
    QVERIFY(!sender->unprotect(copyOf(sender->protect(rtpPacket(2), Kind::Rtp)), Kind::Rtp, m_now));
    QCOMPARE(receiver->rejectedPackets(), 2u);
}

void TestSrtp::reorderingInsideTheWindowIsFine()
{
    const auto sender = *SrtpSession::create(keysOf(1, 2));
    const auto receiver = *SrtpSession::create(keysOf(2, 1));
    const Bytes late = copyOf(sender->protect(rtpPacket(1), Kind::Rtp));
    const Bytes older = copyOf(sender->protect(rtpPacket(2), Kind::Rtp));
    QVERIFY(receiver->unprotect(older, Kind::Rtp, m_now));
    for (std::uint16_t i = 3; i < 8000; ++i)
        QVERIFY(receiver->unprotect(copyOf(sender->protect(rtpPacket(i), Kind::Rtp)), Kind::Rtp, m_now));
    QVERIFY(receiver->unprotect(late, Kind::Rtp, m_now));
    for (std::uint16_t i = 8000; i < 16000; ++i)
        QVERIFY(receiver->unprotect(copyOf(sender->protect(rtpPacket(i), Kind::Rtp)), Kind::Rtp, m_now));
    QVERIFY(!receiver->unprotect(late, Kind::Rtp, m_now));
}

void TestSrtp::sequenceNumbersWrap()
{
    const auto sender = *SrtpSession::create(keysOf(1, 2));
    const auto receiver = *SrtpSession::create(keysOf(2, 1));
    for (unsigned int i = 65500; i < 65536 * 2 + 10; ++i) {
        const Bytes plain = rtpPacket(static_cast<std::uint16_t>(i), 10);
        QVERIFY(
            equal(receiver->unprotect(copyOf(sender->protect(plain, Kind::Rtp)), Kind::Rtp, m_now), plain));
    }
}

void TestSrtp::shortAndLongAreDropped()
{
    const auto session = *SrtpSession::create(keysOf(1, 1));
    for (std::size_t size = 0; size < 28; ++size) {
        QVERIFY(!session->unprotect(Bytes(size, 0x80), Kind::Rtp, m_now));
        QVERIFY(!session->unprotect(Bytes(size, 0x80), Kind::Rtcp, m_now));
    }
    QVERIFY(!session->unprotect(Bytes(60000, 0x80), Kind::Rtp, m_now));
    QCOMPARE(session->rejectedPackets(), 57u);
    QVERIFY(!session->protect(Bytes(11, 0x80), Kind::Rtp));
    QVERIFY(!session->protect(Bytes(SrtpSession::kMaxPacketSize + 1, 0x80), Kind::Rtp));
}

void TestSrtp::theLibraryCanBeStartedAgain()
{
    for (int i = 0; i < 3; ++i) {
        const auto session = SrtpSession::create(keysOf(1, 1));
        QVERIFY(session);
        QVERIFY((*session)->protect(rtpPacket(1), Kind::Rtp));
    }
}

QTEST_GUILESS_MAIN(TestSrtp)
#include "tst_srtp.moc"
