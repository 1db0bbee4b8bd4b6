#include "core/transport/rtp_packet.h"

#include <QTest>

using namespace sightline;

namespace {

Bytes serialise(const RtpPacket& packet)
{
    Bytes octets(RtpPacket::kOverhead);
    packet.writeHeaders(std::span(octets).first<RtpPacket::kOverhead>());
    octets.insert(octets.end(), packet.data.begin(), packet.data.end());
    return octets;
}

Bytes fromHex(const char* hex)
{
    const auto octets = QByteArray::fromHex(hex);
    return {octets.begin(), octets.end()};
}

} // namespace

class TestRtpPacket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheLayout();
    void roundTrip_data();
    void roundTrip();
    void skipsWhatOthersMaySend();
    void rejects_data();
    void rejects();
    void tellsRtcpApart();
    void extendsNumbers_data();
    void extendsNumbers();
};

void TestRtpPacket::writesTheLayout()
{
    const Bytes data{0xAA, 0xBB};
    RtpPacket packet;
    packet.ssrc = 0x01020304;
    packet.timestamp = 0x05060708;
    packet.number = 0x99CDEF12;
    packet.offset = 0xFFFF112233445566;
    packet.isEnd = true;
    packet.data = data;
    QCOMPARE(serialise(packet), fromHex("807FEF12 05060708 01020304 01CD1122 33445566 AABB"));
}

void TestRtpPacket::roundTrip_data()
{
    QTest::addColumn<quint64>("number");
    QTest::addColumn<quint64>("offset");
    QTest::addColumn<bool>("isEnd");
    QTest::addColumn<bool>("wantsFeedback");
    QTest::addColumn<int>("size");
    QTest::newRow("zero") << quint64(0) << quint64(0) << false << false << 0;
    QTest::newRow("all ones") << quint64(0xFFFFFF) << quint64(0xFFFFFFFFFFFF) << true << true << 1180;
    QTest::newRow("data") << quint64(0x12345) << quint64(0x123456789A) << false << false << 1;
    QTest::newRow("probe") << quint64(65536) << quint64(1) << false << true << 0;
}

void TestRtpPacket::roundTrip()
{
    QFETCH(quint64, number);
    QFETCH(quint64, offset);
    QFETCH(bool, isEnd);
    QFETCH(bool, wantsFeedback);
    QFETCH(int, size);
    const Bytes data(static_cast<std::size_t>(size), 0x5A);
    RtpPacket packet{7, 9, number, offset, isEnd, wantsFeedback, data};
    const auto octets = serialise(packet);
    const auto parsed = RtpPacket::parse(octets);
    QVERIFY(parsed);
    QCOMPARE(parsed->ssrc, 7u);
    QCOMPARE(parsed->timestamp, 9u);
    QCOMPARE(parsed->number, number);
    QCOMPARE(parsed->offset, offset);
    QCOMPARE(parsed->isEnd, isEnd);
    QCOMPARE(parsed->wantsFeedback, wantsFeedback);
    QCOMPARE(Bytes(parsed->data.begin(), parsed->data.end()), data);
}

void TestRtpPacket::skipsWhatOthersMaySend()
{
    // Padding of 3, an extension of one word, two CSRCs: RFC 3550 section 5.1.
    const auto octets = fromHex("B27F0001 00000002 00000003 11111111 22222222 BEDE0001 33333333"
                                "0000000000000005 AABB 000003");
    const auto parsed = RtpPacket::parse(octets);
    QVERIFY(parsed);
    QCOMPARE(parsed->offset, std::uint64_t{5});
    QCOMPARE(Bytes(parsed->data.begin(), parsed->data.end()), (Bytes{0xAA, 0xBB}));
}

void TestRtpPacket::rejects_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("only a header") << QByteArray("807F00010000000200000003");
    QTest::newRow("stream header cut") << QByteArray("807F0001000000020000000300000000000000");
    QTest::newRow("version 1") << QByteArray("407F000100000002000000030000000000000000");
    QTest::newRow("other payload type") << QByteArray("8060000100000002000000030000000000000000");
    QTest::newRow("marker") << QByteArray("80FF000100000002000000030000000000000000");
    QTest::newRow("unknown flag") << QByteArray("807F000100000002000000030400000000000000");
    QTest::newRow("CSRCs beyond the end") << QByteArray("8F7F000100000002000000030000000000000000");
    QTest::newRow("CSRCs instead of the stream header")
        << QByteArray("827F000100000002000000030000000000000000");
    QTest::newRow("extension beyond the end") << QByteArray("907F00010000000200000003BEDEFFFF00000000");
    QTest::newRow("padding of 0") << QByteArray("A07F000100000002000000030000000000000000");
    QTest::newRow("padding too long") << QByteArray("A07F0001000000020000000300000000000000FF");
    QTest::newRow("padding into the stream header") << QByteArray("A07F000100000002000000030000000000000001");
}

void TestRtpPacket::rejects()
{
    QFETCH(QByteArray, hex);
    QVERIFY(!RtpPacket::parse(fromHex(hex.constData())));
}

void TestRtpPacket::tellsRtcpApart()
{
    // RFC 5761 section 4: RTCP types are 192 to 223; 127 with and without marker is not.
    for (int type = 0; type < 256; ++type) {
        const Bytes packet{0x80, static_cast<std::uint8_t>(type)};
        QCOMPARE(isRtcpPacket(packet), type >= 192 && type <= 223);
    }
    QVERIFY(!isRtcpPacket(Bytes{0x80}));
}

void TestRtpPacket::extendsNumbers_data()
{
    QTest::addColumn<quint64>("full");
    QTest::addColumn<quint64>("expected");
    QTest::newRow("as expected") << quint64(70000) << quint64(70000);
    QTest::newRow("behind") << quint64(65535) << quint64(65537);
    QTest::newRow("ahead over the wrap") << quint64(0x10000) << quint64(0xFFFF);
    QTest::newRow("first") << quint64(5) << quint64(0);
    QTest::newRow("far behind") << quint64(0x12340000) << quint64(0x12347FFF);
    QTest::newRow("far ahead") << quint64(0x12347FFF) << quint64(0x12340000);
    QTest::newRow("high") << (quint64(1) << 60) << (quint64(1) << 60) - 3;
}

void TestRtpPacket::extendsNumbers()
{
    QFETCH(quint64, full);
    QFETCH(quint64, expected);
    QCOMPARE(extendNumber(full & 0xFFFF, 16, expected), full);
}

QTEST_GUILESS_MAIN(TestRtpPacket)
#include "tst_rtp_packet.moc"
