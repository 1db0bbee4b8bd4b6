#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace sightline {

/// One RTP packet of the reliable stream (RTP.md): the fixed header of RFC 3550 section 5.1 with payload type
/// 127 and marker 0 (MS-RTASPF 2.2.1), then our stream header, then octets of the stream.
struct RtpPacket {
    static constexpr std::uint8_t kPayloadType = 127;
    static constexpr std::size_t kHeaderSize = 12;
    static constexpr std::size_t kStreamHeaderSize = 8;
    static constexpr std::size_t kOverhead = kHeaderSize + kStreamHeaderSize;
    static constexpr unsigned kNumberBits = 24; ///< of a packet number that are on the wire
    static constexpr unsigned kOffsetBits = 48; ///< of a stream offset that are on the wire

    std::uint32_t ssrc = 0;
    std::uint32_t timestamp = 0; ///< 90 kHz
    std::uint64_t number
        = 0; ///< parsed: only the kNumberBits low bits; the 16 lowest are RTP's sequence number
    std::uint64_t offset = 0; ///< parsed: only the kOffsetBits low bits
    bool isEnd = false; ///< the stream ends behind these octets
    bool wantsFeedback = false; ///< the sender waits: acknowledge at once
    ByteView data; ///< borrowed

    /// Nothing when it is malformed or not one of ours.
    static std::optional<RtpPacket> parse(ByteView packet);
    /// Header and stream header, kOverhead octets, into `out`; `data` is the caller's to append.
    void writeHeaders(std::span<std::uint8_t, kOverhead> out) const;
};

/// RTP or RTCP on one port, told apart by the second octet (RFC 5761 section 4).
bool isRtcpPacket(ByteView packet);

/// The number whose low `bits` bits are `truncated` and that is nearest to `expected`.
std::uint64_t extendNumber(std::uint64_t truncated, unsigned bits, std::uint64_t expected);

} // namespace sightline
