// An RtpStream against a peer that has the keys, but no manners.

#include "core/transport/rtcp_feedback.h"
#include "core/transport/rtp_packet.h"
#include "stream_pair.h"

#include <QTest>

#include <functional>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kPeer = 101;
constexpr std::uint16_t kFirst = 1000;

Bytes serialise(RtpPacket packet, ByteView data = {})
{
    Bytes octets(RtpPacket::kOverhead);
    packet.ssrc = kPeer;
    packet.writeHeaders(std::span(octets).first<RtpPacket::kOverhead>());
    octets.insert(octets.end(), data.begin(), data.end());
    return octets;
}

RtcpFeedback feedback(std::uint64_t begin, std::uint64_t end)
{
    RtcpFeedback result;
    result.ssrc = kPeer;
    result.receiveLimit = 1 << 20;
    result.ranges[0] = {begin, end};
    result.rangeCount = begin < end ? 1 : 0;
    return result;
}

/// A stream whose peer is played by the test.
class Victim {
public:
    Victim()
        : stream({.localSsrc = 100, .receiveBuffer = 128 * 1024, .firstSequenceNumber = kFirst}, now)
    {
    }

    bool receive(const Bytes& packet) { return stream.onPacket(packet, now); }
    bool receive(const RtcpFeedback& packet) { return receive(packet.serialise()); }
    /// How many data packets leave now.
    int flush()
    {
        int count = 0;
        while (const auto outgoing = stream.takePacket(now))
            count += outgoing->isRtcp ? 0 : 1;
        return count;
    }

    TimePoint now{1h};
    RtpStream stream;
};

} // namespace

class TestRtpStreamHostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void garbage();
    void acknowledgesWhatWasNotSent_data();
    void acknowledgesWhatWasNotSent();
    void shrinkingWindow();
    void enormousWindow();
    void impossibleAges();
    void acknowledgesEverySecondPacket();
    void floodOfFeedback();
    void otherSource();
    void offsetBeyondTheWindow();
    void differentOctets();
    void oneOctetEach();
    void numbersAllOver();
    void floodOfProbes();
    void corruptedOnTheWay();
};

void TestRtpStreamHostile::garbage()
{
    Victim victim;
    QVERIFY(!victim.receive(Bytes{}));
    QVERIFY(!victim.receive(Bytes(1)));
    QVERIFY(!victim.receive(Bytes(1500, 0xFF)));
    QVERIFY(!victim.receive(Bytes(1500, 0x80)));
    QCOMPARE(victim.stream.statistics().packetsMalformed, std::uint64_t{4});
    QCOMPARE(victim.stream.nextTimeout(), TimePoint::max());
}

void TestRtpStreamHostile::acknowledgesWhatWasNotSent_data()
{
    QTest::addColumn<RtcpFeedback>("packet");
    QTest::newRow("next number") << feedback(kFirst, kFirst + 11);
    QTest::newRow("far ahead") << feedback(~0ull - 10, ~0ull - 5);
    QTest::newRow("before the first") << feedback(kFirst - 1, kFirst + 5);
    auto octets = feedback(kFirst, kFirst + 10);
    octets.nextOffset = 10 * 1180 + 1;
    QTest::newRow("octets") << octets;
}

void TestRtpStreamHostile::acknowledgesWhatWasNotSent()
{
    QFETCH(RtcpFeedback, packet);
    Victim victim;
    QCOMPARE(victim.stream.write(Bytes(10 * 1180)), std::size_t{10 * 1180});
    QCOMPARE(victim.flush(), 10);
    QVERIFY(!victim.receive(packet));
    QCOMPARE(victim.stream.statistics().packetsMalformed, std::uint64_t{1});
    QCOMPARE(victim.stream.statistics().bytesInFlight, std::uint64_t{12'000});
    QVERIFY(victim.receive(feedback(kFirst, kFirst + 10)));
    QCOMPARE(victim.stream.statistics().bytesInFlight, std::uint64_t{0});
}

void TestRtpStreamHostile::shrinkingWindow()
{
    Victim victim;
    victim.stream.write(Bytes(64 * 1024));
    victim.flush();
    auto packet = feedback(0, 0);
    packet.receiveLimit = 0;
    QVERIFY(victim.receive(packet));
    packet = feedback(kFirst, kFirst + 5);
    packet.receiveLimit = 10'000; // what was granted stays granted
    QVERIFY(victim.receive(packet));
    victim.now += 100ms;
    QVERIFY(victim.flush() > 0);
}

void TestRtpStreamHostile::enormousWindow()
{
    Victim victim;
    auto packet = feedback(0, 0);
    packet.receiveLimit = ~0ull;
    QVERIFY(victim.receive(packet));
    // All but the first octets are acknowledged, for ever: what is kept behind them stays bounded.
    std::uint64_t accepted = 0;
    std::uint64_t number = kFirst;
    for (int i = 0; i < 10'000; ++i, victim.now += 1ms) {
        accepted += victim.stream.write(Bytes(16 * 1024));
        while (const auto outgoing = victim.stream.takePacket(victim.now)) {
            const auto sent = RtpPacket::parse(outgoing->packet);
            if (sent && sent->offset != 0) {
                packet.ranges[0] = {number, number + 1};
                packet.rangeCount = 1;
                QVERIFY(victim.receive(packet));
            }
            ++number;
        }
    }
    QVERIFY(accepted > 7 * 1024 * 1024);
    QVERIFY(accepted <= 9 * 1024 * 1024);
}

void TestRtpStreamHostile::impossibleAges()
{
    Victim victim;
    for (std::uint64_t round = 0; round < 200; ++round) {
        victim.stream.write(Bytes(1180));
        QCOMPARE(victim.flush(), 1);
        victim.now += 20ms;
        auto packet = feedback(kFirst, kFirst + round + 1);
        packet.ages.fill(round % 2 == 0 ? RtcpFeedback::kAgeMax : std::uint16_t{0x4FF});
        packet.ageCount = RtcpFeedback::kMaxAges;
        QVERIFY(victim.receive(packet));
    }
    QVERIFY(victim.stream.statistics().minRoundTrip > Duration::zero());
    QVERIFY(victim.stream.statistics().roundTrip <= 21ms);
}

void TestRtpStreamHostile::acknowledgesEverySecondPacket()
{
    Victim victim;
    std::uint64_t next = kFirst;
    std::uint64_t sentPackets = 0;
    for (int round = 0; round < 3000; ++round) {
        victim.stream.write(Bytes(64 * 1024));
        sentPackets += static_cast<std::uint64_t>(victim.flush());
        for (; next < kFirst + sentPackets; next += 2)
            QVERIFY(victim.receive(feedback(next, next + 1)));
        victim.now += 1ms;
    }
    // Half of everything is lost, so it is sent about twice; nothing breaks, and it goes on.
    const auto statistics = victim.stream.statistics();
    QVERIFY(statistics.packetsLost > sentPackets / 3);
    QVERIFY(statistics.packetsLost < sentPackets);
    QVERIFY(sentPackets > 100);
}

void TestRtpStreamHostile::floodOfFeedback()
{
    Victim victim;
    victim.stream.write(Bytes(64 * 1024));
    const auto sent = static_cast<std::uint64_t>(victim.flush());
    auto packet = feedback(kFirst, kFirst + sent / 2);
    const auto octets = packet.serialise();
    for (int i = 0; i < 200'000; ++i)
        QVERIFY(victim.receive(octets));
    QVERIFY(victim.stream.nextTimeout() > victim.now); // it is not answered
    victim.now += 200ms;
    QVERIFY(victim.flush() > 0);
}

void TestRtpStreamHostile::otherSource()
{
    Victim victim;
    RtpPacket packet;
    packet.number = 1;
    QVERIFY(victim.receive(serialise(packet, Bytes(10))));
    auto octets = serialise(packet, Bytes(10));
    octets[11] ^= 1;
    QVERIFY(!victim.receive(octets));
    auto other = feedback(0, 0);
    other.ssrc = kPeer + 1;
    QVERIFY(!victim.receive(other));
    QVERIFY(victim.receive(feedback(0, 0)));
}

void TestRtpStreamHostile::offsetBeyondTheWindow()
{
    Victim victim;
    RtpPacket packet;
    for (const std::uint64_t offset :
        {std::uint64_t{128 * 1024}, std::uint64_t{1} << 46, std::uint64_t{1} << 47}) {
        packet.offset = offset;
        ++packet.number;
        victim.receive(serialise(packet, Bytes(100)));
    }
    QCOMPARE(victim.stream.readableBytes(), std::size_t{0});
    const auto answer = victim.stream.takePacket(victim.now);
    QVERIFY(answer && answer->isRtcp);
    const auto content = RtcpContent::parse(answer->packet);
    QVERIFY(content && content->feedback);
    QVERIFY(!content->feedback->hasPackets()); // none of them was taken
    QCOMPARE(content->feedback->receiveLimit, std::uint64_t{128 * 1024});
}

void TestRtpStreamHostile::differentOctets()
{
    Victim victim;
    RtpPacket packet;
    QVERIFY(victim.receive(serialise(packet, Bytes(100, 1))));
    packet.number = 1;
    packet.offset = 50;
    QVERIFY(!victim.receive(serialise(packet, Bytes(100, 2))));
    QVERIFY(victim.receive(serialise(packet, Bytes(100, 1))));
    Bytes read(1000);
    read.resize(victim.stream.read(read));
    QCOMPARE(read, Bytes(150, 1));
}

void TestRtpStreamHostile::oneOctetEach()
{
    Victim victim;
    RtpPacket packet;
    for (std::uint64_t offset = 1; offset < 128 * 1024; offset += 2) {
        packet.offset = offset;
        packet.number = offset;
        victim.receive(serialise(packet, Bytes(1, 7)));
        while (victim.stream.takePacket(victim.now)) {}
    }
    packet.offset = 0;
    packet.number = 0x20000;
    QVERIFY(victim.receive(serialise(packet, Bytes(1000, 7))));
    QVERIFY(victim.stream.readableBytes() >= 1000);
    QVERIFY(victim.stream.readableBytes() < 128 * 1024);
}

void TestRtpStreamHostile::numbersAllOver()
{
    Victim victim;
    std::mt19937 random(5);
    RtpPacket packet;
    for (int i = 0; i < 50'000; ++i) {
        packet.number = random();
        QVERIFY(victim.receive(serialise(packet)));
        while (const auto outgoing = victim.stream.takePacket(victim.now)) {
            QVERIFY(outgoing->isRtcp);
            QVERIFY(RtcpContent::parse(outgoing->packet));
        }
        victim.now += 100us;
    }
}

void TestRtpStreamHostile::floodOfProbes()
{
    Victim victim;
    RtpPacket packet;
    packet.wantsFeedback = true;
    int answers = 0;
    for (int i = 0; i < 10'000; ++i) {
        packet.number = static_cast<std::uint64_t>(i % 7);
        QVERIFY(victim.receive(serialise(packet)));
        if (i % 100 == 0) {
            for (; victim.stream.takePacket(victim.now); ++answers) {}
        }
    }
    QVERIFY(answers <= 100); // one for all that came before
}

void TestRtpStreamHostile::corruptedOnTheWay()
{
    // SRTP would not let these through; the stream survives them all the same, or notices.
    StreamPair pair(StreamPair::Config::symmetric({.loss = 0.02}));
    std::mt19937 random(9);
    pair.onPacket = [&](std::size_t, LinkSimulator::Packet& packet) {
        if (random() % 50 == 0 && packet.octets.size() > 1)
            packet.octets[random() % std::min<std::size_t>(packet.octets.size(), 60)]
                ^= static_cast<std::uint8_t>(random());
        return true;
    };
    pair.send(0, 10'000'000);
    pair.send(1, 10'000'000);
    pair.runFor(10s);
    QVERIFY(!pair.isSpinning());
    QVERIFY(pair.stream(0).statistics().packetsMalformed > 0);
}

QTEST_GUILESS_MAIN(TestRtpStreamHostile)
#include "tst_rtp_stream_hostile.moc"
