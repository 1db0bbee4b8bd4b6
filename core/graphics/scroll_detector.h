#pragma once

#include "core/graphics/line_hash.h"
#include "core/graphics/reference_picture.h"
#include "core/graphics/tile_diff.h"

#include <span>
#include <vector>

namespace sightline {

/// An area of the reference that shows up elsewhere on the screen.
struct Move {
    Rect source;
    Point to;

    Rect target() const { return {to.x, to.y, source.width, source.height}; }
    bool operator==(const Move&) const = default;
};

/// Finds what was scrolled, up or down, or else left or right. Keeps its memory between frames.
///
/// A move is a very good guess, not a promise: some of its lines may differ (a blinking cursor, a picture
/// that is animated). The caller moves the reference the same way and compares again, which makes the outcome
/// exact.
class ScrollDetector {
public:
    /// Moves by the same distance, side by side, so that none touches what another reads. Empty when copying
    /// would not save much. Valid until the next call.
    const std::vector<Move>& find(
        const PictureView& screen, const ReferencePicture& reference, std::span<const TileChange> changes);

private:
    /// One column of tiles (a row of tiles for Axis::Columns): what changed in it, and the hashes of its
    /// lines. Turned so that lines are always rows.
    struct Strip {
        Rect changed;
        bool isHashed = false;
        std::vector<std::uint32_t> screen;
        std::vector<std::uint32_t> reference;
    };
    struct Candidate {
        std::uint32_t hash = 0;
        int line = 0;
    };

    void find(Axis axis, const PictureView& screen, const ReferencePicture& reference,
        std::span<const TileChange> changes);
    void collect(Axis axis, const TileGrid& grid, std::span<const TileChange> changes);
    void joinNeighbours();
    void hash(
        Axis axis, const PictureView& screen, const PictureView& reference, std::span<Strip* const> strips);
    int vote(Axis axis, const PictureView& screen, const PictureView& reference);
    void voteOf(const Strip& strip, int longest);
    Candidate& candidate(std::uint32_t hash);
    void addMoves(Axis axis, int distance);
    void addMove(Axis axis, int distance, std::span<const Strip> strips);

    std::vector<Strip> m_strips;
    std::vector<Strip*> m_chosen;
    std::vector<HashedArea> m_areas;
    std::vector<Candidate> m_candidates; ///< a hash table of the reference's lines
    std::vector<int> m_votes; ///< by distance, the farthest upwards first
    std::vector<int> m_scores; ///< by line
    std::vector<Move> m_moves;
};

} // namespace sightline
