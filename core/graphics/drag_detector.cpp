#include "core/graphics/drag_detector.h"

#include <algorithm>
#include <bit>

// Short pieces of rows, taken here and there from the reference, are anchors. A hash that rolls over every
// row of the screen finds where they are now, and each that is found votes for a distance. For the best one
// it is counted, row by row and then column by column, what copying would make right and what wrong.

namespace sightline {

namespace {

constexpr int kTile = TileGrid::kTile;
constexpr long kSmallestChange = 8L * kTile * kTile;
constexpr long kLargestParts = 4; ///< all but one of so many parts of the screen
constexpr int kSmallestGain = 4 * kTile * kTile; ///< in pixels

constexpr int kLength = 16; ///< of an anchor, in pixels
constexpr int kAnchorsPerSide = 30;
constexpr int kFewestAnchors = 12;
constexpr int kFewestColors = 3; ///< changes of colour within an anchor

// After so many frames without a move in a row, only every so many are searched.
constexpr int kPatience = 4;
constexpr int kSearchEvery = 4;

constexpr std::uint32_t kFactor = 0x01000193;
constexpr int kKnownBits = 14;

constexpr std::uint32_t power(std::uint32_t base, int exponent)
{
    std::uint32_t result = 1;
    for (int i = 0; i < exponent; ++i)
        result *= base;
    return result;
}

constexpr std::uint32_t kLeaving = power(kFactor, kLength);

std::uint32_t mixed(std::uint32_t pixel)
{
    return (pixel ^ pixel >> 15) * 0x85EBCA6BU;
}

std::uint32_t hashOf(const std::uint32_t* pixels, std::uint32_t mask)
{
    std::uint32_t hash = 0;
    for (int i = 0; i < kLength; ++i)
        hash = hash * kFactor + mixed(pixels[i] & mask);
    return hash;
}

std::uint32_t spread(std::uint32_t hash)
{
    return hash * 0x9E3779B1U;
}

int colorChanges(const std::uint32_t* pixels)
{
    int changes = 0;
    for (int i = 1; i < kLength; ++i)
        changes += ((pixels[i] ^ pixels[i - 1]) & kColorMask) != 0 ? 1 : 0;
    return changes;
}

/// What copying from `source` does for pixels that are `now` on the screen and `before` at the viewer.
void addScores(const std::uint32_t* now, const std::uint32_t* before, const std::uint32_t* source, int count,
    int* scores)
{
    for (int i = 0; i < count; ++i) {
        const std::uint32_t color = now[i] & kColorMask;
        const int isRight = color == (source[i] & ReferencePicture::kCompared) ? 1 : 0;
        const int wasRight = color == (before[i] & ReferencePicture::kCompared) ? 1 : 0;
        scores[i] += isRight - wasRight;
    }
}

} // namespace

std::optional<Move> DragDetector::find(
    const PictureView& screen, const ReferencePicture& reference, std::span<const TileChange> changes)
{
    Rect area;
    long changed = 0;
    for (const TileChange& change : changes) {
        area = united(area, change.box);
        changed += change.box.area();
    }
    // What nearly fills the screen is not dragged, and would take longest to search.
    const bool isTooLarge
        = area.area() * kLargestParts > reference.grid().picture().area() * (kLargestParts - 1);
    if (changed < kSmallestChange || changed < area.area() / 4 || isTooLarge)
        return std::nullopt;
    if (m_failures >= kPatience && m_failures++ % kSearchEvery != 0)
        return std::nullopt;
    collectAnchors(screen, reference.view(), area);
    std::optional<Move> move;
    if (m_anchorCount >= kFewestAnchors) {
        m_votes.assign(kVotePlaces, {});
        m_voteCount = 0;
        for (int y = area.y; y < area.bottom(); ++y)
            searchRow(screen, area, y);
        const Point by = winner();
        if (by != Point{})
            move = extent(screen, reference.view(), area, by);
    }
    m_failures = move ? 0 : m_failures + 1;
    return move;
}

void DragDetector::collectAnchors(const PictureView& screen, const PictureView& reference, const Rect& area)
{
    m_anchors.assign(kAnchorPlaces, {});
    m_known.assign((std::size_t(1) << kKnownBits) / 64, 0);
    m_anchorCount = 0;
    const int stepX = std::max(kLength, area.width / kAnchorsPerSide);
    const int stepY = std::max(4, area.height / kAnchorsPerSide);
    for (int y = area.y + stepY / 2; y < area.bottom(); y += stepY) {
        for (int x = area.x; x + kLength <= area.right(); x += stepX) {
            const std::uint32_t* const pixels = reference.row(y) + x;
            if (colorChanges(pixels) < kFewestColors)
                continue;
            const std::uint32_t hash = hashOf(pixels, ReferencePicture::kCompared);
            if (hash != hashOf(screen.row(y) + x, kColorMask))
                addAnchor(hash, {x, y});
        }
    }
}

void DragDetector::addAnchor(std::uint32_t hash, Point at)
{
    std::size_t place = spread(hash) >> 21;
    while (m_anchors[place].uses != 0 && m_anchors[place].hash != hash)
        place = (place + 1) % kAnchorPlaces;
    Anchor& anchor = m_anchors[place];
    anchor = {hash, at, anchor.uses + 1};
    const std::uint32_t bit = spread(hash) >> (32 - kKnownBits);
    m_known[bit / 64] |= std::uint64_t(1) << bit % 64;
    ++m_anchorCount;
}

DragDetector::Anchor* DragDetector::anchorOf(std::uint32_t hash)
{
    const std::uint32_t bit = spread(hash) >> (32 - kKnownBits);
    if ((m_known[bit / 64] >> bit % 64 & 1) == 0)
        return nullptr;
    std::size_t place = spread(hash) >> 21;
    while (m_anchors[place].uses != 0 && m_anchors[place].hash != hash)
        place = (place + 1) % kAnchorPlaces;
    return m_anchors[place].uses == 1 ? &m_anchors[place] : nullptr;
}

void DragDetector::searchRow(const PictureView& screen, const Rect& area, int y)
{
    if (area.width < kLength)
        return;
    const std::uint32_t* const row = screen.row(y);
    std::uint32_t hash = hashOf(row + area.x, kColorMask);
    for (int x = area.x;; ++x) {
        if (const Anchor* const anchor = anchorOf(hash))
            vote({x - anchor->at.x, y - anchor->at.y});
        if (x + kLength == area.right())
            return;
        hash = hash * kFactor + mixed(row[x + kLength] & kColorMask) - kLeaving * mixed(row[x] & kColorMask);
    }
}

void DragDetector::vote(Point by)
{
    if (by == Point{})
        return;
    std::size_t place = spread(static_cast<std::uint32_t>(by.y * 65536 + by.x)) >> 22;
    while (m_votes[place].count != 0 && m_votes[place].by != by)
        place = (place + 1) % kVotePlaces;
    if (m_votes[place].count == 0) {
        if (m_voteCount == kVotePlaces / 2)
            return;
        ++m_voteCount;
    }
    m_votes[place] = {by, m_votes[place].count + 1};
}

/// None when it is not clear.
Point DragDetector::winner() const
{
    const auto best = std::max_element(
        m_votes.begin(), m_votes.end(), [](const Vote& a, const Vote& b) { return a.count < b.count; });
    return best->count >= kFewestAnchors / 2 && best->count * 8 >= m_anchorCount ? best->by : Point{};
}

/// Rows first, then columns of those rows, then rows again.
std::optional<Move> DragDetector::extent(
    const PictureView& screen, const PictureView& reference, const Rect& area, Point by)
{
    // Where the source is inside the picture.
    const Rect shifted{by.x, by.y, reference.width, reference.height};
    Rect target = intersected(area, shifted);
    int gain = 0;
    for (int round = 0; round < 2 && !target.isEmpty(); ++round) {
        const Stretch vertical = rows(screen, reference, target, by);
        target = {target.x, target.y + vertical.begin, target.width, vertical.end - vertical.begin};
        const Stretch horizontal = columns(screen, reference, target, by);
        target = {target.x + horizontal.begin, target.y, horizontal.end - horizontal.begin, target.height};
        gain = horizontal.sum;
    }
    if (gain < kSmallestGain || target.isEmpty())
        return std::nullopt;
    return Move{{target.x - by.x, target.y - by.y, target.width, target.height}, {target.x, target.y}};
}

Stretch DragDetector::rows(
    const PictureView& screen, const PictureView& reference, const Rect& area, Point by)
{
    std::array<int, 64> part{};
    m_scores.assign(static_cast<std::size_t>(area.height), 0);
    for (int y = 0; y < area.height; ++y) {
        int& score = m_scores[static_cast<std::size_t>(y)];
        for (int x = 0; x < area.width; x += static_cast<int>(part.size())) {
            const int count = std::min(static_cast<int>(part.size()), area.width - x);
            part.fill(0);
            addScores(screen.row(area.y + y) + area.x + x, reference.row(area.y + y) + area.x + x,
                reference.row(area.y + y - by.y) + area.x + x - by.x, count, part.data());
            for (const int one : part)
                score += one;
        }
    }
    return bestStretch(m_scores);
}

Stretch DragDetector::columns(
    const PictureView& screen, const PictureView& reference, const Rect& area, Point by)
{
    m_scores.assign(static_cast<std::size_t>(area.width), 0);
    for (int y = area.y; y < area.bottom(); ++y) {
        addScores(screen.row(y) + area.x, reference.row(y) + area.x, reference.row(y - by.y) + area.x - by.x,
            area.width, m_scores.data());
    }
    return bestStretch(m_scores);
}

} // namespace sightline
