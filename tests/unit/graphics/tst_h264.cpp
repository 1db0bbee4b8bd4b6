#include "core/graphics/h264_decoder.h"
#include "core/graphics/h264_encoder.h"
#include "tests/unit/graphics/test_pictures.h"

#include <QTest>

#include <array>

extern "C" {
#include <libavcodec/avcodec.h>
}

using namespace sightline;
using namespace std::chrono_literals;

class TestH264 : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsColors();
    void saysWhatColorsMean();
    void decodesEachPictureAtOnce();
    void keepsToTheRate();
    void refusesGarbage();
    void refusesAnotherSize();
};

namespace {

constexpr std::array<std::uint32_t, 8> kBars{
    0x000000, 0xFFFFFF, 0x808080, 0xFF0000, 0x00FF00, 0x0000FF, 0xC86432, 0x101010};

Picture bars()
{
    Picture picture(256, 64);
    for (std::size_t i = 0; i < kBars.size(); ++i)
        pictures::fill(picture, {static_cast<int>(i) * 32, 0, 32, 64}, kBars[i]);
    return picture;
}

Bytes encoded(H264Encoder& encoder, const Picture& picture, int number, bool isKey = false)
{
    const auto unit
        = encoder.encode(picture.view(), TimePoint(std::chrono::milliseconds(1000 + 33 * number)), isKey);
    return unit ? Bytes(unit->begin(), unit->end()) : Bytes();
}

} // namespace

void TestH264::keepsColors()
{
    auto encoder = H264Encoder::create({256, 64});
    auto decoder = H264Decoder::create({256, 64});
    QVERIFY(encoder && decoder);
    const auto decoded = (*decoder)->decode(encoded(**encoder, bars(), 0));
    QVERIFY(decoded);
    Picture shown(256, 64);
    drawYuv(*decoded, shown.rect(), shown.row(0), 256);
    for (std::size_t i = 0; i < kBars.size(); ++i) {
        const std::uint32_t color = shown.row(32)[i * 32 + 16];
        for (int shift = 0; shift < 24; shift += 8) {
            const int difference
                = static_cast<int>(color >> shift & 0xFF) - static_cast<int>(kBars[i] >> shift & 0xFF);
            QVERIFY2(std::abs(difference) <= 6, qPrintable(QString::number(color, 16)));
        }
    }
}

/// Or a browser takes black for dark grey.
void TestH264::saysWhatColorsMean()
{
    auto encoder = H264Encoder::create({256, 64});
    QVERIFY(encoder);
    Bytes unit = encoded(**encoder, bars(), 0);
    const auto size = static_cast<int>(unit.size());
    unit.resize(unit.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    AVCodecContext* context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_H264));
    context->flags |= AV_CODEC_FLAG_LOW_DELAY;
    context->thread_count = 1;
    AVPacket* packet = av_packet_alloc();
    AVFrame* frame = av_frame_alloc();
    packet->data = unit.data();
    packet->size = size;
    QCOMPARE(avcodec_open2(context, nullptr, nullptr), 0);
    QCOMPARE(avcodec_send_packet(context, packet), 0);
    QCOMPARE(avcodec_receive_frame(context, frame), 0);
    QCOMPARE(frame->color_range, AVCOL_RANGE_JPEG);
    QCOMPARE(frame->colorspace, AVCOL_SPC_BT709);
    av_frame_free(&frame);
    av_packet_free(&packet);
    avcodec_free_context(&context);
}

void TestH264::decodesEachPictureAtOnce()
{
    const Picture scenery = pictures::photo(500, 300, 1);
    auto encoder = H264Encoder::create({322, 202});
    auto decoder = H264Decoder::create({322, 202});
    auto latecomer = H264Decoder::create({322, 202});
    QVERIFY(encoder && decoder && latecomer);
    for (int i = 0; i < 20; ++i) {
        Picture picture(322, 202);
        pictures::blit(scenery, {5 * i, 3 * i, 322, 202}, picture, {0, 0});
        const Bytes unit = encoded(**encoder, picture, i, i == 15);
        QVERIFY((*decoder)->decode(unit));
        if (i >= 15)
            QVERIFY((*latecomer)->decode(unit));
    }
}

void TestH264::keepsToTheRate()
{
    constexpr std::int64_t kRate = 600'000;
    auto encoder = H264Encoder::create({322, 202});
    QVERIFY(encoder);
    (*encoder)->setRate(kRate);
    std::size_t octets = 0;
    for (int i = 0; i < 90; ++i) {
        const std::size_t one = encoded(**encoder, pictures::photo(322, 202, std::uint64_t(i), 20), i).size();
        QVERIFY(one > 0);
        octets += i < 30 ? 0 : one; // settled by then
    }
    QVERIFY2(octets * 8 < 2 * kRate * 3 / 2, qPrintable(QString::number(octets)));
}

void TestH264::refusesGarbage()
{
    auto decoder = H264Decoder::create({256, 64});
    QVERIFY(decoder);
    QVERIFY(!(*decoder)->decode({}));
    QVERIFY(!(*decoder)->decode(Bytes(5000, 0x55)));
    QVERIFY(!(*decoder)->decode(Bytes{0, 0, 0, 1, 0x65, 1, 2, 3}));
}

void TestH264::refusesAnotherSize()
{
    auto encoder = H264Encoder::create({256, 64});
    auto decoder = H264Decoder::create({128, 64});
    QVERIFY(encoder && decoder);
    QVERIFY(!(*decoder)->decode(encoded(**encoder, bars(), 0)));
    QVERIFY(!(*encoder)->encode(Picture(128, 64).view(), TimePoint(1s)));
}

QTEST_GUILESS_MAIN(TestH264)
#include "tst_h264.moc"
