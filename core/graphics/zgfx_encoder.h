#pragma once

#include "core/base/bytes.h"
#include "core/graphics/zgfx_tokens.h"

#include <array>
#include <cstdint>
#include <vector>

namespace sightline {

/// Compresses what goes to a graphics channel as RDP8 bulk data (MS-RDPEGFX 3.1.9.1). Its state is the
/// history of one channel: every segment that it made, in order and without a gap, must reach the same
/// decoder. Allocates nothing after the first segment. Pure.
class ZgfxEncoder {
public:
    /// How far back matches reach. Segments of scope Segment contain all they need, so that one result serves
    /// many viewers, whatever each has received before.
    enum class Scope { Stream, Segment };
    /// Thorough takes about twice as long as Fast; None, for what is compressed already, copies.
    enum class Effort { None, Fast, Thorough };

    explicit ZgfxEncoder(Scope scope = Scope::Stream)
        : m_scope(scope)
    {
    }

    void setEffort(Effort effort) { m_effort = effort; }

    /// Forgets the history: what follows goes to a decoder that has it or has not.
    void reset() { m_floor = m_end; }

    /// Appends the RDP8_BULK_ENCODED_DATA (2.2.5.3) of `segment` to `out`: one octet of header, and never
    /// more than segment.size() octets of data. `segment` has 1 to kZgfxSegment octets.
    void encode(ByteView segment, Bytes& out);

private:
    // Positions in m_window of octets seen before, found by a hash of the four octets there, newest first.
    static constexpr int kHashBits = 16;
    static constexpr std::size_t kWays = 4;
    // Position 0 stands for none, so the first octet of the window is never used.
    static constexpr std::size_t kFirst = 1;
    using Bucket = std::array<std::uint32_t, kWays>;

    struct Match {
        std::size_t from = 0;
        std::size_t at = 0;
        std::size_t length = 0;
    };
    class BitWriter;

    void makeRoom(std::size_t size);
    void compress(std::size_t begin, std::size_t end, BitWriter& writer);
    Match find(std::size_t at, std::size_t anchor, std::size_t end);
    Match findLater(std::size_t& at, Match match, std::size_t anchor, std::size_t end);
    bool isWorth(const Match& match) const;
    static void remember(Bucket& bucket, std::size_t at);
    void insert(std::size_t found, std::size_t end);
    void putLiterals(std::size_t begin, std::size_t end, BitWriter& writer) const;
    std::uint32_t hashAt(std::size_t at) const;

    Scope m_scope;
    Effort m_effort = Effort::Fast;
    std::vector<std::uint8_t> m_window; ///< the history and the segment, with room for reads of whole words
    std::size_t m_floor = kFirst; ///< the first position that a match may reach
    std::size_t m_end = kFirst;
    std::vector<Bucket> m_buckets;
};

} // namespace sightline
