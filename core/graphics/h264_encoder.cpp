#include "core/graphics/h264_encoder.h"

#include "core/graphics/yuv_picture.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cstring>

namespace sightline {

namespace {

struct ContextDeleter {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FrameDeleter {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct PacketDeleter {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};

constexpr int kMillisecond = 1000; // of the time base

// Whatever the path carries: beyond this, more octets are not seen.
constexpr std::int64_t kHighestRate = 40'000'000;
constexpr std::int64_t kLowestRate = 200'000;
constexpr std::int64_t kFirstRate = 12'000'000;

// A picture may take this part of a second's octets, so that the one after it does not wait for it.
constexpr int kBufferParts = 8;

// A rate is changed only when it is off by more than this part: the encoder starts its books anew each time.
constexpr int kRateTolerance = 8;

// Larger ones get two slices, encoded at the same time, and the fastest search.
constexpr long kLargePicture = 1000L * 1000L;

Error failure(const char* what)
{
    return {ErrorCode::Internal, QLatin1StringView(what)};
}

void setUp(AVCodecContext& context, Size size)
{
    context.width = size.width;
    context.height = size.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.time_base = {1, kMillisecond};
    context.framerate = {30, 1};
    context.color_range = AVCOL_RANGE_JPEG;
    context.colorspace = AVCOL_SPC_BT709;
    context.color_primaries = AVCOL_PRI_BT709;
    context.color_trc = AVCOL_TRC_BT709;
    context.max_b_frames = 0;
    context.gop_size = 100'000; // key pictures come when they are asked for
    context.flags |= AV_CODEC_FLAG_LOW_DELAY;
    const bool isLarge = static_cast<long>(size.width) * size.height > kLargePicture;
    context.thread_count = isLarge ? 2 : 1;
    context.thread_type = FF_THREAD_SLICE;
    av_opt_set(context.priv_data, "preset", isLarge ? "ultrafast" : "veryfast", 0);
    av_opt_set(context.priv_data, "tune", "zerolatency", 0);
    av_opt_set(context.priv_data, "profile", "high", 0);
    av_opt_set(context.priv_data, "crf", "23", 0);
    av_opt_set(context.priv_data, "forced-idr", "1", 0);
    av_opt_set(context.priv_data, "x264-params", "scenecut=0:repeat-headers=1", 0);
}

void limitRate(AVCodecContext& context, std::int64_t rate)
{
    context.rc_max_rate = rate;
    context.rc_buffer_size = static_cast<int>(rate / kBufferParts);
}

} // namespace

class H264Encoder::Private {
public:
    std::unique_ptr<AVCodecContext, ContextDeleter> context;
    std::unique_ptr<AVFrame, FrameDeleter> frame;
    std::unique_ptr<AVPacket, PacketDeleter> packet;
    YuvPicture picture;
    TimePoint start{};
    bool isStarted = false;
    std::int64_t lastTime = -1;

    void point(const YuvView& view) const
    {
        // The encoder copies what it keeps, and writes to none of it.
        frame->data[0] = const_cast<std::uint8_t*>(view.y);
        frame->data[1] = const_cast<std::uint8_t*>(view.u);
        frame->data[2] = const_cast<std::uint8_t*>(view.v);
        frame->linesize[0] = static_cast<int>(view.lumaStride);
        frame->linesize[1] = static_cast<int>(view.chromaStride);
        frame->linesize[2] = static_cast<int>(view.chromaStride);
    }
};

H264Encoder::H264Encoder(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

H264Encoder::~H264Encoder() = default;

Result<std::unique_ptr<H264Encoder>> H264Encoder::create(Size size)
{
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (!codec)
        return failure("no h.264 encoder");
    auto d = std::make_unique<Private>();
    d->context.reset(avcodec_alloc_context3(codec));
    d->frame.reset(av_frame_alloc());
    d->packet.reset(av_packet_alloc());
    if (!d->context || !d->frame || !d->packet)
        return failure("no memory");
    setUp(*d->context, size);
    limitRate(*d->context, kFirstRate);
    if (avcodec_open2(d->context.get(), codec, nullptr) < 0)
        return failure("the h.264 encoder does not start");
    d->frame->format = AV_PIX_FMT_YUV420P;
    d->frame->width = size.width;
    d->frame->height = size.height;
    d->frame->color_range = AVCOL_RANGE_JPEG;
    return std::unique_ptr<H264Encoder>(new H264Encoder(std::move(d)));
}

void H264Encoder::setRate(std::int64_t bitsPerSecond)
{
    const std::int64_t rate = std::clamp(bitsPerSecond, kLowestRate, kHighestRate);
    const std::int64_t before = m_d->context->rc_max_rate;
    if (std::abs(rate - before) > before / kRateTolerance)
        limitRate(*m_d->context, rate);
}

Result<ByteView> H264Encoder::encode(const PictureView& picture, TimePoint time, bool isKey)
{
    Private& d = *m_d;
    if (picture.width != d.context->width || picture.height != d.context->height)
        return failure("a picture of another size");
    if (!std::exchange(d.isStarted, true))
        d.start = time;
    d.picture.assign(picture);
    d.point(d.picture.view());
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(time - d.start).count();
    d.lastTime = std::max<std::int64_t>(elapsed, d.lastTime + 1);
    d.frame->pts = d.lastTime;
    d.frame->pict_type = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    if (avcodec_send_frame(d.context.get(), d.frame.get()) < 0)
        return failure("the h.264 encoder failed");
    av_packet_unref(d.packet.get());
    if (avcodec_receive_packet(d.context.get(), d.packet.get()) < 0)
        return failure("the h.264 encoder gave nothing");
    return ByteView(d.packet->data, static_cast<std::size_t>(d.packet->size));
}

} // namespace sightline
