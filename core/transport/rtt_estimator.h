#pragma once

#include "core/base/clock.h"

namespace sightline {

/// Smoothed round trip and its variation (RFC 6298, RFC 9002 section 5), and the time-outs that follow from
/// them.
class RttEstimator {
public:
    explicit RttEstimator(bool lossless)
        : m_lossless(lossless)
    {
    }

    void addSample(Duration roundTrip);

    bool hasSample() const { return m_smoothed > Duration::zero(); }
    Duration smoothed() const { return m_smoothed; } ///< 0: unknown
    Duration variation() const { return m_variation; }

    /// A packet that was overtaken counts as lost when it was sent longer ago than this.
    Duration lossDelay() const;
    /// Without news for so long, the newest packets are probably lost: probe. Doubled by each probe before.
    Duration probeTimeout(int probesBefore) const;

private:
    bool m_lossless;
    Duration m_smoothed{};
    Duration m_variation{};
};

} // namespace sightline
