#pragma once

#include "core/transport/octet_ring.h"
#include "core/transport/range_set.h"

#include <optional>

namespace sightline {

/// Puts the octets of a stream back into order and holds them for the reader. Memory is bounded by
/// `capacity`, whatever arrives.
class ReorderBuffer {
public:
    enum class Insertion {
        Accepted, ///< also when all of it was there already
        OutOfWindow, ///< beyond limit(), dropped
        TooFragmented, ///< would make more holes than are tracked, dropped
        Contradiction, ///< differs from what arrived before, or from the end of the stream: the peer is
                       ///< broken
    };

    explicit ReorderBuffer(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    Insertion insert(std::uint64_t offset, ByteView data, bool isEnd);
    std::size_t read(ByteSpan buffer);

    std::size_t readableBytes() const { return static_cast<std::size_t>(m_nextOffset - m_readOffset); }
    std::uint64_t nextOffset() const { return m_nextOffset; } ///< the first octet that has not arrived
    std::uint64_t limit() const { return m_readOffset + m_capacity; } ///< the first octet that is not taken
    bool isAtEnd() const { return m_endOffset == m_readOffset; }

private:
    bool contradicts(std::uint64_t offset, ByteView data, bool isEnd) const;
    void store(std::uint64_t offset, ByteView data);

    std::size_t m_capacity;
    OctetRing m_ring;
    RangeSet m_ahead; ///< what has arrived beyond m_nextOffset
    std::uint64_t m_readOffset = 0;
    std::uint64_t m_nextOffset = 0;
    std::optional<std::uint64_t> m_endOffset;
};

} // namespace sightline
