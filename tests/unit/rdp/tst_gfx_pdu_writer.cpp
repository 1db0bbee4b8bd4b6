#include "core/rdp/gfx_pdu_writer.h"

#include <QTest>

using namespace sightline;

Q_DECLARE_METATYPE(sightline::GfxCommand)

class TestGfxPduWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesOctets_data();
    void writesOctets();
    void resetGraphicsIsOfFixedSize();
    void resetGraphicsTellsTheMonitors();
    void writesCapsConfirm();
    void packsTimestamp_data();
    void packsTimestamp();
};

void TestGfxPduWriter::writesOctets_data()
{
    QTest::addColumn<GfxCommand>("command");
    QTest::addColumn<QByteArray>("octets");

    QTest::newRow("create surface") << GfxCommand(CreateSurface{0x0102, {0x0304, 0x0506}})
                                    << QByteArray("09000000 0f000000 0201 0403 0605 20");
    QTest::newRow("delete surface") << GfxCommand(DeleteSurface{7}) << QByteArray("0a000000 0a000000 0700");
    QTest::newRow("map surface") << GfxCommand(MapSurfaceToOutput{1, {0x10, 0x2030}})
                                 << QByteArray("0f000000 14000000 0100 0000 10000000 30200000");
    QTest::newRow("start frame") << GfxCommand(StartFrame{0xAABBCCDD})
                                 << QByteArray("0b000000 10000000 78563412 ddccbbaa");
    QTest::newRow("end frame") << GfxCommand(EndFrame{0x11223344})
                               << QByteArray("0c000000 0c000000 44332211");
    QTest::newRow("tile") << GfxCommand(
        TileData{1, TileCodec::Planar, {2, 3, 4, 5}, std::make_shared<const Bytes>(Bytes{0x20, 0xFF, 0x01})})
                          << QByteArray("01000000 1c000000 0100 0a00 20 0200 0300 0600 0800 03000000 20ff01");
    QTest::newRow("remotefx tile") << GfxCommand(
        TileData{1, TileCodec::RemoteFx, {0, 0, 1, 1}, std::make_shared<const Bytes>(Bytes{0x55})})
                                   << QByteArray(
                                          "01000000 1a000000 0100 0300 20 0000 0000 0100 0100 01000000 55");
    QTest::newRow("fills") << GfxCommand(SolidFill{9, 0xAB112233, {{0, 0, 64, 64}, {1, 2, 3, 4}}})
                           << QByteArray(
                                  "04000000 20000000 0900 332211ff 0200 0000000040004000 0100020004000600");
    QTest::newRow("keeps") << GfxCommand(SurfaceToCache{1, 0x8877665544332211, 5, {10, 20, 30, 40}})
                           << QByteArray("06000000 1c000000 0100 1122334455667788 0500 0a00140028003c00");
    QTest::newRow("draws what was kept") << GfxCommand(CacheToSurface{5, 1, {{5, 6}, {7, 8}}})
                                         << QByteArray("07000000 16000000 0500 0100 0200 05000600 07000800");
    QTest::newRow("evicts") << GfxCommand(EvictCacheEntry{5}) << QByteArray("08000000 0a000000 0500");
    QTest::newRow("copies") << GfxCommand(SurfaceToSurface{1, 2, {10, 20, 30, 40}, {{5, 6}, {7, 8}}})
                            << QByteArray(
                                   "05000000 1e000000 0100 0200 0a00140028003c00 0200 05000600 07000800");
}

void TestGfxPduWriter::writesOctets()
{
    QFETCH(GfxCommand, command);
    QFETCH(QByteArray, octets);
    Bytes out;
    appendGfxPdu(out, command, 0x12345678);
    QCOMPARE(toByteArray(out).toHex(), QByteArray::fromHex(octets).toHex());
    QCOMPARE(gfxPduSize(command), out.size());
}

void TestGfxPduWriter::resetGraphicsIsOfFixedSize()
{
    const GfxCommand command = ResetGraphics{{1920, 1080}};
    Bytes out;
    appendGfxPdu(out, command);
    QCOMPARE(out.size(), std::size_t(340));
    QCOMPARE(gfxPduSize(command), std::size_t(340));
    const QByteArray head = QByteArray::fromHex("0e000000 54010000 80070000 38040000 01000000"
                                                "00000000 00000000 7f070000 37040000 01000000");
    QCOMPARE(toByteArray(out).first(head.size()).toHex(), head.toHex());
    QCOMPARE(toByteArray(out).sliced(head.size()), QByteArray(340 - head.size(), '\0'));
}

void TestGfxPduWriter::resetGraphicsTellsTheMonitors()
{
    Bytes out;
    appendGfxPdu(out, ResetGraphics{{1920, 1080}, {{1024, 8, 896, 600}, {0, 0, 1024, 768}}});
    QCOMPARE(out.size(), std::size_t(340));
    const QByteArray head = QByteArray::fromHex("0e000000 54010000 80070000 38040000 02000000"
                                                "00040000 08000000 7f070000 5f020000 01000000"
                                                "00000000 00000000 ff030000 ff020000 00000000");
    QCOMPARE(toByteArray(out).first(head.size()).toHex(), head.toHex());
    out.clear();
    appendGfxPdu(out, ResetGraphics{{64, 64}, Rects(ResetGraphics::kMaxMonitors, Rect{0, 0, 64, 64})});
    QCOMPARE(out.size(), std::size_t(340));
}

void TestGfxPduWriter::writesCapsConfirm()
{
    Bytes out;
    appendCapsConfirm(out, {0x000A0701, 0x20});
    QCOMPARE(toByteArray(out).toHex(),
        QByteArray("1300000014000000"
                   "01070a00"
                   "04000000"
                   "20000000"));
}

void TestGfxPduWriter::packsTimestamp_data()
{
    QTest::addColumn<std::uint32_t>("milliseconds");
    QTest::addColumn<std::uint32_t>("packed");
    QTest::newRow("midnight") << 0u << 0u;
    QTest::newRow("milliseconds") << 999u << 999u;
    QTest::newRow("second") << 1000u << (1u << 10);
    QTest::newRow("last") << 24u * 3600 * 1000 - 1 << (999u | 59u << 10 | 59u << 16 | 23u << 22);
}

void TestGfxPduWriter::packsTimestamp()
{
    QFETCH(std::uint32_t, milliseconds);
    QFETCH(std::uint32_t, packed);
    QCOMPARE(gfxTimestamp(milliseconds), packed);
}

QTEST_GUILESS_MAIN(TestGfxPduWriter)
#include "tst_gfx_pdu_writer.moc"
