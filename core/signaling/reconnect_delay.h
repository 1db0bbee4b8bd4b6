#pragma once

#include <algorithm>
#include <chrono>

namespace sightline {

/// How long to wait before the next attempt: exponential back-off, capped, spread so that all clients of a
/// server that comes back do not come at the same moment. Pure.
class ReconnectDelay {
public:
    static constexpr std::chrono::milliseconds kFirst{400};
    static constexpr std::chrono::milliseconds kLongest{5'000};

    /// `random` is evenly spread in [0, 1): the pause is from half to one and a half of the nominal one.
    std::chrono::milliseconds next(double random)
    {
        const double nominal = static_cast<double>(m_nominal.count());
        m_nominal = std::min(2 * m_nominal, kLongest);
        return std::chrono::milliseconds(static_cast<long>(nominal * (0.5 + random)));
    }
    void reset() { m_nominal = kFirst; }

private:
    std::chrono::milliseconds m_nominal = kFirst;
};

} // namespace sightline
