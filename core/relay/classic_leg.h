#pragma once

#include "core/base/clock.h"
#include "core/graphics/tile_grid.h"
#include "core/relay/relay_output.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace sightline {

/// One viewer without a graphics channel: which tiles of the output it lacks, and what is under way. Pure.
class ClassicLeg {
public:
    explicit ClassicLeg(std::shared_ptr<RelayOutput> output);

    /// All is to be painted, on an output that may have another size.
    void restart()
    {
        m_grid = {};
        m_underWay.clear();
    }
    void changed(const Rects& dirty);
    void acknowledged(std::uint32_t frame);
    bool isStale() const { return m_stale > 0 || m_grid.size.isEmpty(); }
    int staleTiles() const { return m_stale; }
    /// Paints what the path takes, if it takes anything. `frames` counts.
    bool paint(const PictureView& output, std::uint32_t& frames);

private:
    std::shared_ptr<RelayOutput> m_output;
    TileGrid m_grid;
    std::vector<bool> m_isStale; ///< by tile
    int m_stale = 0;
    int m_next = 0; ///< where the last paint ended
    std::deque<std::uint32_t> m_underWay;
};

} // namespace sightline
