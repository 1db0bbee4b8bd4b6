#pragma once

#include "core/graphics/picture.h"
#include "core/graphics/tile_diff.h"

#include <span>
#include <vector>

namespace sightline {

/// How the changes of one frame are going to be sent. No two of its rectangles overlap.
struct FramePlan {
    struct Fill {
        std::uint32_t color = 0;
        Rect rect;
    };
    std::vector<Fill> fills;
    Rects lossless; ///< neighbouring tiles joined to strips
    Rects lossy; ///< each inside one tile
};

/// Decides by what each changed tile looks like: one colour, text and controls (lossless), or photo (lossy,
/// when allowed). When very much changes at once, dense text counts as photo too, and is made exact when the
/// screen rests.
class FramePlanner {
public:
    /// Valid until the next call.
    const FramePlan& plan(const PictureView& screen, std::span<const TileChange> changes, bool allowLossy);
    /// That of the last call.
    const FramePlan& last() const { return m_plan; }

private:
    struct Candidate {
        Rect box;
        int planarBytes = 0;
    };

    void addLossless(const Rect& box);

    FramePlan m_plan;
    std::vector<Candidate> m_candidates;
};

} // namespace sightline
