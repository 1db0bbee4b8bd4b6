#pragma once

#include "core/base/bytes.h"

namespace sightline {

/// Octets of a stream, stored under their stream offset in a ring that grows as the live part of the stream
/// does. Which offsets are live is its owner's business.
class OctetRing {
public:
    /// Makes room for the offsets [begin, end); those of [begin, liveEnd) keep their octets.
    void reserve(std::uint64_t begin, std::uint64_t liveEnd, std::uint64_t end);
    void write(std::uint64_t offset, ByteView data);
    void read(std::uint64_t offset, ByteSpan buffer) const;
    bool equals(std::uint64_t offset, ByteView data) const;
    std::size_t capacity() const { return m_octets.size(); }

private:
    std::size_t indexOf(std::uint64_t offset) const
    {
        return static_cast<std::size_t>(offset) & (m_octets.size() - 1);
    }
    std::size_t untilWrap(std::uint64_t offset, std::size_t size) const;

    Bytes m_octets; // INVARIANT: empty, or a power of two long
};

} // namespace sightline
