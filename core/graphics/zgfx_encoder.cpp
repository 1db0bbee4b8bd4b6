#include "core/graphics/zgfx_encoder.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

// A dictionary coder of the LZ77 family with fixed codes. The encoder looks for earlier occurrences of the
// next octets in a table of the newest positions for each hash, takes the one that saves most, and goes on
// behind it. Where nothing is found it moves on in growing steps, so that what cannot be compressed costs
// little time.

namespace sightline {

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kHashed = 4; ///< octets
// So much is moved at once when the window is full.
constexpr std::size_t kSlack = 1'500'000;
constexpr std::size_t kWindow = kZgfxHistory + kSlack;
constexpr std::size_t kSegmentWindow = 8 * kZgfxSegment;

// A match that long is taken without looking for a better one.
constexpr std::size_t kGoodMatch = 32;
// Every so many misses the step grows by one octet.
constexpr int kMissesPerStepShift = 4;

constexpr int kRawHeaderBits = 5 + 5 + kZgfxRawCountBits + 7; ///< at most, with what fills up the octet
constexpr std::size_t kMaxRaw = (1U << kZgfxRawCountBits) - 1;

struct Code {
    std::uint32_t bits = 0;
    int count = 0;
};

constexpr std::array<Code, 256> makeLiteralCodes()
{
    std::array<Code, 256> codes{};
    for (std::uint32_t octet = 0; octet < codes.size(); ++octet)
        codes[octet] = {octet, 9};
    for (const ZgfxToken& token : kZgfxShortLiterals)
        codes[token.base] = {token.prefix, token.prefixBits};
    return codes;
}

constexpr std::array<Code, 256> kLiteralCodes = makeLiteralCodes();

/// The token for the smallest distance of so many bits; for the others it is this one or the next.
constexpr std::array<std::uint8_t, 23> makeDistanceIndex()
{
    std::array<std::uint8_t, 23> index{};
    for (std::size_t bits = 1; bits < index.size(); ++bits) {
        const std::uint32_t smallest = std::uint32_t(1) << (bits - 1);
        for (std::size_t i = 0; i < kZgfxDistances.size(); ++i) {
            if (kZgfxDistances[i].base <= smallest)
                index[bits] = static_cast<std::uint8_t>(i);
        }
    }
    return index;
}

constexpr std::array<std::uint8_t, 23> kDistanceIndex = makeDistanceIndex();

const ZgfxToken& distanceToken(std::uint32_t distance)
{
    std::size_t i = kDistanceIndex[static_cast<std::size_t>(std::bit_width(distance))];
    while (i + 1 < kZgfxDistances.size() && kZgfxDistances[i + 1].base <= distance)
        ++i;
    return kZgfxDistances[i];
}

int lengthBits(std::size_t length)
{
    return length == kZgfxMinMatch ? 1 : 2 * (static_cast<int>(std::bit_width(length)) - 1);
}

int matchBits(std::size_t distance, std::size_t length)
{
    const ZgfxToken& token = distanceToken(static_cast<std::uint32_t>(distance));
    return token.prefixBits + token.valueBits + lengthBits(length);
}

std::uint64_t wordAt(const std::uint8_t* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, kWord);
    return word;
}

/// How many octets are equal, at most `limit`. May read a word beyond them.
std::size_t equalLength(const std::uint8_t* a, const std::uint8_t* b, std::size_t limit)
{
    std::size_t length = 0;
    while (length < limit) {
        const std::uint64_t difference = wordAt(a + length) ^ wordAt(b + length);
        if (difference != 0) {
            if constexpr (std::endian::native == std::endian::little)
                length += static_cast<std::size_t>(std::countr_zero(difference)) / 8;
            else
                length += static_cast<std::size_t>(std::countl_zero(difference)) / 8;
            break;
        }
        length += kWord;
    }
    return std::min(length, limit);
}

} // namespace

class ZgfxEncoder::BitWriter {
public:
    explicit BitWriter(Bytes& out)
        : m_out(out)
    {
    }

    /// At most 32 bits.
    void put(std::uint32_t bits, int count)
    {
        m_bits = m_bits << count | bits;
        m_count += count;
        while (m_count >= 32) {
            m_count -= 32;
            const auto word = static_cast<std::uint32_t>(m_bits >> m_count);
            const std::array<std::uint8_t, 4> octets{static_cast<std::uint8_t>(word >> 24),
                static_cast<std::uint8_t>(word >> 16), static_cast<std::uint8_t>(word >> 8),
                static_cast<std::uint8_t>(word)};
            m_out.insert(m_out.end(), octets.begin(), octets.end());
        }
    }

    void putMatch(std::size_t distance, std::size_t length)
    {
        const ZgfxToken& token = distanceToken(static_cast<std::uint32_t>(distance));
        put(token.prefix << token.valueBits | (static_cast<std::uint32_t>(distance) - token.base),
            token.prefixBits + token.valueBits);
        if (length == kZgfxMinMatch) {
            put(0, 1);
            return;
        }
        const int power = static_cast<int>(std::bit_width(length)) - 1;
        const std::uint32_t value = static_cast<std::uint32_t>(length) - (1U << power);
        put((1U << power) - 2, power);
        put(value, power);
    }

    void putRaw(const std::uint8_t* octets, std::size_t count)
    {
        put(kZgfxDistances[0].prefix << kZgfxDistances[0].valueBits, 10);
        put(static_cast<std::uint32_t>(count), kZgfxRawCountBits);
        align();
        m_out.insert(m_out.end(), octets, octets + count);
    }

    /// Fills up the last octet and says by how much.
    void finish()
    {
        const int unused = align();
        m_out.push_back(static_cast<std::uint8_t>(unused));
    }

private:
    int align()
    {
        const int unused = (8 - m_count % 8) % 8;
        put(0, unused);
        while (m_count > 0) {
            m_count -= 8;
            m_out.push_back(static_cast<std::uint8_t>(m_bits >> m_count));
        }
        return unused;
    }

    Bytes& m_out;
    std::uint64_t m_bits = 0;
    int m_count = 0; ///< that are not written, fewer than 32
};

void ZgfxEncoder::encode(ByteView segment, Bytes& out)
{
    assert(!segment.empty() && segment.size() <= kZgfxSegment);
    makeRoom(segment.size());
    const std::size_t begin = m_end;
    if (m_scope == Scope::Segment)
        m_floor = begin;
    std::copy(segment.begin(), segment.end(), m_window.begin() + static_cast<std::ptrdiff_t>(begin));
    m_end += segment.size();

    const std::size_t start = out.size();
    if (m_effort != Effort::None) {
        out.push_back(kZgfxTypeRdp8 | kZgfxCompressed);
        BitWriter writer(out);
        compress(begin, m_end, writer);
        writer.finish();
        if (out.size() - start <= segment.size())
            return;
        out.resize(start);
    }
    out.push_back(kZgfxTypeRdp8);
    out.insert(out.end(), segment.begin(), segment.end());
}

/// Moves what a match may reach to the front when there is no room for `size` octets more.
void ZgfxEncoder::makeRoom(std::size_t size)
{
    if (m_window.empty()) {
        m_window.resize(kFirst + (m_scope == Scope::Stream ? kWindow : kSegmentWindow) + kWord);
        m_buckets.resize(std::size_t(1) << kHashBits);
    }
    if (m_end + size + kWord <= m_window.size())
        return;
    const std::size_t kept = m_scope == Scope::Stream ? std::min(m_end - m_floor, kZgfxHistory) : 0;
    const std::size_t shift = m_end - kept - kFirst;
    std::memmove(m_window.data() + kFirst, m_window.data() + kFirst + shift, kept);
    m_end -= shift;
    m_floor = std::max(m_floor, kFirst + shift) - shift;
    for (Bucket& bucket : m_buckets) {
        for (std::uint32_t& position : bucket)
            position = position > shift ? position - static_cast<std::uint32_t>(shift) : 0;
    }
}

std::uint32_t ZgfxEncoder::hashAt(std::size_t at) const
{
    std::uint32_t octets = 0;
    std::memcpy(&octets, m_window.data() + at, kHashed);
    return octets * 0x9E3779B1U >> (32 - kHashBits);
}

void ZgfxEncoder::compress(std::size_t begin, std::size_t end, BitWriter& writer)
{
    std::size_t anchor = begin; // of the literals that were not written
    for (std::size_t at = begin; at + kHashed <= end;) {
        Match match = find(at, anchor, end);
        if (match.length == 0) {
            at += 1 + (m_effort == Effort::Fast ? (at - anchor) >> kMissesPerStepShift : 0);
            continue;
        }
        if (m_effort == Effort::Thorough)
            match = findLater(at, match, anchor, end);
        putLiterals(anchor, match.at, writer);
        writer.putMatch(match.at - match.from, match.length);
        insert(at, std::min(match.at + match.length, end - kHashed + 1));
        anchor = match.at + match.length;
        at = anchor;
    }
    putLiterals(anchor, end, writer);
}

void ZgfxEncoder::remember(Bucket& bucket, std::size_t at)
{
    std::copy_backward(bucket.begin(), bucket.end() - 1, bucket.end());
    bucket[0] = static_cast<std::uint32_t>(at);
}

/// The longest match for what is at `at`, lengthened backwards to `anchor` at most; none (length 0) when
/// literals are as short. Remembers the position.
ZgfxEncoder::Match ZgfxEncoder::find(std::size_t at, std::size_t anchor, std::size_t end)
{
    Bucket& bucket = m_buckets[hashAt(at)];
    const std::uint8_t* const octets = m_window.data() + at;
    Match best;
    for (const std::uint32_t position : bucket) {
        if (position < m_floor || at - position > kZgfxHistory)
            break;
        const std::uint8_t* const earlier = m_window.data() + position;
        if (best.length > 0 && earlier[best.length] != octets[best.length])
            continue;
        const std::size_t length = equalLength(earlier, octets, end - at);
        if (length > best.length)
            best = {position, at, length};
        if (best.length >= kGoodMatch)
            break;
    }
    remember(bucket, at);
    if (best.length < kZgfxMinMatch)
        return {};
    while (best.at > anchor && best.from > m_floor && m_window[best.at - 1] == m_window[best.from - 1]) {
        --best.at;
        --best.from;
        ++best.length;
    }
    return isWorth(best) ? best : Match{};
}

/// A longer match than the one found at `at` may be found one octet later. Moves `at` there.
ZgfxEncoder::Match ZgfxEncoder::findLater(std::size_t& at, Match match, std::size_t anchor, std::size_t end)
{
    while (match.length < kGoodMatch && at + 1 + kHashed <= end) {
        const Match later = find(at + 1, anchor, end);
        if (later.length <= match.length + (later.at > match.at ? 1 : 0))
            break;
        match = later;
        ++at;
    }
    return match;
}

bool ZgfxEncoder::isWorth(const Match& match) const
{
    constexpr std::size_t kAlwaysWorth = 8; // octets, in five bits each at least
    if (match.length >= kAlwaysWorth)
        return true;
    int literalBits = 0;
    for (std::size_t i = 0; i < match.length; ++i)
        literalBits += kLiteralCodes[m_window[match.at + i]].count;
    return matchBits(match.at - match.from, match.length) < literalBits;
}

/// Remembers positions between `found`, which is already, and `end`.
void ZgfxEncoder::insert(std::size_t found, std::size_t end)
{
    const std::size_t step = m_effort == Effort::Thorough ? 1 : 2 + (end - found) / 32;
    for (std::size_t at = found + step; at < end; at += step)
        remember(m_buckets[hashAt(at)], at);
}

void ZgfxEncoder::putLiterals(std::size_t begin, std::size_t end, BitWriter& writer) const
{
    while (begin < end) {
        const std::size_t count = std::min(end - begin, kMaxRaw);
        const std::uint8_t* const octets = m_window.data() + begin;
        int bits = 0;
        for (std::size_t i = 0; i < count; ++i)
            bits += kLiteralCodes[octets[i]].count;
        if (bits > static_cast<int>(8 * count) + kRawHeaderBits) {
            writer.putRaw(octets, count);
        } else {
            for (std::size_t i = 0; i < count; ++i)
                writer.put(kLiteralCodes[octets[i]].bits, kLiteralCodes[octets[i]].count);
        }
        begin += count;
    }
}

} // namespace sightline
