#include "core/graphics/zgfx_decoder.h"
#include "core/graphics/zgfx_encoder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sightline;

namespace {

constexpr std::size_t kLimit = 1024 * 1024;

Bytes randomOctets(QRandomGenerator& random, std::size_t count, quint32 values)
{
    Bytes octets(count);
    for (auto& octet : octets)
        octet = static_cast<std::uint8_t>(random.bounded(values));
    return octets;
}

/// Octets that repeat what was before them, near and far, as pictures do.
Bytes likePictures(QRandomGenerator& random, std::size_t count)
{
    Bytes octets = randomOctets(random, 64, 256);
    while (octets.size() < count) {
        const std::size_t length = 1 + random.bounded(random.bounded(20) == 0 ? 4000U : 40U);
        const std::size_t from = random.bounded(static_cast<quint32>(octets.size()));
        if (random.bounded(4) == 0) {
            const Bytes fresh = randomOctets(random, length, random.bounded(1, 256));
            octets.insert(octets.end(), fresh.begin(), fresh.end());
        } else {
            for (std::size_t i = 0; i < length; ++i)
                octets.push_back(octets[from + i]);
        }
    }
    octets.resize(count);
    return octets;
}

Bytes bits(const char* digits)
{
    Bytes out{0x24};
    int count = 0;
    for (; *digits; ++digits) {
        if (*digits == ' ')
            continue;
        if (count++ % 8 == 0)
            out.push_back(0);
        out.back() = static_cast<std::uint8_t>(out.back() | (*digits - '0') << (7 - (count - 1) % 8));
    }
    out.push_back(static_cast<std::uint8_t>((8 - count % 8) % 8));
    return out;
}

Bytes textOf(const char* text)
{
    return {text, text + qstrlen(text)};
}

} // namespace

class TestZgfx : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodesTokens_data();
    void decodesTokens();
    void refusesMalformed_data();
    void refusesMalformed();
    void refusesWhatExceedsSegment();
    void roundTrip_data();
    void roundTrip();
    void reachesBackThroughTheWholeHistory();
    void keepsSegmentsSelfContained();
    void forgetsOnReset();
    void copiesWithoutEffort();
    void decodesMultipartMessages();
};

void TestZgfx::decodesTokens_data()
{
    QTest::addColumn<Bytes>("segment");
    QTest::addColumn<Bytes>("octets");
    QTest::newRow("nothing") << bits("") << Bytes{};
    QTest::newRow("not compressed") << Bytes{0x04, 1, 2, 3} << Bytes{1, 2, 3};
    QTest::newRow("literals") << bits("0 01000001  0 01000010") << textOf("AB");
    QTest::newRow("short literals") << bits("11000 11001 110100 110110 11111111")
                                    << Bytes{0, 1, 2, 0xFF, 0x66};
    QTest::newRow("length 3") << bits("0 01000001 0 01000010  10001 00010 0") << textOf("ABABA");
    QTest::newRow("length 4") << bits("0 01000001  10001 00001 10 00") << textOf("AAAAA");
    QTest::newRow("length 7") << bits("0 01000001  10001 00001 10 11") << textOf("AAAAAAAA");
    QTest::newRow("length 9") << bits("0 01000001  10001 00001 110 001") << textOf("AAAAAAAAAA");
    QTest::newRow("raw") << bits("10001 00000 000000000000010 0000000 01000001 01000010") << textOf("AB");
    QTest::newRow("after raw") << bits(
        "0 01000011 10001 00000 000000000000001 000000 01000001  10001 00010 0")
                               << textOf("CACAC");
}

void TestZgfx::decodesTokens()
{
    QFETCH(Bytes, segment);
    QFETCH(Bytes, octets);
    ZgfxDecoder decoder;
    Bytes out;
    const Result<void> decoded = decoder.decodeSegment(segment, out);
    QVERIFY2(decoded, decoded ? "" : qPrintable(decoded.error().toString()));
    QCOMPARE(out, octets);
}

void TestZgfx::refusesMalformed_data()
{
    QTest::addColumn<Bytes>("message");
    const auto single = [](Bytes segment) {
        segment.insert(segment.begin(), 0xE0);
        return segment;
    };
    QTest::newRow("empty") << Bytes{};
    QTest::newRow("descriptor alone") << Bytes{0xE0};
    QTest::newRow("another descriptor") << Bytes{0xE2, 0x04, 1};
    QTest::newRow("another type") << Bytes{0xE0, 0x03, 1};
    QTest::newRow("no padding octet") << Bytes{0xE0, 0x24};
    QTest::newRow("more padding than bits") << Bytes{0xE0, 0x24, 1};
    QTest::newRow("absurd padding") << Bytes{0xE0, 0x24, 0, 0, 9};
    QTest::newRow("unknown token") << single(bits("10111110 0000000"));
    QTest::newRow("cut literal") << single(bits("0 0100"));
    QTest::newRow("cut distance") << single(bits("0 01000001 10001 00"));
    QTest::newRow("cut length") << single(bits("0 01000001 10001 00001 11"));
    QTest::newRow("no length") << single(bits("0 01000001 10001 00001"));
    QTest::newRow("before the beginning") << single(bits("0 01000001 10001 00010 0"));
    QTest::newRow("endless length") << single(
        bits("0 01000001 10001 00001 11111111 11111111 11111111 11111111 0 00000000 00000000 00000000"));
    QTest::newRow("cut raw") << single(bits("10001 00000 000000000000010 0000000 01000001"));
    QTest::newRow("cut multipart header") << Bytes{0xE1, 1, 0, 1};
    QTest::newRow("missing segment") << Bytes{0xE1, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0x04, 1};
    QTest::newRow("segment beyond the end") << Bytes{0xE1, 1, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0x04, 1};
    QTest::newRow("less than announced") << Bytes{0xE1, 1, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0x04, 1};
    QTest::newRow("more than announced") << Bytes{0xE1, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x04, 1};
    QTest::newRow("larger than allowed") << Bytes{0xE1, 1, 0, 0, 0, 0, 0x10, 2, 0, 0, 0, 0x04, 1};
}

void TestZgfx::refusesMalformed()
{
    QFETCH(Bytes, message);
    ZgfxDecoder decoder;
    Bytes out;
    QVERIFY(!decoder.decodeMessage(message, kLimit, out));
}

void TestZgfx::refusesWhatExceedsSegment()
{
    // 1 + 65534 octets fit, one more does not.
    const char* const fits = "0 01000001 10001 00001 11111111 1111110 111111111111110";
    const char* const exceeds = "0 01000001 10001 00001 11111111 1111110 111111111111111";
    ZgfxDecoder decoder;
    Bytes out;
    QVERIFY(decoder.decodeSegment(bits(fits), out));
    QCOMPARE(out.size(), std::size_t(65535));
    QVERIFY(!decoder.decodeSegment(bits(exceeds), out));
}

void TestZgfx::roundTrip_data()
{
    QTest::addColumn<bool>("isThorough");
    QTest::addColumn<bool>("isSelfContained");
    QTest::addColumn<int>("kind");
    for (const bool isThorough : {false, true}) {
        for (const bool isSelfContained : {false, true}) {
            for (const int kind : {0, 1, 2, 3}) {
                QTest::addRow("%s, %s, %d", isThorough ? "thorough" : "fast",
                    isSelfContained ? "self-contained" : "stream", kind)
                    << isThorough << isSelfContained << kind;
            }
        }
    }
}

void TestZgfx::roundTrip()
{
    QFETCH(bool, isThorough);
    QFETCH(bool, isSelfContained);
    QFETCH(int, kind);
    QRandomGenerator random(static_cast<quint32>(kind));
    ZgfxEncoder encoder(isSelfContained ? ZgfxEncoder::Scope::Segment : ZgfxEncoder::Scope::Stream);
    encoder.setEffort(isThorough ? ZgfxEncoder::Effort::Thorough : ZgfxEncoder::Effort::Fast);
    ZgfxDecoder decoder;
    // Enough to fill the window more than once.
    for (std::size_t total = 0; total < 9'000'000;) {
        const std::size_t size = 1 + random.bounded(random.bounded(8) == 0 ? 100U : 65535U);
        Bytes segment;
        if (kind == 0)
            segment = randomOctets(random, size, 256);
        else if (kind == 1)
            segment = Bytes(size, static_cast<std::uint8_t>(random.bounded(256)));
        else if (kind == 2)
            segment = randomOctets(random, size, 5);
        else
            segment = likePictures(random, size);
        Bytes coded{0x77};
        encoder.encode(segment, coded);
        QVERIFY(coded.size() <= segment.size() + 2);
        Bytes out;
        QVERIFY(decoder.decodeSegment(ByteView(coded).subspan(1), out));
        QVERIFY(out == segment);
        total += size;
    }
}

void TestZgfx::reachesBackThroughTheWholeHistory()
{
    QRandomGenerator random(1);
    const Bytes page = randomOctets(random, 60000, 256);
    ZgfxEncoder encoder;
    ZgfxDecoder decoder;
    std::size_t first = 0;
    std::size_t again = 0;
    for (int i = 0; i < 41; ++i) {
        const bool isPage = i == 0 || i == 40;
        const Bytes segment = isPage ? page : randomOctets(random, 60000, 256);
        Bytes coded;
        encoder.encode(segment, coded);
        Bytes out;
        QVERIFY(decoder.decodeSegment(coded, out));
        QVERIFY(out == segment);
        (i == 0 ? first : again) = coded.size();
    }
    QVERIFY(first > 60000);
    QVERIFY2(again < 200, qPrintable(QString::number(again)));
}

void TestZgfx::keepsSegmentsSelfContained()
{
    QRandomGenerator random(2);
    ZgfxEncoder encoder(ZgfxEncoder::Scope::Segment);
    const Bytes page = likePictures(random, 50000);
    for (int i = 0; i < 30; ++i) {
        Bytes coded;
        encoder.encode(page, coded);
        QVERIFY(coded.size() < page.size() / 2);
        ZgfxDecoder newcomer;
        Bytes out;
        QVERIFY(newcomer.decodeSegment(coded, out));
        QVERIFY(out == page);
    }
}

void TestZgfx::forgetsOnReset()
{
    QRandomGenerator random(3);
    ZgfxEncoder encoder;
    const Bytes page = likePictures(random, 50000);
    for (int i = 0; i < 3; ++i) {
        encoder.reset();
        ZgfxDecoder newcomer;
        for (int j = 0; j < 30; ++j) {
            Bytes coded;
            encoder.encode(page, coded);
            Bytes out;
            QVERIFY(newcomer.decodeSegment(coded, out));
            QVERIFY(out == page);
        }
    }
}

void TestZgfx::copiesWithoutEffort()
{
    QRandomGenerator random(4);
    const Bytes film = randomOctets(random, 40000, 256);
    const Bytes page = likePictures(random, 40000);
    ZgfxEncoder encoder;
    ZgfxDecoder decoder;
    for (const Bytes& segment : {film, page, film, page}) {
        const bool isFilm = segment == film;
        encoder.setEffort(isFilm ? ZgfxEncoder::Effort::None : ZgfxEncoder::Effort::Fast);
        Bytes coded;
        encoder.encode(segment, coded);
        QCOMPARE(coded.size() == segment.size() + 1, isFilm);
        Bytes out;
        QVERIFY(decoder.decodeSegment(coded, out));
        QVERIFY(out == segment);
    }
}

void TestZgfx::decodesMultipartMessages()
{
    Bytes message{0xE1, 2, 0, 5, 0, 0, 0, 4, 0, 0, 0, 0x04, 'A', 'B', 'C'};
    const Bytes second = bits("10001 00011 0");
    QCOMPARE(second.size(), std::size_t(4));
    message.insert(message.end(), {4, 0, 0, 0});
    message.insert(message.end(), second.begin(), second.end());
    message[3] = 6;
    ZgfxDecoder decoder;
    Bytes out{'x'};
    QVERIFY(decoder.decodeMessage(message, kLimit, out));
    QCOMPARE(out, textOf("xABCABC"));
}

QTEST_GUILESS_MAIN(TestZgfx)
#include "tst_zgfx.moc"
