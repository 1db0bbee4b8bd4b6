#include "core/graphics/scroll_detector.h"

#include "core/graphics/best_stretch.h"

#include <algorithm>
#include <array>
#include <bit>

// The changed area is cut into strips one tile wide, along the direction of movement. Lines that occur only
// once in a strip of the reference and turn up in another place of the same strip of the screen vote for the
// distance between the two. For the distance with the most votes it is counted what copying would save and
// break, line by line; the stretch of lines with the best balance is what moves. Strips side by side move
// together.

namespace sightline {

namespace {

constexpr int kTile = TileGrid::kTile;

// Below this, sending the pixels is as good.
constexpr long kSmallestChange = 8L * kTile * kTile;
constexpr int kSmallestGain = 4 * kTile; ///< in lines of one strip

// A few strips know the distance, so only these are hashed when nothing moves.
constexpr std::size_t kVoters = 6;
constexpr int kFewestLines = 24;
constexpr int kFewestVotes = 12;

constexpr int kFree = -1;
constexpr int kAmbiguous = -2;

Rect turned(Axis axis, const Rect& r)
{
    return axis == Axis::Rows ? r : Rect{r.y, r.x, r.height, r.width};
}

Point turned(Axis axis, Point p)
{
    return axis == Axis::Rows ? p : Point{p.y, p.x};
}

} // namespace

const std::vector<Move>& ScrollDetector::find(
    const PictureView& screen, const ReferencePicture& reference, std::span<const TileChange> changes)
{
    m_moves.clear();
    long area = 0;
    for (const TileChange& change : changes)
        area += change.box.area();
    if (area < kSmallestChange)
        return m_moves;
    find(Axis::Rows, screen, reference, changes);
    if (m_moves.empty())
        find(Axis::Columns, screen, reference, changes);
    return m_moves;
}

void ScrollDetector::find(Axis axis, const PictureView& screen, const ReferencePicture& reference,
    std::span<const TileChange> changes)
{
    collect(axis, reference.grid(), changes);
    joinNeighbours();
    const int distance = vote(axis, screen, reference.view());
    if (distance == 0)
        return;
    m_chosen.clear();
    for (Strip& strip : m_strips)
        m_chosen.push_back(&strip);
    hash(axis, screen, reference.view(), m_chosen);
    addMoves(axis, distance);
}

void ScrollDetector::collect(Axis axis, const TileGrid& grid, std::span<const TileChange> changes)
{
    m_strips.resize(static_cast<std::size_t>(axis == Axis::Rows ? grid.columns() : grid.rows()));
    for (Strip& strip : m_strips) {
        strip.changed = {};
        strip.isHashed = false;
    }
    for (const TileChange& change : changes) {
        const Rect box = turned(axis, change.box);
        Rect& changed = m_strips[static_cast<std::size_t>(box.x / kTile)].changed;
        changed = united(changed, box);
    }
}

/// Strips side by side become one area: without a gap between them, and with the same lines.
void ScrollDetector::joinNeighbours()
{
    for (std::size_t begin = 0; begin < m_strips.size();) {
        Rect all = m_strips[begin].changed;
        std::size_t end = begin + 1;
        while (!all.isEmpty() && end < m_strips.size() && !m_strips[end].changed.isEmpty())
            all = united(all, m_strips[end++].changed);
        for (std::size_t i = begin; i < end && !all.isEmpty(); ++i) {
            const Rect strip{static_cast<int>(i) * kTile, all.y, kTile, all.height};
            m_strips[i].changed = intersected(all, strip);
        }
        begin = end;
    }
}

void ScrollDetector::hash(
    Axis axis, const PictureView& screen, const PictureView& reference, std::span<Strip* const> strips)
{
    const auto isMissing = [](const Strip* strip) { return !strip->isHashed && !strip->changed.isEmpty(); };
    m_areas.clear();
    for (Strip* strip : strips) {
        if (isMissing(strip))
            m_areas.push_back({turned(axis, strip->changed), &strip->screen});
    }
    hashLines(axis, screen, kColorMask, m_areas);
    m_areas.clear();
    for (Strip* strip : strips) {
        if (isMissing(strip))
            m_areas.push_back({turned(axis, strip->changed), &strip->reference});
        strip->isHashed = true;
    }
    hashLines(axis, reference, ReferencePicture::kCompared, m_areas);
}

/// The distance by which most lines moved; 0 when there is none.
int ScrollDetector::vote(Axis axis, const PictureView& screen, const PictureView& reference)
{
    int longest = 0;
    std::size_t eligible = 0;
    for (const Strip& strip : m_strips) {
        longest = std::max(longest, strip.changed.height);
        eligible += strip.changed.height >= kFewestLines ? 1 : 0;
    }
    // Every so many of those that are long enough.
    const std::size_t step = eligible / kVoters + 1;
    std::size_t number = step / 2;
    m_chosen.clear();
    for (Strip& strip : m_strips) {
        if (strip.changed.height >= kFewestLines && number++ % step == 0)
            m_chosen.push_back(&strip);
    }
    hash(axis, screen, reference, m_chosen);
    m_votes.assign(static_cast<std::size_t>(2 * longest + 1), 0);
    for (const Strip* strip : m_chosen)
        voteOf(*strip, longest);
    const auto winner = std::max_element(m_votes.begin(), m_votes.end());
    return *winner >= kFewestVotes ? static_cast<int>(winner - m_votes.begin()) - longest : 0;
}

void ScrollDetector::voteOf(const Strip& strip, int longest)
{
    const std::size_t lines = strip.reference.size();
    m_candidates.assign(std::bit_ceil(2 * lines), {0, kFree});
    for (std::size_t i = 0; i < lines; ++i) {
        Candidate& found = candidate(strip.reference[i]);
        found = {strip.reference[i], found.line == kFree ? static_cast<int>(i) : kAmbiguous};
    }
    for (std::size_t i = 0; i < lines; ++i) {
        if (strip.screen[i] == strip.reference[i])
            continue;
        const Candidate& found = candidate(strip.screen[i]);
        if (found.line >= 0)
            ++m_votes[static_cast<std::size_t>(static_cast<int>(i) - found.line + longest)];
    }
}

/// The place of this hash in the table, or the free one where it belongs.
ScrollDetector::Candidate& ScrollDetector::candidate(std::uint32_t hash)
{
    const std::size_t mask = m_candidates.size() - 1;
    std::size_t at = (hash * 0x9E3779B1U >> 7) & mask;
    while (m_candidates[at].line != kFree && m_candidates[at].hash != hash)
        at = (at + 1) & mask;
    return m_candidates[at];
}

void ScrollDetector::addMoves(Axis axis, int distance)
{
    const auto isPart = [distance](const Strip& strip) {
        const auto lines = static_cast<int>(strip.screen.size());
        int gain = 0;
        for (int i = std::max(0, distance); i < lines + std::min(0, distance) && !strip.changed.isEmpty();
             ++i) {
            const std::uint32_t now = strip.screen[static_cast<std::size_t>(i)];
            gain += static_cast<int>(now != strip.reference[static_cast<std::size_t>(i)])
                - static_cast<int>(now != strip.reference[static_cast<std::size_t>(i - distance)]);
        }
        return gain > 0;
    };
    const auto end = m_strips.end();
    for (auto first = m_strips.begin(); first != end;) {
        first = std::find_if(first, end, isPart);
        // A strip without lines of its own in common with its neighbour begins a new area, too.
        const auto last = std::find_if(first, end, [&](const Strip& strip) {
            return !isPart(strip) || strip.changed.y != first->changed.y
                || strip.changed.height != first->changed.height;
        });
        if (first != last)
            addMove(axis, distance, {first, last});
        first = last;
    }
}

void ScrollDetector::addMove(Axis axis, int distance, std::span<const Strip> strips)
{
    const Rect& area = strips.front().changed;
    const int begin = std::max(0, distance);
    const int end = area.height + std::min(0, distance);
    m_scores.assign(static_cast<std::size_t>(end - begin), 0);
    for (const Strip& strip : strips) {
        for (int i = begin; i < end; ++i) {
            const std::uint32_t now = strip.screen[static_cast<std::size_t>(i)];
            m_scores[static_cast<std::size_t>(i - begin)]
                += static_cast<int>(now != strip.reference[static_cast<std::size_t>(i)])
                - static_cast<int>(now != strip.reference[static_cast<std::size_t>(i - distance)]);
        }
    }
    const Stretch stretch = bestStretch(m_scores);
    if (stretch.sum < kSmallestGain)
        return;
    const Rect target{area.x, area.y + begin + stretch.begin, strips.back().changed.right() - area.x,
        stretch.end - stretch.begin};
    const Rect source{target.x, target.y - distance, target.width, target.height};
    m_moves.push_back({turned(axis, source), turned(axis, Point{target.x, target.y})});
}

} // namespace sightline
