#include "core/transport/send_queue.h"

#include <algorithm>

namespace sightline {

void SendQueue::append(ByteView data)
{
    m_ring.reserve(m_begin, m_end, m_end + data.size());
    m_ring.write(m_end, data);
    m_end += data.size();
}

SendQueue::Chunk SendQueue::chunkAt(std::uint64_t offset, std::uint64_t size) const
{
    return {offset, static_cast<std::uint32_t>(size),
        m_isFinished && offset + size == m_end && m_endState != EndState::Acknowledged};
}

std::optional<SendQueue::Chunk> SendQueue::next(std::size_t maxSize, std::uint64_t limit) const
{
    if (!m_lost.isEmpty()) {
        const auto& lost = m_lost.front();
        return chunkAt(lost.begin, std::min<std::uint64_t>(maxSize, lost.end - lost.begin));
    }
    if (m_sentEnd < std::min(m_end, limit))
        return chunkAt(m_sentEnd, std::min<std::uint64_t>(maxSize, std::min(m_end, limit) - m_sentEnd));
    if (m_isFinished && m_endState == EndState::Unsent && m_sentEnd == m_end)
        return chunkAt(m_end, 0);
    return std::nullopt;
}

SendQueue::Chunk SendQueue::probe(std::size_t maxSize) const
{
    const auto end = m_acknowledged.isEmpty() ? m_sentEnd : m_acknowledged.front().begin;
    return chunkAt(m_begin, std::min<std::uint64_t>(maxSize, end - m_begin));
}

void SendQueue::onSent(const Chunk& chunk)
{
    m_lost.remove(chunk.offset, chunk.offset + chunk.size);
    m_sentEnd = std::max(m_sentEnd, chunk.offset + chunk.size);
    if (chunk.isEnd)
        m_endState = EndState::Sent;
}

void SendQueue::onAcknowledged(const Chunk& chunk)
{
    const auto end = chunk.offset + chunk.size;
    m_lost.remove(chunk.offset, end);
    if (end > m_begin)
        m_acknowledged.add(std::max(chunk.offset, m_begin), end);
    if (chunk.isEnd)
        m_endState = EndState::Acknowledged;
    advance();
}

void SendQueue::acknowledgeBelow(std::uint64_t offset)
{
    if (offset <= m_begin)
        return;
    m_lost.removeBelow(offset);
    m_acknowledged.add(m_begin, offset);
    advance();
}

void SendQueue::advance()
{
    if (m_acknowledged.isEmpty() || m_acknowledged.front().begin > m_begin)
        return;
    m_begin = m_acknowledged.front().end;
    m_acknowledged.removeBelow(m_begin);
}

void SendQueue::onLost(const Chunk& chunk)
{
    const auto begin = std::max(chunk.offset, m_begin);
    m_acknowledged.forEachMissing(
        begin, chunk.offset + chunk.size, [this](auto from, auto to) { m_lost.add(from, to); });
    if (chunk.isEnd && m_endState == EndState::Sent)
        m_endState = EndState::Unsent;
}

} // namespace sightline
