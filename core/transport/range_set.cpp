#include "core/transport/range_set.h"

#include <algorithm>

namespace sightline {

std::vector<RangeSet::Range>::const_iterator RangeSet::firstEndingAfter(std::uint64_t value) const
{
    return std::partition_point(
        m_ranges.begin(), m_ranges.end(), [value](const Range& range) { return range.end <= value; });
}

void RangeSet::add(std::uint64_t begin, std::uint64_t end)
{
    if (begin >= end)
        return;
    // Nearly everything arrives in order, so the common case is to grow the last range.
    if (m_ranges.empty() || begin > m_ranges.back().end) {
        m_ranges.push_back({begin, end});
        return;
    }
    const auto first = std::partition_point(
        m_ranges.begin(), m_ranges.end(), [begin](const Range& range) { return range.end < begin; });
    const auto last = std::partition_point(
        first, m_ranges.end(), [end](const Range& range) { return range.begin <= end; });
    if (first == last) {
        m_ranges.insert(first, {begin, end});
        return;
    }
    first->begin = std::min(first->begin, begin);
    first->end = std::max(std::prev(last)->end, end);
    m_ranges.erase(first + 1, last);
}

void RangeSet::remove(std::uint64_t begin, std::uint64_t end)
{
    if (begin >= end || m_ranges.empty() || end <= m_ranges.front().begin)
        return;
    auto first = std::partition_point(
        m_ranges.begin(), m_ranges.end(), [begin](const Range& range) { return range.end <= begin; });
    if (first == m_ranges.end() || first->begin >= end)
        return;
    if (first->begin < begin) {
        const auto oldEnd = first->end;
        first->end = begin;
        ++first;
        if (oldEnd > end) {
            m_ranges.insert(first, {end, oldEnd});
            return;
        }
    }
    const auto last
        = std::partition_point(first, m_ranges.end(), [end](const Range& range) { return range.end <= end; });
    if (last != m_ranges.end())
        last->begin = std::max(last->begin, end);
    m_ranges.erase(first, last);
}

bool RangeSet::contains(std::uint64_t value) const
{
    const auto it = firstEndingAfter(value);
    return it != m_ranges.end() && it->begin <= value;
}

} // namespace sightline
