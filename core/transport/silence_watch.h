#pragma once

#include "core/base/clock.h"

#include <algorithm>

namespace sightline {

/// How long the other side has been silent while we listened. Time in which this process did not run
/// (stopped, starved, the machine asleep) is nobody's silence: what was sent then may still wait in the
/// socket. Pure.
class SilenceWatch {
public:
    /// Ticks come oftener than this; what a late one is late by does not count.
    static constexpr Duration kLongestTick = std::chrono::seconds(1);

    void onReceived(TimePoint now)
    {
        m_silence = {};
        m_lastTick = now;
    }

    void onTick(TimePoint now)
    {
        m_silence += std::clamp(now - m_lastTick, Duration::zero(), kLongestTick);
        m_lastTick = now;
    }

    Duration silence() const { return m_silence; } ///< as of the last tick
    TimePoint lastTick() const { return m_lastTick; }

private:
    Duration m_silence{};
    TimePoint m_lastTick{};
};

} // namespace sightline
