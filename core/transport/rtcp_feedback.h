#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/transport/range_set.h"

#include <array>
#include <optional>

namespace sightline {

/// What the receiving half of a reliable stream tells the sending half of its peer (RTP.md): which packets
/// arrived and how long ago (as RFC 8888 does), how much of the stream is complete, and how far the sender
/// may go. On the wire it is an RTCP APP packet (RFC 3550 section 6.7), name "SLFB", reduced size (RFC 5506).
struct RtcpFeedback {
    static constexpr std::size_t kMaxRanges = 32;
    static constexpr std::size_t kMaxAges = 32;
    static constexpr Duration kAgeUnit = std::chrono::microseconds(16);
    static constexpr std::uint16_t kAgeUnknown = 0xFFFF; ///< not received, or not known any more
    static constexpr std::uint16_t kAgeMax = 0xFFFE; ///< so old, or older

    std::uint32_t ssrc = 0; ///< of who sends the feedback
    std::uint64_t receiveLimit = 0; ///< octets from this stream offset on are not taken
    std::uint64_t nextOffset = 0; ///< every octet before it has arrived
    std::array<RangeSet::Range, kMaxRanges> ranges{}; ///< of packet numbers, descending
    std::size_t rangeCount = 0;
    std::array<std::uint16_t, kMaxAges>
        ages{}; ///< [i]: time from arrival of packet (largest - i) to this feedback
    std::size_t ageCount = 0;

    bool hasPackets() const { return rangeCount > 0; }
    std::uint64_t largestNumber() const { return ranges[0].end - 1; } ///< only when hasPackets()
    /// Nothing when the packet did not arrive or its time is not known.
    std::optional<Duration> ageOf(std::uint64_t number) const;

    Bytes serialise() const;
};

/// A whole RTCP packet, possibly a compound one (RFC 3550 section 6.1), parsed.
struct RtcpContent {
    std::optional<RtcpFeedback> feedback; ///< the last one in the compound; other RTCP packets are skipped

    /// Nothing when any part is malformed.
    static std::optional<RtcpContent> parse(ByteView packet);
};

} // namespace sightline
