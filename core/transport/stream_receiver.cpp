#include "core/transport/stream_receiver.h"

namespace sightline {

bool StreamReceiver::onPacket(const RtpPacket& packet, TimePoint now)
{
    // The first packet tells where numbers begin: senders start below 2^16 (RTP.md).
    const auto number = m_acks.hasPackets()
        ? extendNumber(packet.number, RtpPacket::kNumberBits, m_acks.largestNumber() + 1)
        : packet.number;
    const auto offset = extendNumber(packet.offset, RtpPacket::kOffsetBits, m_buffer.nextOffset());

    switch (m_buffer.insert(offset, packet.data, packet.isEnd)) {
    case ReorderBuffer::Insertion::Contradiction:
        return false;
    case ReorderBuffer::Insertion::OutOfWindow:
    case ReorderBuffer::Insertion::TooFragmented:
        // Not acknowledged, so the sender repeats it; it may have missed how far it may go.
        m_acks.requestFeedback();
        return true;
    case ReorderBuffer::Insertion::Accepted:
        break;
    }
    if (m_acks.isNew(number))
        m_acks.onPacket(number, now, packet.wantsFeedback || packet.isEnd);
    else if (packet.wantsFeedback)
        m_acks.requestFeedback();
    return true;
}

std::size_t StreamReceiver::read(ByteSpan buffer)
{
    const auto size = m_buffer.read(buffer);
    // A sender that the window stopped hears of new room before the rest is read, but not for every octet.
    if (size > 0 && m_buffer.limit() - m_toldLimit >= m_capacity / 4)
        m_acks.requestFeedback();
    return size;
}

RtcpFeedback StreamReceiver::takeFeedback(TimePoint now)
{
    RtcpFeedback feedback;
    feedback.receiveLimit = m_toldLimit = m_buffer.limit();
    feedback.nextOffset = m_buffer.nextOffset();
    m_acks.fillFeedback(feedback, now);
    return feedback;
}

} // namespace sightline
