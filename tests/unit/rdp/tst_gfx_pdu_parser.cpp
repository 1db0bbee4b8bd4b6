#include "core/rdp/gfx_capabilities.h"
#include "core/rdp/gfx_pdu_parser.h"

#include <QTest>

using namespace sightline;

namespace {

Bytes fromHex(const char* hex)
{
    const QByteArray octets = QByteArray::fromHex(hex);
    return {octets.begin(), octets.end()};
}

} // namespace

class TestGfxPduParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void parsesCapabilities();
    void parsesAcknowledgements();
    void leavesOutWhatIsOfNoUse();
    void refuses_data();
    void refuses();
    void refusesOversized();
    void choosesCapabilities_data();
    void choosesCapabilities();
};

void TestGfxPduParser::parsesCapabilities()
{
    // 8 with flags, 10.1 with its 16 octets, one with no data at all
    const auto pdus = parseGfxClientMessage(fromHex("12000000 36000000 0300"
                                                    "04000800 04000000 02000000"
                                                    "00010a00 10000000 00000000000000000000000000000000"
                                                    "01070a00 00000000"));
    QVERIFY(pdus && pdus->size() == 1);
    const std::vector<GfxCapabilitySet> expected{{0x00080004, 2}, {0x000A0100, 0}, {0x000A0701, 0}};
    QVERIFY(std::get<GfxCapsAdvertise>(pdus->front()).sets == expected);
}

void TestGfxPduParser::parsesAcknowledgements()
{
    const auto pdus = parseGfxClientMessage(fromHex("0d000000 14000000 00000000 0a000000 0b000000"
                                                    "0d000000 14000000 ffffffff 0c000000 0d000000"));
    QVERIFY(pdus && pdus->size() == 2);
    const auto first = std::get<GfxFrameAcknowledge>(pdus->at(0));
    QCOMPARE(first.queueDepth, 0u);
    QCOMPARE(first.frame, 10u);
    QCOMPARE(first.framesDecoded, 11u);
    const auto second = std::get<GfxFrameAcknowledge>(pdus->at(1));
    QCOMPARE(second.queueDepth, GfxFrameAcknowledge::kSuspend);
    QCOMPARE(second.frame, 12u);
}

void TestGfxPduParser::leavesOutWhatIsOfNoUse()
{
    const auto pdus = parseGfxClientMessage(fromHex("16000000 14000000 01000000 02000000 00000000"
                                                    "10000000 0a000000 0000"
                                                    "0d000000 14000000 00000000 07000000 01000000"));
    QVERIFY(pdus && pdus->size() == 1);
    QCOMPARE(std::get<GfxFrameAcknowledge>(pdus->front()).frame, 7u);
    const auto none = parseGfxClientMessage({});
    QVERIFY(none && none->empty());
}

void TestGfxPduParser::refuses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("half a header") << QByteArray("0d000000 1400");
    QTest::newRow("length below header") << QByteArray("0d000000 07000000");
    QTest::newRow("length beyond message") << QByteArray("0d000000 15000000 00000000 0a000000 0b000000");
    QTest::newRow("length of four gigabytes") << QByteArray("0d000000 ffffffff 00000000 0a000000 0b000000");
    QTest::newRow("short acknowledgement") << QByteArray("0d000000 13000000 00000000 0a000000 0b0000");
    QTest::newRow("capabilities without a count") << QByteArray("12000000 09000000 00");
    QTest::newRow("fewer sets than counted")
        << QByteArray("12000000 16000000 0200 04000800 04000000 02000000");
    QTest::newRow("set beyond message") << QByteArray("12000000 16000000 0100 04000800 05000000 02000000");
    QTest::newRow("absurd number of sets") << QByteArray("12000000 0a000000 ffff");
    QTest::newRow("a server's command") << QByteArray("0c000000 0c000000 01000000");
    QTest::newRow("rubbish behind a good one")
        << QByteArray("0d000000 14000000 00000000 0a000000 0b000000 00");
}

void TestGfxPduParser::refuses()
{
    QFETCH(QByteArray, octets);
    const auto pdus = parseGfxClientMessage(fromHex(octets.constData()));
    QVERIFY(!pdus);
    QCOMPARE(pdus.error().code(), ErrorCode::ParseFailed);
}

void TestGfxPduParser::refusesOversized()
{
    QVERIFY(!parseGfxClientMessage(Bytes(kMaxGfxClientMessage + 1)));
}

void TestGfxPduParser::choosesCapabilities_data()
{
    QTest::addColumn<QList<std::uint32_t>>("advertised"); // version, flags, ...
    QTest::addColumn<std::uint32_t>("version"); // 0: none
    QTest::addColumn<bool>("smallCache");
    QTest::addColumn<bool>("avc420");
    QTest::newRow("nothing") << QList<std::uint32_t>{} << 0u << false << false;
    QTest::newRow("unknown only") << QList<std::uint32_t>{0x000B0000, 0} << 0u << false << false;
    QTest::newRow("the newest") << QList<std::uint32_t>{0x00080004, 2, 0x000A0701, 0x20, 0x000A0400, 0}
                                << 0x000A0701u << false << false;
    QTest::newRow("not the unknown newer")
        << QList<std::uint32_t>{0x000A0002, 2, 0x000B0000, 0} << 0x000A0002u << true << true;
    QTest::newRow("8.1 with avc") << QList<std::uint32_t>{0x00080105, 0x12} << 0x00080105u << true << true;
    QTest::newRow("8 without avc") << QList<std::uint32_t>{0x00080004, 0x10} << 0x00080004u << false << false;
    QTest::newRow("10.3 is always small")
        << QList<std::uint32_t>{0x000A0301, 0x20} << 0x000A0301u << true << false;
}

void TestGfxPduParser::choosesCapabilities()
{
    QFETCH(QList<std::uint32_t>, advertised);
    QFETCH(std::uint32_t, version);
    QFETCH(bool, smallCache);
    QFETCH(bool, avc420);
    std::vector<GfxCapabilitySet> sets;
    for (qsizetype i = 0; i < advertised.size(); i += 2)
        sets.push_back({advertised[i], advertised[i + 1]});
    const auto chosen = chooseGfxCapabilities(sets);
    QCOMPARE(chosen.has_value(), version != 0);
    if (chosen) {
        QCOMPARE(chosen->version, version);
        QCOMPARE(hasSmallCache(*chosen), smallCache);
        QCOMPARE(hasAvc420(*chosen), avc420);
    }
}

QTEST_GUILESS_MAIN(TestGfxPduParser)
#include "tst_gfx_pdu_parser.moc"
