#pragma once

#include <cstddef>
#include <cstdint>

namespace sightline {

/// What a sharing server does, over all its conferences. Sums are those of the conferences that there are
/// now.
struct SharingStatistics {
    std::size_t conferences = 0;
    std::size_t legs = 0;
    std::size_t viewersInStep = 0;
    std::size_t viewersStale = 0;
    std::size_t ledgerOctets = 0;
    std::uint64_t sentOctets = 0; ///< of graphics, to viewers
    double repairSeconds = 0; ///< spent on encoding what viewers have missed
    double lossPercent = 0; ///< of the packets to viewers, mean over their legs
    double roundTripSeconds = 0; ///< likewise
};

} // namespace sightline
