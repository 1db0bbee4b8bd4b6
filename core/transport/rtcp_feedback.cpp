#include "core/transport/rtcp_feedback.h"

#include <QtEndian>

#include <algorithm>

namespace sightline {

namespace {

constexpr std::uint8_t kAppPacketType = 204;
constexpr std::uint8_t kSubtype = 1;
constexpr std::uint32_t kName = 0x534C4642; // "SLFB"
constexpr std::size_t kRtcpHeaderSize = 4;
constexpr std::size_t kFixedSize = 40;

std::size_t bodySize(std::size_t rangeCount, std::size_t ageCount)
{
    return (kFixedSize + 4 * rangeCount + 2 * ageCount + 3) / 4 * 4;
}

bool parseRanges(const std::uint8_t* at, std::uint64_t largest, RtcpFeedback& feedback)
{
    auto end = largest + 1;
    if (end == 0)
        return false;
    for (std::size_t i = 0; i < feedback.rangeCount; ++i, at += 4) {
        const std::uint64_t gap = qFromBigEndian<quint16>(at);
        const std::uint64_t length = qFromBigEndian<quint16>(at + 2);
        // Ranges are disjoint and not adjacent: the first has no gap, each other has one.
        if ((gap == 0) != (i == 0) || length == 0 || gap + length > end)
            return false;
        end -= gap;
        feedback.ranges[i] = {end - length, end};
        end -= length;
    }
    return true;
}

std::optional<RtcpFeedback> parseFeedback(ByteView packet)
{
    if (packet.size() < kFixedSize)
        return std::nullopt;
    RtcpFeedback feedback;
    feedback.ssrc = qFromBigEndian<quint32>(packet.data() + 4);
    feedback.receiveLimit = qFromBigEndian<quint64>(packet.data() + 12);
    feedback.nextOffset = qFromBigEndian<quint64>(packet.data() + 20);
    const auto largest = qFromBigEndian<quint64>(packet.data() + 28);
    feedback.rangeCount = packet[36];
    feedback.ageCount = packet[37];
    if (feedback.rangeCount > RtcpFeedback::kMaxRanges || feedback.ageCount > RtcpFeedback::kMaxAges
        || packet.size() != bodySize(feedback.rangeCount, feedback.ageCount)
        || feedback.nextOffset > feedback.receiveLimit)
        return std::nullopt;
    const auto* at = packet.data() + kFixedSize;
    if (feedback.rangeCount > 0 && !parseRanges(at, largest, feedback))
        return std::nullopt;
    at += 4 * feedback.rangeCount;
    for (std::size_t i = 0; i < feedback.ageCount; ++i)
        feedback.ages[i] = qFromBigEndian<quint16>(at + 2 * i);
    return feedback;
}

bool isFeedback(ByteView packet)
{
    return packet[1] == kAppPacketType && (packet[0] & 0x1F) == kSubtype && packet.size() >= 12
        && qFromBigEndian<quint32>(packet.data() + 8) == kName;
}

/// Strips the padding that only the last packet of a compound may have.
std::optional<ByteView> withoutPadding(ByteView packet, bool isLast)
{
    if ((packet[0] & 0x20) == 0)
        return packet;
    if (!isLast || packet.back() == 0 || packet.back() % 4 != 0
        || packet.back() > packet.size() - kRtcpHeaderSize)
        return std::nullopt;
    return packet.first(packet.size() - packet.back());
}

} // namespace

std::optional<Duration> RtcpFeedback::ageOf(std::uint64_t number) const
{
    if (!hasPackets() || number > largestNumber())
        return std::nullopt;
    const auto index = largestNumber() - number;
    if (index >= ageCount || ages[index] == kAgeUnknown)
        return std::nullopt;
    return ages[index] * kAgeUnit;
}

Bytes RtcpFeedback::serialise() const
{
    Bytes out(bodySize(rangeCount, ageCount));
    out[0] = 2 << 6 | kSubtype;
    out[1] = kAppPacketType;
    qToBigEndian(static_cast<quint16>(out.size() / 4 - 1), out.data() + 2);
    qToBigEndian(ssrc, out.data() + 4);
    qToBigEndian(kName, out.data() + 8);
    qToBigEndian<quint64>(receiveLimit, out.data() + 12);
    qToBigEndian<quint64>(nextOffset, out.data() + 20);
    qToBigEndian<quint64>(hasPackets() ? largestNumber() : 0, out.data() + 28);
    out[36] = static_cast<std::uint8_t>(rangeCount);
    out[37] = static_cast<std::uint8_t>(ageCount);
    auto* at = out.data() + kFixedSize;
    for (std::size_t i = 0; i < rangeCount; ++i, at += 4) {
        const auto gap = i == 0 ? 0 : ranges[i - 1].begin - ranges[i].end;
        qToBigEndian(static_cast<quint16>(gap), at);
        qToBigEndian(static_cast<quint16>(ranges[i].end - ranges[i].begin), at + 2);
    }
    for (std::size_t i = 0; i < ageCount; ++i)
        qToBigEndian(ages[i], at + 2 * i);
    return out;
}

std::optional<RtcpContent> RtcpContent::parse(ByteView packet)
{
    RtcpContent content;
    if (packet.empty())
        return std::nullopt;
    while (!packet.empty()) {
        if (packet.size() < kRtcpHeaderSize || packet[0] >> 6 != 2)
            return std::nullopt;
        const auto size = 4 * (std::size_t{qFromBigEndian<quint16>(packet.data() + 2)} + 1);
        if (size > packet.size())
            return std::nullopt;
        const auto part = withoutPadding(packet.first(size), size == packet.size());
        if (!part)
            return std::nullopt;
        if (isFeedback(*part)) {
            content.feedback = parseFeedback(*part);
            if (!content.feedback)
                return std::nullopt;
        }
        packet = packet.subspan(size);
    }
    return content;
}

} // namespace sightline
