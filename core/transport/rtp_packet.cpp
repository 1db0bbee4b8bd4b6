#include "core/transport/rtp_packet.h"

#include <QtEndian>

namespace sightline {

namespace {

constexpr std::uint8_t kVersion = 2;
constexpr std::uint8_t kEndFlag = 0x01;
constexpr std::uint8_t kFeedbackFlag = 0x02;
constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << RtpPacket::kOffsetBits) - 1;

/// What is behind the header, CSRCs and extension, and without the padding (RFC 3550 section 5.1).
std::optional<ByteView> payloadOf(ByteView packet)
{
    const bool hasPadding = (packet[0] & 0x20) != 0;
    const bool hasExtension = (packet[0] & 0x10) != 0;
    std::size_t begin = RtpPacket::kHeaderSize + 4 * std::size_t{packet[0] & 0x0Fu};
    if (hasExtension) {
        if (packet.size() < begin + 4)
            return std::nullopt;
        begin += 4 + 4 * std::size_t{qFromBigEndian<quint16>(packet.data() + begin + 2)};
    }
    if (packet.size() < begin)
        return std::nullopt;
    auto payload = packet.subspan(begin);
    if (hasPadding) {
        if (payload.empty() || payload.back() == 0 || payload.back() > payload.size())
            return std::nullopt;
        payload = payload.first(payload.size() - payload.back());
    }
    return payload;
}

} // namespace

std::optional<RtpPacket> RtpPacket::parse(ByteView packet)
{
    if (packet.size() < kOverhead || packet[0] >> 6 != kVersion || packet[1] != kPayloadType)
        return std::nullopt;
    const auto payload = payloadOf(packet);
    if (!payload || payload->size() < kStreamHeaderSize)
        return std::nullopt;
    const auto* header = payload->data();
    if ((header[0] & ~(kEndFlag | kFeedbackFlag)) != 0)
        return std::nullopt;

    RtpPacket result;
    result.timestamp = qFromBigEndian<quint32>(packet.data() + 4);
    result.ssrc = qFromBigEndian<quint32>(packet.data() + 8);
    result.number = std::uint64_t{header[1]} << 16 | qFromBigEndian<quint16>(packet.data() + 2);
    result.offset = qFromBigEndian<quint64>(header) & kOffsetMask;
    result.isEnd = (header[0] & kEndFlag) != 0;
    result.wantsFeedback = (header[0] & kFeedbackFlag) != 0;
    result.data = payload->subspan(kStreamHeaderSize);
    return result;
}

void RtpPacket::writeHeaders(std::span<std::uint8_t, kOverhead> out) const
{
    out[0] = kVersion << 6;
    out[1] = kPayloadType;
    qToBigEndian(static_cast<quint16>(number), out.data() + 2);
    qToBigEndian(timestamp, out.data() + 4);
    qToBigEndian(ssrc, out.data() + 8);
    const std::uint64_t flags = (isEnd ? kEndFlag : 0u) | (wantsFeedback ? kFeedbackFlag : 0u);
    qToBigEndian<quint64>(
        flags << 56 | (number >> 16 & 0xFF) << 48 | (offset & kOffsetMask), out.data() + kHeaderSize);
}

bool isRtcpPacket(ByteView packet)
{
    return packet.size() >= 2 && packet[1] >= 192 && packet[1] <= 223;
}

std::uint64_t extendNumber(std::uint64_t truncated, unsigned bits, std::uint64_t expected)
{
    const std::uint64_t modulus = std::uint64_t{1} << bits;
    const std::uint64_t ahead = (truncated - expected) & (modulus - 1);
    const std::uint64_t behind = modulus - ahead;
    return ahead < modulus / 2 || expected < behind ? expected + ahead : expected - behind;
}

} // namespace sightline
