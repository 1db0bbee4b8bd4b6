#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/gfx_server_pdu_parser.h"

#include <QTest>

using namespace sightline;

namespace {

std::vector<GfxCommand> everything()
{
    return {ResetGraphics{{640, 480}, {{0, 0, 320, 480}, {320, 0, 320, 480}}}, CreateSurface{7, {640, 480}},
        MapSurfaceToOutput{7, {16, 32}}, StartFrame{41},
        TileData{7, TileCodec::Planar, {64, 0, 64, 64}, std::make_shared<const Bytes>(Bytes{1, 2, 3})},
        SolidFill{7, 0x123456, {{0, 0, 10, 20}, {30, 40, 1, 1}}},
        SurfaceToSurface{7, 7, {0, 0, 8, 9}, {{10, 10}, {20, 20}}},
        SurfaceToCache{7, 0x1122334455667788, 3, {0, 0, 64, 64}}, CacheToSurface{3, 7, {{128, 128}}},
        EvictCacheEntry{3}, EndFrame{41}, DeleteSurface{7}};
}

Bytes octetsOf(const std::vector<GfxCommand>& commands)
{
    Bytes octets;
    for (const GfxCommand& command : commands)
        appendGfxPdu(octets, command);
    return octets;
}

} // namespace

class TestGfxServerPduParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheWriterWrote()
    {
        const Bytes written = octetsOf(everything());
        const auto pdus = parseGfxServerMessage(written);
        QVERIFY(pdus.has_value());
        QCOMPARE(pdus->size(), everything().size());
        Bytes again;
        for (const GfxServerPdu& pdu : *pdus)
            appendGfxPdu(again, std::get<GfxCommand>(pdu));
        QVERIFY(again == written);
    }

    void readsCapabilities()
    {
        Bytes octets;
        appendCapsConfirm(octets, {0x000A0701, 2});
        const auto pdus = parseGfxServerMessage(octets);
        QVERIFY(pdus.has_value());
        QCOMPARE(std::get<GfxCapsConfirm>(pdus->front()).set, (GfxCapabilitySet{0x000A0701, 2}));
    }

    void refusesEveryTruncation()
    {
        for (const GfxCommand& command : everything()) {
            const Bytes whole = octetsOf({command});
            for (std::size_t size = 1; size < whole.size(); ++size)
                QVERIFY(!parseGfxServerMessage(ByteView(whole).first(size)));
            // The same with a length that agrees with what is there.
            for (std::size_t size = 8; size < whole.size(); ++size) {
                Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                cut[4] = static_cast<std::uint8_t>(size);
                cut[5] = static_cast<std::uint8_t>(size >> 8);
                QVERIFY(!parseGfxServerMessage(cut));
            }
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("unknown command") << QByteArray("7700000008000000");
        QTest::newRow("progressive") << QByteArray("020000000c00000000000000");
        QTest::newRow("length below the header") << QByteArray("0c00000007000000");
        QTest::newRow("octets behind the fields") << QByteArray("0c0000000d0000000100000000");
        QTest::newRow("codec that we never send") << QByteArray("010000001a000000"
                                                                "0100"
                                                                "0800"
                                                                "20"
                                                                "0000000001000100"
                                                                "01000000"
                                                                "aa");
        QTest::newRow("other pixels") << QByteArray("090000000f000000"
                                                    "0100"
                                                    "0a000a00"
                                                    "21");
        QTest::newRow("map far outside") << QByteArray("0f00000014000000"
                                                       "0100"
                                                       "0000"
                                                       "ffffff7f"
                                                       "00000000");
    }

    void refuses()
    {
        QFETCH(QByteArray, hex);
        const QByteArray octets = QByteArray::fromHex(hex);
        QVERIFY(!parseGfxServerMessage(viewOf(octets)));
    }
};

QTEST_GUILESS_MAIN(TestGfxServerPduParser)
#include "tst_gfx_server_pdu_parser.moc"
