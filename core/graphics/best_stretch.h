#pragma once

#include <span>

namespace sightline {

/// The stretch of scores with the largest sum; empty when none is positive.
struct Stretch {
    int begin = 0;
    int end = 0;
    int sum = 0;
};

inline Stretch bestStretch(std::span<const int> scores)
{
    Stretch best;
    Stretch current;
    for (int i = 0; i < static_cast<int>(scores.size()); ++i) {
        if (current.sum <= 0)
            current = {i, i, 0};
        current.sum += scores[static_cast<std::size_t>(i)];
        current.end = i + 1;
        if (current.sum > best.sum)
            best = current;
    }
    return best;
}

} // namespace sightline
