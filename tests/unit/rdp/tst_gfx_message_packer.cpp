#include "core/graphics/zgfx_decoder.h"
#include "core/rdp/gfx_message_packer.h"
#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/little_endian.h"

#include <freerdp/codec/zgfx.h>

#include <QTest>

#include <cstdlib>
#include <random>

using namespace sightline;

namespace {

TileData tileOf(std::size_t payload)
{
    return {1, TileCodec::Planar, {0, 0, 64, 64}, std::make_shared<const Bytes>(payload, std::uint8_t(0x5A))};
}

/// What a receiver makes of the message, or nothing when it is malformed.
Bytes unpacked(ZgfxDecoder& decoder, const GfxMessage& message)
{
    Bytes out;
    const Result<void> decoded = decoder.decodeMessage(message.data(), 64 * 1024 * 1024, out);
    return decoded ? out : Bytes();
}

Bytes pdusOf(const std::vector<GfxCommand>& commands)
{
    Bytes out;
    for (const GfxCommand& command : commands)
        appendGfxPdu(out, command);
    return out;
}

} // namespace

class TestGfxMessagePacker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void packsFrameIntoOneMessage();
    void startsNewMessageWhenFull();
    void splitsLargeCommand_data();
    void splitsLargeCommand();
    void startsOverForAnotherChannel();
    void selfContainedMessagesMix();
    void countsBytes();
    void confirmsCapabilities();
};

void TestGfxMessagePacker::packsFrameIntoOneMessage()
{
    const std::vector<GfxCommand> frame{StartFrame{5}, SolidFill{1, 0, {{0, 0, 1, 1}}}, EndFrame{5}};
    GfxMessagePacker packer;
    for (const GfxCommand& command : frame)
        packer.add(command, 0);
    QVERIFY(!packer.takeFinished());
    packer.flush();
    const auto message = packer.takeFinished();
    QVERIFY(message);
    ZgfxDecoder decoder;
    QCOMPARE(unpacked(decoder, *message), pdusOf(frame));
    QCOMPARE(message->endOfFrame, std::optional<std::uint32_t>(5));
    QVERIFY(!packer.takeFinished());
    packer.flush();
    QVERIFY(!packer.takeFinished());
}

void TestGfxMessagePacker::startsNewMessageWhenFull()
{
    ZgfxDecoder decoder;
    GfxMessagePacker packer;
    std::vector<GfxCommand> commands(9, tileOf(16384));
    for (const GfxCommand& command : commands)
        packer.add(command, 0);
    packer.flush();
    Bytes all;
    int messages = 0;
    while (const auto message = packer.takeFinished()) {
        const Bytes one = unpacked(decoder, *message);
        QVERIFY(!one.empty() && one.size() <= GfxMessagePacker::kMaxSegment);
        all.insert(all.end(), one.begin(), one.end());
        ++messages;
    }
    QCOMPARE(messages, 3);
    QCOMPARE(all, pdusOf(commands));
}

void TestGfxMessagePacker::splitsLargeCommand_data()
{
    // A WIRETOSURFACE_1 PDU has 25 octets before its payload.
    QTest::addColumn<int>("payload");
    QTest::addColumn<int>("segments");
    QTest::newRow("just fits") << 65535 - 25 << 1;
    QTest::newRow("one octet more") << 65536 - 25 << 2;
    QTest::newRow("two whole ones") << 2 * 65535 - 25 << 2;
    QTest::newRow("a full screen") << 1920 * 1080 * 4 << 127;
}

void TestGfxMessagePacker::splitsLargeCommand()
{
    QFETCH(int, payload);
    QFETCH(int, segments);
    const std::vector<GfxCommand> frame{
        StartFrame{1}, tileOf(static_cast<std::size_t>(payload)), EndFrame{1}};
    GfxMessagePacker packer;
    for (const GfxCommand& command : frame)
        packer.add(command, 0);
    packer.flush();
    ZgfxDecoder decoder;
    Bytes all;
    bool seen = false;
    while (const auto message = packer.takeFinished()) {
        const ByteView data = message->data();
        const int count = data[0] == 0xE1 ? readU16(data, 1) : 1;
        seen = seen || count == segments;
        const Bytes one = unpacked(decoder, *message);
        all.insert(all.end(), one.begin(), one.end());
    }
    QVERIFY(seen);
    QCOMPARE(all, pdusOf(frame));
}

void TestGfxMessagePacker::startsOverForAnotherChannel()
{
    const std::vector<GfxCommand> frame{StartFrame{1}, tileOf(5000), EndFrame{1}};
    GfxMessagePacker packer;
    for (int channel = 0; channel < 2; ++channel) {
        for (const GfxCommand& command : frame)
            packer.add(command, 0);
        packer.flush();
        const auto message = packer.takeFinished();
        QVERIFY(message);
        ZgfxDecoder decoder;
        QCOMPARE(unpacked(decoder, *message), pdusOf(frame));
        packer.add(frame[1], 0);
        packer.clear();
        QVERIFY(!packer.takeFinished());
    }
}

/// Messages of several packers reach one channel in any order, and some of them never.
void TestGfxMessagePacker::selfContainedMessagesMix()
{
    std::mt19937 random(7);
    const auto compressor = std::make_shared<ZgfxEncoder>(ZgfxEncoder::Scope::Segment);
    std::vector<GfxMessagePacker> packers;
    packers.emplace_back(compressor);
    packers.emplace_back(compressor);
    packers.emplace_back(std::make_shared<ZgfxEncoder>(ZgfxEncoder::Scope::Segment));
    ZgfxDecoder decoder;
    const std::unique_ptr<ZGFX_CONTEXT, void (*)(ZGFX_CONTEXT*)> peer(
        zgfx_context_new(FALSE), zgfx_context_free);
    const Bytes page(30'000, std::uint8_t(0x33));
    for (int i = 0; i < 400; ++i) {
        Bytes payload(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(random() % 30'000) + 1);
        for (std::size_t n = random() % 500; n > 0; --n)
            payload[random() % payload.size()] = static_cast<std::uint8_t>(random());
        if (random() % 40 == 0)
            payload.resize(150'000, 5); // of several segments
        const TileData tile{
            1, TileCodec::Planar, {0, 0, 64, 64}, std::make_shared<const Bytes>(std::move(payload))};
        GfxMessagePacker& packer = packers[random() % packers.size()];
        packer.setPathRate(random() % 2 == 0 ? 0 : 1e5);
        packer.add(tile, 0);
        packer.flush();
        const GfxMessage message = *packer.takeFinished();
        if (random() % 4 == 0)
            continue; // for other channels only
        const Bytes expected = pdusOf({tile});
        QCOMPARE(unpacked(decoder, message), expected);
        BYTE* octets = nullptr;
        UINT32 size = 0;
        QVERIFY(zgfx_decompress(
                    peer.get(), message.data().data(), static_cast<UINT32>(message.size()), &octets, &size, 0)
            >= 0);
        const Bytes foreign(octets, octets + size);
        std::free(octets);
        QCOMPARE(foreign, expected);
    }
}

void TestGfxMessagePacker::countsBytes()
{
    GfxMessagePacker packer;
    QCOMPARE(packer.bytesHeld(), std::size_t(0));
    packer.add(tileOf(1000), 0);
    QCOMPARE(packer.bytesHeld(), std::size_t(1025));
    packer.add(tileOf(100000), 0);
    // The first is compressed by now, and the second, which is larger than a segment, as well.
    QVERIFY(packer.bytesHeld() > 0 && packer.bytesHeld() < 2000);
    QVERIFY(packer.compression() < 0.8);
    while (packer.takeFinished()) {}
    QCOMPARE(packer.bytesHeld(), std::size_t(0));
}

void TestGfxMessagePacker::confirmsCapabilities()
{
    Bytes expected;
    appendCapsConfirm(expected, {0x00080004, 2});
    ZgfxDecoder decoder;
    QCOMPARE(unpacked(decoder, capsConfirmMessage({0x00080004, 2})), expected);
}

QTEST_GUILESS_MAIN(TestGfxMessagePacker)
#include "tst_gfx_message_packer.moc"
