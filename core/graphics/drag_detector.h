#pragma once

#include "core/graphics/best_stretch.h"
#include "core/graphics/scroll_detector.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace sightline {

/// Finds one rectangle that was moved in both directions at once: a window that is dragged. As with
/// ScrollDetector, a move is a good guess and no promise. Keeps its memory between frames.
class DragDetector {
public:
    std::optional<Move> find(
        const PictureView& screen, const ReferencePicture& reference, std::span<const TileChange> changes);

private:
    struct Anchor {
        std::uint32_t hash = 0;
        Point at;
        int uses = 0; ///< how many places of the reference look like this
    };
    struct Vote {
        Point by;
        int count = 0;
    };

    void collectAnchors(const PictureView& screen, const PictureView& reference, const Rect& area);
    void addAnchor(std::uint32_t hash, Point at);
    Anchor* anchorOf(std::uint32_t hash);
    void searchRow(const PictureView& screen, const Rect& area, int y);
    void vote(Point by);
    Point winner() const;
    std::optional<Move> extent(
        const PictureView& screen, const PictureView& reference, const Rect& area, Point by);
    Stretch rows(const PictureView& screen, const PictureView& reference, const Rect& area, Point by);
    Stretch columns(const PictureView& screen, const PictureView& reference, const Rect& area, Point by);

    static constexpr std::size_t kAnchorPlaces = 2048; ///< more than twice as many as there are anchors
    static constexpr std::size_t kVotePlaces = 1024;
    std::vector<Anchor> m_anchors; ///< a hash table
    std::vector<std::uint64_t> m_known; ///< a bit for each value of the upper bits of a hash
    int m_anchorCount = 0;
    std::vector<Vote> m_votes; ///< a hash table
    int m_voteCount = 0;
    std::vector<int> m_scores;
    int m_failures = 0; ///< in a row
};

} // namespace sightline
