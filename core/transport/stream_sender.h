#pragma once

#include "core/transport/congestion_control.h"
#include "core/transport/packet_pacer.h"
#include "core/transport/rtcp_feedback.h"
#include "core/transport/rtp_packet.h"
#include "core/transport/rtt_estimator.h"
#include "core/transport/send_ledger.h"
#include "core/transport/send_queue.h"
#include "core/transport/stream_receiver.h"

namespace sightline {

/// The sending half of an RtpStream: octets and feedback in, packets out.
class StreamSender {
public:
    struct Config {
        std::uint64_t firstNumber = 0;
        std::size_t maxPacketSize = 1200;
        std::size_t sendBuffer = 256 * 1024;
        bool lossless = false;
    };

    explicit StreamSender(const Config& config);

    std::size_t write(ByteView data);
    std::size_t writableBytes() const;
    void finish() { m_queue.finish(); }
    bool isFinishAcknowledged() const { return m_queue.isFinishAcknowledged(); }

    /// False: it cannot come from a correct receiver; nothing has changed then.
    bool onFeedback(const RtcpFeedback& feedback, TimePoint now);

    struct Outgoing {
        std::uint64_t number = 0;
        SendQueue::Chunk chunk;
        bool wantsFeedback = false;
    };
    /// The next packet that may leave now. It counts as sent.
    std::optional<Outgoing> takePacket(TimePoint now);
    /// The octets of a packet that was taken just now.
    void readChunk(const SendQueue::Chunk& chunk, ByteSpan buffer) const { m_queue.read(chunk, buffer); }
    /// When takePacket() may have something by itself; TimePoint::max(): never.
    TimePoint nextTimeout() const;

    Duration roundTrip() const { return m_roundTrip.smoothed(); }
    Duration minRoundTrip() const { return m_congestion.minRoundTrip(); }
    double deliveryRate() const { return m_congestion.bandwidth(); }
    std::uint64_t bytesQueued() const { return m_queue.unsentBytes(); }
    std::uint64_t bytesInFlight() const { return m_ledger.bytesInFlight(); }
    std::uint64_t packetsLost() const { return m_packetsLost; }

private:
    struct Progress {
        std::uint64_t acknowledgedBytes = 0;
        std::optional<Duration> roundTrip;
        std::uint64_t newestNumber = 0;
    };

    bool isPlausible(const RtcpFeedback& feedback) const;
    void acknowledge(const RtcpFeedback& feedback, TimePoint now, Progress& progress);
    void onSpuriousLoss(std::uint64_t number, std::uint64_t largest);
    void detectLosses(TimePoint now);
    void updateCongestion(const Progress& progress, TimePoint now);

    std::optional<TimePoint> timerDeadline() const;
    void onTimer(TimePoint now);
    std::optional<SendQueue::Chunk> nextChunk() const;
    bool isWindowBlocked() const;
    Outgoing send(const SendQueue::Chunk& chunk, bool wantsFeedback, TimePoint now);

    Config m_config;
    std::size_t m_maxChunk;
    SendQueue m_queue;
    SendLedger m_ledger;
    RttEstimator m_roundTrip;
    DeliveryRate m_rate;
    CongestionControl m_congestion;
    PacketPacer m_pacer;
    std::uint64_t m_receiveLimit = StreamReceiver::kInitialReceiveLimit;
    std::uint64_t m_reorderThreshold;
    std::uint64_t m_packetsLost = 0;
    std::uint64_t m_lostBytes = 0; ///< that congestion control was not told of yet
    int m_probesWithoutNews = 0;
    int m_windowProbes = 0;
    TimePoint m_lastNews{};
    bool m_isProbeDue = false;
};

} // namespace sightline
