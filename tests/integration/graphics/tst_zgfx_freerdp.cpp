#include "core/graphics/planar_encoder.h"
#include "core/graphics/zgfx_encoder.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <freerdp/codec/zgfx.h>

#include <cstdlib>
#include <memory>

using namespace sightline;

namespace {

struct ZgfxDeleter {
    void operator()(ZGFX_CONTEXT* context) const { zgfx_context_free(context); }
};
using ZgfxPtr = std::unique_ptr<ZGFX_CONTEXT, ZgfxDeleter>;

bool decodes(ZGFX_CONTEXT* decoder, Bytes segment, ByteView expected)
{
    segment.insert(segment.begin(), kZgfxSingle);
    BYTE* out = nullptr;
    UINT32 size = 0;
    if (zgfx_decompress(decoder, segment.data(), static_cast<UINT32>(segment.size()), &out, &size, 0) < 0)
        return false;
    const bool isEqual = size == expected.size() && std::equal(expected.begin(), expected.end(), out);
    std::free(out);
    return isEqual;
}

} // namespace

/// FreeRDP's decoder takes what our compressor makes, over more than its history.
class TestZgfxFreerdp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodesPictures_data();
    void decodesPictures();
};

void TestZgfxFreerdp::decodesPictures_data()
{
    QTest::addColumn<bool>("isThorough");
    QTest::addColumn<bool>("isSelfContained");
    QTest::newRow("fast") << false << false;
    QTest::newRow("thorough") << true << false;
    QTest::newRow("fast, self-contained") << false << true;
    QTest::newRow("thorough, self-contained") << true << true;
}

void TestZgfxFreerdp::decodesPictures()
{
    QFETCH(bool, isThorough);
    QFETCH(bool, isSelfContained);
    const ZgfxPtr decoder(zgfx_context_new(FALSE));
    QVERIFY(decoder);
    ZgfxEncoder encoder(isSelfContained ? ZgfxEncoder::Scope::Segment : ZgfxEncoder::Scope::Stream);
    encoder.setEffort(isThorough ? ZgfxEncoder::Effort::Thorough : ZgfxEncoder::Effort::Fast);
    PlanarEncoder planar;
    std::size_t plain = 0;
    std::size_t coded = 0;
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        const Picture picture = pictures::desktop(1600, 900, seed);
        for (int y = 0; y < 900; y += 60) {
            const auto strip = planar.encode(picture.view().part({0, y, 1600, 60}));
            for (std::size_t at = 0; at < strip.size(); at += kZgfxSegment) {
                const auto segment = strip.subspan(at, std::min(kZgfxSegment, strip.size() - at));
                Bytes out;
                encoder.encode(segment, out);
                plain += segment.size();
                coded += out.size();
                QVERIFY(decodes(decoder.get(), out, segment));
            }
        }
    }
    QVERIFY2(coded < plain * 9 / 10, qPrintable(QString::number(coded)));
}

QTEST_GUILESS_MAIN(TestZgfxFreerdp)
#include "tst_zgfx_freerdp.moc"
