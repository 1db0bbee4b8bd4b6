#pragma once

#include "core/base/clock.h"
#include "core/transport/range_set.h"
#include "core/transport/rtcp_feedback.h"

#include <array>

namespace sightline {

/// Remembers which packets arrived and when, and decides when to tell the sender: every few packets, soon
/// after the first untold one, at once on a gap.
class AckTracker {
public:
    explicit AckTracker(bool lossless)
        : m_lossless(lossless)
        , m_threshold(minimumThreshold())
    {
    }

    /// False: it arrived before, or too long ago to tell.
    bool isNew(std::uint64_t number) const;
    void onPacket(std::uint64_t number, TimePoint now, bool urgent);
    /// Makes feedback due now, for a reason of the caller's.
    void requestFeedback() { m_deadline = TimePoint::min(); }

    /// When feedback is due; TimePoint::max() while there is nothing new to tell.
    TimePoint deadline() const { return m_deadline; }
    /// Fills in what is known of packets; they count as told.
    void fillFeedback(RtcpFeedback& feedback, TimePoint now);

    bool hasPackets() const { return !m_received.isEmpty(); }
    std::uint64_t largestNumber() const { return m_received.back().end - 1; } ///< only when hasPackets()

private:
    struct Arrival {
        std::uint64_t number = 0;
        TimePoint time{};
    };

    int minimumThreshold() const;
    void trim();
    void adaptThreshold(TimePoint now);
    std::uint16_t ageOf(std::uint64_t number, TimePoint now) const;

    bool m_lossless;
    RangeSet m_received; ///< INVARIANT: at most RtcpFeedback::kMaxRanges ranges
    std::uint64_t m_floor = 0; ///< packets below are not tracked any more
    std::array<Arrival, RtcpFeedback::kMaxAges> m_arrivals{};
    std::uint64_t m_toldUpTo = 0; ///< one past the largest packet of the last feedback
    TimePoint m_deadline = TimePoint::max();
    TimePoint m_lastFeedback{};
    int m_untold = 0;
    int m_threshold;
};

} // namespace sightline
