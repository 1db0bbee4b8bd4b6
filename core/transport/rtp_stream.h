#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace sightline {

/// The reliable stream of design.md D4, without any I/O, thread or clock of its own, so that it runs in a
/// simulator in virtual time as it runs on the network: stream offsets in the RTP payload, selective
/// acknowledgement by RTCP feedback, lost octets sent again in new packets, congestion control by delivery
/// rate, pacing.
///
/// The owner hands in what arrives and asks for what to send and when to come back. Not thread-safe.
class RtpStream {
public:
    struct Config {
        std::uint32_t localSsrc = 0;
        std::size_t maxPacketSize = 1200; ///< of an RTP or RTCP packet, without SRTP's trailer
        /// Octets that write() accepts beyond what was sent once. Less while the path is slow (what it
        /// carries in 50 ms, but 64 KiB), so that back-pressure reaches the writer before data is old.
        std::size_t sendBuffer = 256 * 1024;
        std::size_t receiveBuffer
            = 4 * 1024 * 1024; ///< octets held for reordering and for the reader; >= 64 KiB
        bool lossless = false; ///< under it is TCP: nothing is ever sent again because it seems late
        std::uint64_t randomSeed = 0; ///< of RTP's first sequence number and timestamp
        /// Instead of a random one below 2^15, which spares SRTP a wrap among its first packets (RFC
        /// 3711 3.3.1).
        std::optional<std::uint16_t> firstSequenceNumber;
    };

    struct Statistics {
        Duration roundTrip{};
        Duration minRoundTrip{};
        double deliveryRate = 0; ///< octets a second
        std::uint64_t bytesQueued = 0;
        std::uint64_t bytesInFlight = 0;
        std::uint64_t packetsSent = 0;
        std::uint64_t packetsLost = 0;
        std::uint64_t packetsMalformed = 0;
    };

    explicit RtpStream(const Config& config, TimePoint now);
    ~RtpStream();

    std::size_t write(ByteView data);
    std::size_t read(ByteSpan buffer);
    std::size_t readableBytes() const;
    std::size_t writableBytes() const;

    /// Everything written so far is followed by the end of the stream.
    void finish();
    /// The peer's end of stream was reached and everything before it was read.
    bool isPeerFinished() const;
    /// Our own end of stream was acknowledged.
    bool isFinishAcknowledged() const;

    /// Makes takePacket() yield one small RTCP packet although there is nothing to tell: a sign of life.
    void requestKeepalive();

    /// A decrypted RTP or RTCP packet (told apart as in RFC 5761 section 4). False: malformed, and counted.
    bool onPacket(ByteView packet, TimePoint now);

    struct Outgoing {
        Bytes packet;
        bool isRtcp = false; ///< protect with SRTCP
    };
    /// The next packet that may leave now; nothing: come back at nextTimeout(), or after any other call.
    std::optional<Outgoing> takePacket(TimePoint now);
    /// When takePacket() may have something although nothing arrives or is written until then; the past: now
    /// already, TimePoint::max(): never.
    TimePoint nextTimeout() const;

    Statistics statistics() const;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
