#include "core/transport/rtcp_feedback.h"
#include "core/transport/rtp_packet.h"

#include <algorithm>
#include <cstdlib>

using namespace sightline;

namespace {

void checkRtp(ByteView packet)
{
    const auto parsed = RtpPacket::parse(packet);
    if (!parsed)
        return;
    if (parsed->data.size() + RtpPacket::kOverhead > packet.size())
        std::abort();
    Bytes octets(RtpPacket::kOverhead);
    parsed->writeHeaders(std::span(octets).first<RtpPacket::kOverhead>());
    octets.insert(octets.end(), parsed->data.begin(), parsed->data.end());
    const auto again = RtpPacket::parse(octets);
    if (!again || again->number != parsed->number || again->offset != parsed->offset
        || again->isEnd != parsed->isEnd || again->wantsFeedback != parsed->wantsFeedback
        || again->ssrc != parsed->ssrc || again->timestamp != parsed->timestamp
        || !std::ranges::equal(again->data, parsed->data))
        std::abort();
}

void checkRtcp(ByteView packet)
{
    const auto content = RtcpContent::parse(packet);
    if (!content || !content->feedback)
        return;
    const auto& feedback = *content->feedback;
    for (std::size_t i = 0; i < feedback.rangeCount; ++i) {
        const auto& range = feedback.ranges[i];
        if (range.begin >= range.end || (i > 0 && range.end >= feedback.ranges[i - 1].begin))
            std::abort();
    }
    const auto again = RtcpContent::parse(feedback.serialise());
    if (!again || !again->feedback || again->feedback->ranges != feedback.ranges
        || again->feedback->ages != feedback.ages || again->feedback->receiveLimit != feedback.receiveLimit
        || again->feedback->nextOffset != feedback.nextOffset || again->feedback->ssrc != feedback.ssrc)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView packet(data, size);
    // Whatever isRtcpPacket() says: each parser has to stand every packet.
    (void)isRtcpPacket(packet);
    checkRtp(packet);
    checkRtcp(packet);
    return 0;
}
