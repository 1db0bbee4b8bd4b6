#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <cstdint>

namespace sightline {

/// Of one relay, since it began unless they say "now".
struct RelayStatistics {
    int viewersInStep = 0; ///< now: nothing of theirs is stale
    int viewersStale = 0; ///< now
    std::size_t staleTiles = 0; ///< now, of all viewers
    std::size_t lossyTiles = 0; ///< now, of all viewers
    std::size_t ledgerBytes = 0; ///< now: memory of what is known about viewers
    std::size_t bankBytes = 0; ///< now: memory of encoded repairs
    std::size_t screenBytes = 0; ///< now: memory of surfaces, cache and output
    std::uint64_t framesIn = 0; ///< of sources
    std::uint64_t framesMissed = 0; ///< that were not relayed to a viewer, counted for each viewer
    std::uint64_t bytesRelayed = 0; ///< handed to outputs as they came from the sharer
    std::uint64_t bytesRepaired = 0; ///< handed to outputs as repairs
    std::uint64_t repairsShared = 0; ///< taken from the bank instead of encoded
    std::uint64_t repairsEncoded = 0;
    std::uint64_t refreshes = 0; ///< asked of sources
    Duration decodeTime{};
    Duration packTime{}; ///< compression of what is relayed
    Duration repairTime{}; ///< encoding of repairs
};

} // namespace sightline
