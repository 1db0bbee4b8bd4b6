#include "core/transport/rtp_stream.h"

#include "core/transport/rtcp_feedback.h"
#include "core/transport/rtp_packet.h"
#include "core/transport/stream_receiver.h"
#include "core/transport/stream_sender.h"

#include <algorithm>
#include <random>

namespace sightline {

namespace {

// SRTP's tag and SRTCP's index are appended without moving the packet.
constexpr std::size_t kTrailerReserve = 64;
constexpr std::size_t kMinPacketSize = 256;

using RtpTicks = std::chrono::duration<std::int64_t, std::ratio<1, 90000>>;

std::size_t receiveCapacity(const RtpStream::Config& config)
{
    return std::max(config.receiveBuffer, static_cast<std::size_t>(StreamReceiver::kInitialReceiveLimit));
}

StreamSender::Config senderConfig(const RtpStream::Config& config, std::uint64_t random)
{
    return {
        .firstNumber = config.firstSequenceNumber.value_or(static_cast<std::uint16_t>(random & 0x7FFF)),
        .maxPacketSize = std::max(config.maxPacketSize, kMinPacketSize),
        .sendBuffer = config.sendBuffer,
        .lossless = config.lossless,
    };
}

} // namespace

class RtpStream::Private {
public:
    Private(const Config& config, TimePoint now, std::uint64_t random)
        : m_ssrc(config.localSsrc)
        , m_timestamp(static_cast<std::uint32_t>(random >> 32))
        , m_start(now)
        , m_sender(senderConfig(config, random))
        , m_receiver(receiveCapacity(config), config.lossless)
    {
    }

    bool onPacket(ByteView packet, TimePoint now)
    {
        return isRtcpPacket(packet) ? onRtcp(packet, now) : onRtp(packet, now);
    }
    std::optional<Outgoing> takePacket(TimePoint now);

    StreamSender& sender() { return m_sender; }
    StreamReceiver& receiver() { return m_receiver; }
    void countMalformed() { ++m_malformed; }
    void fillCounters(Statistics& statistics) const
    {
        statistics.packetsSent = m_packetsSent;
        statistics.packetsMalformed = m_malformed;
    }

private:
    bool onRtp(ByteView packet, TimePoint now);
    bool onRtcp(ByteView packet, TimePoint now);
    bool isFromPeer(std::uint32_t ssrc) { return m_peerSsrc.value_or(ssrc) == ssrc; }
    Bytes serialise(const StreamSender::Outgoing& outgoing, TimePoint now) const;

    std::uint32_t m_ssrc;
    std::uint32_t m_timestamp; ///< of m_start
    TimePoint m_start;
    std::optional<std::uint32_t> m_peerSsrc;
    StreamSender m_sender;
    StreamReceiver m_receiver;
    std::uint64_t m_packetsSent = 0;
    std::uint64_t m_malformed = 0;
};

bool RtpStream::Private::onRtp(ByteView packet, TimePoint now)
{
    const auto parsed = RtpPacket::parse(packet);
    if (!parsed || !isFromPeer(parsed->ssrc) || !m_receiver.onPacket(*parsed, now))
        return false;
    m_peerSsrc = parsed->ssrc;
    return true;
}

bool RtpStream::Private::onRtcp(ByteView packet, TimePoint now)
{
    const auto content = RtcpContent::parse(packet);
    if (!content)
        return false;
    if (!content->feedback)
        return true;
    if (!isFromPeer(content->feedback->ssrc) || !m_sender.onFeedback(*content->feedback, now))
        return false;
    m_peerSsrc = content->feedback->ssrc;
    return true;
}

std::optional<RtpStream::Outgoing> RtpStream::Private::takePacket(TimePoint now)
{
    if (now >= m_receiver.feedbackDeadline()) {
        auto feedback = m_receiver.takeFeedback(now);
        feedback.ssrc = m_ssrc;
        ++m_packetsSent;
        return Outgoing{feedback.serialise(), true};
    }
    const auto outgoing = m_sender.takePacket(now);
    if (!outgoing)
        return std::nullopt;
    ++m_packetsSent;
    return Outgoing{serialise(*outgoing, now), false};
}

Bytes RtpStream::Private::serialise(const StreamSender::Outgoing& outgoing, TimePoint now) const
{
    RtpPacket packet;
    packet.ssrc = m_ssrc;
    packet.timestamp = m_timestamp
        + static_cast<std::uint32_t>(std::chrono::duration_cast<RtpTicks>(now - m_start).count());
    packet.number = outgoing.number;
    packet.offset = outgoing.chunk.offset;
    packet.isEnd = outgoing.chunk.isEnd;
    packet.wantsFeedback = outgoing.wantsFeedback;

    const auto size = RtpPacket::kOverhead + outgoing.chunk.size;
    Bytes octets;
    octets.reserve(size + kTrailerReserve);
    octets.resize(size);
    packet.writeHeaders(std::span(octets).first<RtpPacket::kOverhead>());
    m_sender.readChunk(outgoing.chunk, std::span(octets).subspan(RtpPacket::kOverhead));
    return octets;
}

RtpStream::RtpStream(const Config& config, TimePoint now)
    : m_d(std::make_unique<Private>(config, now, std::mt19937_64(config.randomSeed)()))
{
}

RtpStream::~RtpStream() = default;

std::size_t RtpStream::write(ByteView data)
{
    return m_d->sender().write(data);
}

std::size_t RtpStream::read(ByteSpan buffer)
{
    return m_d->receiver().read(buffer);
}

std::size_t RtpStream::readableBytes() const
{
    return m_d->receiver().readableBytes();
}

std::size_t RtpStream::writableBytes() const
{
    return m_d->sender().writableBytes();
}

void RtpStream::finish()
{
    m_d->sender().finish();
}

bool RtpStream::isPeerFinished() const
{
    return m_d->receiver().isFinished();
}

bool RtpStream::isFinishAcknowledged() const
{
    return m_d->sender().isFinishAcknowledged();
}

void RtpStream::requestKeepalive()
{
    m_d->receiver().requestFeedback();
}

bool RtpStream::onPacket(ByteView packet, TimePoint now)
{
    const bool isGood = m_d->onPacket(packet, now);
    if (!isGood)
        m_d->countMalformed();
    return isGood;
}

std::optional<RtpStream::Outgoing> RtpStream::takePacket(TimePoint now)
{
    return m_d->takePacket(now);
}

TimePoint RtpStream::nextTimeout() const
{
    return std::min(m_d->receiver().feedbackDeadline(), m_d->sender().nextTimeout());
}

RtpStream::Statistics RtpStream::statistics() const
{
    auto& sender = m_d->sender();
    Statistics statistics;
    statistics.roundTrip = sender.roundTrip();
    statistics.minRoundTrip = sender.minRoundTrip();
    statistics.deliveryRate = sender.deliveryRate();
    statistics.bytesQueued = sender.bytesQueued();
    statistics.bytesInFlight = sender.bytesInFlight();
    statistics.packetsLost = sender.packetsLost();
    m_d->fillCounters(statistics);
    return statistics;
}

} // namespace sightline
