#include "core/transport/reorder_buffer.h"

#include <algorithm>

namespace sightline {

namespace {

// A window of 4 MB is 3500 packets; every other one missing makes 1750 holes. More are made by nobody honest.
constexpr std::size_t kMaxHoles = 2048;

} // namespace

ReorderBuffer::Insertion ReorderBuffer::insert(std::uint64_t offset, ByteView data, bool isEnd)
{
    const auto end = offset + data.size();
    if (end < offset || end > limit())
        return Insertion::OutOfWindow;
    if (contradicts(offset, data, isEnd))
        return Insertion::Contradiction;
    if (offset > m_nextOffset && m_ahead.rangeCount() >= kMaxHoles)
        return Insertion::TooFragmented;
    if (isEnd)
        m_endOffset = end;
    if (end > m_nextOffset)
        store(offset, data);
    return Insertion::Accepted;
}

bool ReorderBuffer::contradicts(std::uint64_t offset, ByteView data, bool isEnd) const
{
    const auto end = offset + data.size();
    const auto arrivedEnd = m_ahead.isEmpty() ? m_nextOffset : m_ahead.back().end;
    if (m_endOffset ? end > *m_endOffset || (isEnd && end != *m_endOffset) : isEnd && end < arrivedEnd)
        return true;

    // Repeats are rare, so comparing what is still held costs nothing; the rest has been read and is gone.
    const auto differs = [&](std::uint64_t from, std::uint64_t to) {
        from = std::max(from, offset);
        to = std::min(to, end);
        return from < to
            && !m_ring.equals(from,
                data.subspan(static_cast<std::size_t>(from - offset), static_cast<std::size_t>(to - from)));
    };
    if (differs(m_readOffset, m_nextOffset))
        return true;
    for (auto it = m_ahead.firstEndingAfter(offset); it != m_ahead.ranges().end() && it->begin < end; ++it) {
        if (differs(it->begin, it->end))
            return true;
    }
    return false;
}

void ReorderBuffer::store(std::uint64_t offset, ByteView data)
{
    const auto end = offset + data.size();
    const auto liveEnd = m_ahead.isEmpty() ? m_nextOffset : m_ahead.back().end;
    m_ring.reserve(m_readOffset, liveEnd, std::max(liveEnd, end));
    // Octets before m_nextOffset may have been read, and their place in the ring may belong to later ones.
    const auto begin = std::max(offset, m_nextOffset);
    m_ring.write(begin, data.subspan(static_cast<std::size_t>(begin - offset)));
    if (begin > m_nextOffset) {
        m_ahead.add(begin, end);
        return;
    }
    m_nextOffset = end;
    m_ahead.removeBelow(m_nextOffset);
    if (!m_ahead.isEmpty() && m_ahead.front().begin == m_nextOffset) {
        m_nextOffset = m_ahead.front().end;
        m_ahead.removeBelow(m_nextOffset);
    }
}

std::size_t ReorderBuffer::read(ByteSpan buffer)
{
    const auto size = std::min(buffer.size(), readableBytes());
    m_ring.read(m_readOffset, buffer.first(size));
    m_readOffset += size;
    return size;
}

} // namespace sightline
