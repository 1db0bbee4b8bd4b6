#include "core/rdp/dvc_framing.h"

#include <QTest>

#include <array>

using namespace sightline;

class TestDvcFraming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesDataHeader();
    void cutsMessages_data();
    void cutsMessages();
    void stopsWhenRefused();
    void judgesAnnouncedSize_data();
    void judgesAnnouncedSize();
};

void TestDvcFraming::writesDataHeader()
{
    std::array<std::uint8_t, 8> room{};
    QCOMPARE(writeDvcDataHeader(room, 3), std::size_t(2));
    QCOMPARE(toByteArray(room).toHex(), QByteArray("0000000000003003"));
    QCOMPARE(writeDvcDataHeader(room, 0x1234), std::size_t(3));
    QCOMPARE(toByteArray(room).toHex(), QByteArray("0000000000313412"));
    QCOMPARE(writeDvcDataHeader(room, 0x12345678), std::size_t(5));
    QCOMPARE(toByteArray(room).toHex(), QByteArray("0000003278563412"));
}

void TestDvcFraming::cutsMessages_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("pdus");
    QTest::addColumn<QByteArray>("firstHeader");
    QTest::newRow("empty") << 0 << 1 << QByteArray("3001");
    QTest::newRow("fits") << 1598 << 1 << QByteArray("3001");
    QTest::newRow("just not") << 1599 << 2 << QByteArray("24013f06");
    QTest::newRow("many") << 65537 << 42 << QByteArray("280101000100");
}

void TestDvcFraming::cutsMessages()
{
    QFETCH(int, size);
    QFETCH(int, pdus);
    QFETCH(QByteArray, firstHeader);
    Bytes message(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<std::uint8_t>(i * 7 / 3);
    Bytes arrived;
    int count = 0;
    QVERIFY(sendDvcMessage(1, message, [&](ByteView pdu) {
        const std::size_t header = count == 0 ? static_cast<std::size_t>(firstHeader.size() / 2) : 2;
        if (count == 0)
            QTest::qCompare(toByteArray(pdu.first(header)).toHex(), firstHeader, "", "", __FILE__, __LINE__);
        arrived.insert(arrived.end(), pdu.begin() + static_cast<std::ptrdiff_t>(header), pdu.end());
        ++count;
        return pdu.size() <= kMaxDvcPdu;
    }));
    QCOMPARE(count, pdus);
    QCOMPARE(arrived, message);
}

void TestDvcFraming::stopsWhenRefused()
{
    int count = 0;
    QVERIFY(!sendDvcMessage(1, Bytes(5000), [&](ByteView) { return ++count < 2; }));
    QCOMPARE(count, 2);
}

void TestDvcFraming::judgesAnnouncedSize_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("acceptable");
    QTest::newRow("nothing") << QByteArray("") << true;
    QTest::newRow("data") << QByteArray("3001ffffffff") << true;
    QTest::newRow("first, 8 bits") << QByteArray("2001ff") << true;
    QTest::newRow("first, 16 bits") << QByteArray("2401ffff") << true;
    QTest::newRow("first, 32 bits, small") << QByteArray("280100000100") << true;
    QTest::newRow("first, 32 bits, large") << QByteArray("280100000200") << false;
    QTest::newRow("first, 4 GB") << QByteArray("2801ffffffff") << false;
    QTest::newRow("first, reserved length code") << QByteArray("2c01ffffffff") << false;
    QTest::newRow("first, 32-bit channel, 4 GB") << QByteArray("2a01000000ffffffff") << false;
    QTest::newRow("first, 32-bit channel, small") << QByteArray("2a0100000000010000") << true;
    QTest::newRow("first, truncated") << QByteArray("2801ffff") << false;
}

void TestDvcFraming::judgesAnnouncedSize()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, acceptable);
    QCOMPARE(announcesAcceptableSize(viewOf(QByteArray::fromHex(octets))), acceptable);
}

QTEST_GUILESS_MAIN(TestDvcFraming)
#include "tst_dvc_framing.moc"
