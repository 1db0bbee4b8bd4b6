#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sightline {

/// A set of 64-bit numbers kept as sorted, disjoint, not adjacent half-open ranges. Both halves of the
/// reliable stream use it for packet numbers and stream offsets.
///
/// Finding is O(log n) in the number of ranges; whoever feeds it from outside bounds that number
/// (rangeCount()).
class RangeSet {
public:
    struct Range {
        std::uint64_t begin = 0;
        std::uint64_t end = 0; ///< one past the last
        bool operator==(const Range&) const = default;
    };

    void add(std::uint64_t begin, std::uint64_t end);
    void remove(std::uint64_t begin, std::uint64_t end);
    void removeBelow(std::uint64_t limit) { remove(0, limit); }
    bool contains(std::uint64_t value) const;

    bool isEmpty() const { return m_ranges.empty(); }
    std::size_t rangeCount() const { return m_ranges.size(); }
    const Range& front() const { return m_ranges.front(); }
    const Range& back() const { return m_ranges.back(); }
    const std::vector<Range>& ranges() const { return m_ranges; } ///< ascending

    /// The first range that ends after `value`: the one that holds it, or the next one; end() when there is
    /// none.
    std::vector<Range>::const_iterator firstEndingAfter(std::uint64_t value) const;
    /// Calls visit(begin, end) for each part of [begin, end) that is missing, ascending. `visit` must not
    /// change the set.
    template <typename Visit> void forEachMissing(std::uint64_t begin, std::uint64_t end, Visit visit) const;

private:
    std::vector<Range> m_ranges;
};

template <typename Visit>
void RangeSet::forEachMissing(std::uint64_t begin, std::uint64_t end, Visit visit) const
{
    for (auto it = firstEndingAfter(begin); begin < end; ++it) {
        if (it == m_ranges.end() || it->begin >= end) {
            visit(begin, end);
            return;
        }
        if (it->begin > begin)
            visit(begin, it->begin);
        begin = it->end;
    }
}

} // namespace sightline
