#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>

namespace sightline {

/// Lets `burst` units through at once and `perSecond` in the long run.
class TokenBucket {
public:
    TokenBucket(double perSecond, double burst, TimePoint now)
        : m_perSecond(perSecond)
        , m_burst(burst)
        , m_level(burst)
        , m_filledAt(now)
    {
    }

    /// False when there is not that much left; then nothing is taken.
    bool take(double units, TimePoint now)
    {
        const std::chrono::duration<double> passed = now - m_filledAt;
        m_filledAt = now;
        m_level = std::min(m_burst, m_level + passed.count() * m_perSecond);
        if (m_level < units)
            return false;
        m_level -= units;
        return true;
    }

    void giveBack(double units) { m_level = std::min(m_burst, m_level + units); }

private:
    double m_perSecond;
    double m_burst;
    double m_level;
    TimePoint m_filledAt;
};

} // namespace sightline
