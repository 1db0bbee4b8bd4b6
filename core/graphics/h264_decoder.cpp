#include "core/graphics/h264_decoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

#include <algorithm>

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

// The decoder measures its limit in rows of this many pixels.
constexpr int kAlignment = 64;

Error failure(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

std::int64_t aligned(int side)
{
    return (side + kAlignment - 1) / kAlignment * kAlignment;
}

} // namespace

class H264Decoder::Private {
public:
    Size size;
    std::unique_ptr<AVCodecContext, ContextDeleter> context;
    std::unique_ptr<AVFrame, FrameDeleter> frame;
    std::unique_ptr<AVPacket, PacketDeleter> packet;
    Bytes padded; ///< the decoder reads beyond the end
};

H264Decoder::H264Decoder(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

H264Decoder::~H264Decoder() = default;

Result<std::unique_ptr<H264Decoder>> H264Decoder::create(Size size)
{
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    auto d = std::make_unique<Private>();
    d->size = size;
    d->context.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
    d->frame.reset(av_frame_alloc());
    d->packet.reset(av_packet_alloc());
    if (!d->context || !d->frame || !d->packet)
        return failure("no h.264 decoder");
    d->context->thread_count = 1;
    d->context->flags |= AV_CODEC_FLAG_LOW_DELAY;
    d->context->max_pixels = aligned(size.width) * aligned(size.height);
    if (avcodec_open2(d->context.get(), codec, nullptr) < 0)
        return failure("the h.264 decoder does not start");
    return std::unique_ptr<H264Decoder>(new H264Decoder(std::move(d)));
}

Result<YuvView> H264Decoder::decode(ByteView accessUnit)
{
    Private& d = *m_d;
    d.padded.assign(accessUnit.begin(), accessUnit.end());
    d.padded.resize(accessUnit.size() + AV_INPUT_BUFFER_PADDING_SIZE);
    d.packet->data = d.padded.data();
    d.packet->size = static_cast<int>(accessUnit.size());
    if (avcodec_send_packet(d.context.get(), d.packet.get()) < 0
        || avcodec_receive_frame(d.context.get(), d.frame.get()) < 0)
        return failure("bad h.264 data");
    const AVFrame& frame = *d.frame;
    const bool isPlanar = frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUVJ420P;
    if (!isPlanar || frame.width != d.size.width || frame.height != d.size.height
        || frame.linesize[1] != frame.linesize[2] || frame.linesize[0] < frame.width
        || frame.linesize[1] < frame.width / 2)
        return failure("an h.264 picture of another kind");
    return YuvView{frame.data[0], frame.data[1], frame.data[2], frame.linesize[0], frame.linesize[1],
        frame.width, frame.height};
}

} // namespace sightline
