#pragma once

#include "core/transport/octet_ring.h"
#include "core/transport/range_set.h"

#include <optional>

namespace sightline {

/// The sender's octets from written to acknowledged, and which of them to send next: lost ones first, lowest
/// offset first, then new ones, then the end of the stream.
class SendQueue {
public:
    /// A piece of the stream that travels in one packet; may be empty.
    struct Chunk {
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
        bool isEnd = false;
    };

    void append(ByteView data);
    void finish() { m_isFinished = true; }

    /// Nothing: all is sent, or lies beyond `limit`.
    std::optional<Chunk> next(std::size_t maxSize, std::uint64_t limit) const;
    /// The lowest octets that are sent and not acknowledged; empty when there are none.
    Chunk probe(std::size_t maxSize) const;
    void read(const Chunk& chunk, ByteSpan buffer) const { m_ring.read(chunk.offset, buffer); }

    void onSent(const Chunk& chunk);
    void onAcknowledged(const Chunk& chunk);
    void onLost(const Chunk& chunk);
    /// Everything before `offset` arrived; `offset` <= sentEnd().
    void acknowledgeBelow(std::uint64_t offset);

    std::uint64_t begin() const { return m_begin; } ///< everything before is acknowledged
    std::uint64_t sentEnd() const { return m_sentEnd; }
    std::uint64_t end() const { return m_end; }
    std::uint64_t unsentBytes() const { return m_end - m_sentEnd; }
    bool isFinished() const { return m_isFinished; }
    bool isFinishAcknowledged() const { return m_endState == EndState::Acknowledged && m_begin == m_end; }

private:
    enum class EndState { Unsent, Sent, Acknowledged };

    Chunk chunkAt(std::uint64_t offset, std::uint64_t size) const;
    void advance();

    OctetRing m_ring;
    RangeSet m_acknowledged; ///< beyond m_begin
    RangeSet m_lost; ///< INVARIANT: sent, not acknowledged, and not sent again since
    std::uint64_t m_begin = 0;
    std::uint64_t m_sentEnd = 0;
    std::uint64_t m_end = 0;
    EndState m_endState = EndState::Unsent;
    bool m_isFinished = false;
};

} // namespace sightline
