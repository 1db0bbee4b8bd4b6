#pragma once

#include "core/base/clock.h"

#include <array>

namespace sightline {

/// The largest of the values of a sliding window of time, in constant space (Nichols' windowed max): keeps
/// the best three, each younger than the one before.
class BandwidthFilter {
public:
    void update(double value, TimePoint now, Duration window);
    double maximum() const { return m_best[0].value; } ///< 0 while there is none

private:
    struct Entry {
        double value = 0;
        TimePoint time{};
    };

    std::array<Entry, 3> m_best{}; ///< INVARIANT: values fall, times rise
};

} // namespace sightline
