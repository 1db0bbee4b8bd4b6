#pragma once

#include "core/base/clock.h"
#include "core/transport/ack_tracker.h"
#include "core/transport/reorder_buffer.h"
#include "core/transport/rtp_packet.h"

namespace sightline {

/// The receiving half of an RtpStream: packets in, octets in order and feedback for the sender out.
class StreamReceiver {
public:
    /// A sender may send so much before it hears otherwise (RTP.md).
    static constexpr std::uint64_t kInitialReceiveLimit = 64 * 1024;

    /// `bufferSize` >= kInitialReceiveLimit.
    StreamReceiver(std::size_t bufferSize, bool lossless)
        : m_capacity(bufferSize)
        , m_buffer(bufferSize)
        , m_acks(lossless)
    {
    }

    /// False: it cannot come from a correct sender.
    bool onPacket(const RtpPacket& packet, TimePoint now);
    std::size_t read(ByteSpan buffer);
    std::size_t readableBytes() const { return m_buffer.readableBytes(); }
    bool isFinished() const { return m_buffer.isAtEnd(); }

    void requestFeedback() { m_acks.requestFeedback(); }
    /// When feedback is due; TimePoint::min(): at once, TimePoint::max(): not.
    TimePoint feedbackDeadline() const { return m_acks.deadline(); }
    RtcpFeedback takeFeedback(TimePoint now);

private:
    std::size_t m_capacity;
    ReorderBuffer m_buffer;
    AckTracker m_acks;
    std::uint64_t m_toldLimit = kInitialReceiveLimit;
};

} // namespace sightline
