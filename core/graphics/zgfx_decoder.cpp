#include "core/graphics/zgfx_decoder.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sightline {

namespace {

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

std::uint32_t littleEndian(ByteView octets)
{
    std::uint32_t value = 0;
    for (std::size_t i = octets.size(); i > 0; --i)
        value = value << 8 | octets[i - 1];
    return value;
}

constexpr int kLongestPrefix = 8;

/// For the next eight bits: the token that begins with them.
struct Prefix {
    enum class Kind : std::uint8_t { Unknown, Literal, Distance };
    Kind kind = Kind::Unknown;
    ZgfxToken token;
};

constexpr std::array<Prefix, 1 << kLongestPrefix> makePrefixes()
{
    std::array<Prefix, 1 << kLongestPrefix> prefixes{};
    const auto add = [&prefixes](Prefix::Kind kind, const ZgfxToken& token) {
        const int rest = kLongestPrefix - token.prefixBits;
        for (std::uint32_t i = 0; i < 1U << rest; ++i)
            prefixes[(token.prefix << rest) + i] = {kind, token};
    };
    add(Prefix::Kind::Literal, {0, 1, 8, 0});
    for (const ZgfxToken& token : kZgfxShortLiterals)
        add(Prefix::Kind::Literal, token);
    for (const ZgfxToken& token : kZgfxDistances)
        add(Prefix::Kind::Distance, token);
    return prefixes;
}

constexpr std::array<Prefix, 1 << kLongestPrefix> kPrefixes = makePrefixes();

} // namespace

class ZgfxDecoder::BitReader {
public:
    BitReader(ByteView octets, std::size_t bits)
        : m_octets(octets)
        , m_bits(bits)
    {
    }

    bool isAtEnd() const { return m_at >= m_bits; }
    bool has(int count) const { return static_cast<std::size_t>(count) <= m_bits - m_at; }

    /// The next bits, zeros beyond the end; at most 24.
    std::uint32_t peek(int count) const
    {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 5; ++i) {
            const std::size_t octet = m_at / 8 + i;
            word = word << 8 | (octet < m_octets.size() ? m_octets[octet] : 0U);
        }
        const auto shift = 40 - static_cast<int>(m_at % 8) - count;
        return static_cast<std::uint32_t>(word >> shift) & ((1U << count) - 1);
    }
    /// False when there are not so many.
    bool skip(int count)
    {
        if (!has(count))
            return false;
        m_at += static_cast<std::size_t>(count);
        return true;
    }
    bool read(int count, std::uint32_t& value)
    {
        value = peek(count);
        return skip(count);
    }
    /// Whole octets from the next one on.
    bool readOctets(std::size_t count, ByteView& octets)
    {
        const std::size_t begin = (m_at + 7) / 8;
        if (begin > m_bits / 8 || count > m_bits / 8 - begin)
            return false;
        octets = m_octets.subspan(begin, count);
        m_at = (begin + count) * 8;
        return true;
    }

private:
    ByteView m_octets;
    std::size_t m_bits;
    std::size_t m_at = 0;
};

namespace {

/// 3 is a zero bit; a number of n + 1 bits is n - 1 ones, a zero, and its n lower bits.
template <typename Reader> bool readLength(Reader& reader, std::size_t& length)
{
    constexpr int kMostBits = 16; // of a length that could fit into a segment
    int bits = 0;
    std::uint32_t more = 1;
    for (; more != 0; ++bits) {
        if (bits == kMostBits || !reader.read(1, more))
            return false;
    }
    std::uint32_t rest = 0;
    if (bits > 1 && !reader.read(bits, rest))
        return false;
    length = bits == 1 ? kZgfxMinMatch : (std::size_t(1) << bits) + rest;
    return true;
}

} // namespace

void ZgfxDecoder::reset()
{
    m_history.clear();
    m_next = 0;
}

Result<void> ZgfxDecoder::decodeMessage(ByteView message, std::size_t limit, Bytes& out)
{
    if (message.size() >= 2 && message[0] == kZgfxSingle)
        return limit < kZgfxSegment ? malformed("too small a limit") : decodeSegment(message.subspan(1), out);
    constexpr std::size_t kHeader = 7;
    if (message.size() < kHeader || message[0] != kZgfxMultipart)
        return malformed("not a segmented message");
    const std::uint32_t segments = littleEndian(message.subspan(1, 2));
    const std::size_t total = littleEndian(message.subspan(3, 4));
    if (total > limit)
        return malformed("a message larger than allowed");
    const std::size_t start = out.size();
    std::size_t at = kHeader;
    for (std::uint32_t i = 0; i < segments; ++i) {
        if (message.size() - at < 4)
            return malformed("a cut segment");
        const std::size_t size = littleEndian(message.subspan(at, 4));
        at += 4;
        if (size > message.size() - at)
            return malformed("a cut segment");
        if (auto decoded = decodeSegment(message.subspan(at, size), out); !decoded)
            return decoded;
        at += size;
        if (out.size() - start > total)
            return malformed("more than was announced");
    }
    if (at != message.size() || out.size() - start != total)
        return malformed("not as long as was announced");
    return {};
}

Result<void> ZgfxDecoder::decodeSegment(ByteView segment, Bytes& out)
{
    if (segment.empty() || (segment[0] & kZgfxTypeMask) != kZgfxTypeRdp8)
        return malformed("not rdp8 data");
    const ByteView data = segment.subspan(1);
    const std::size_t start = out.size();
    if ((segment[0] & kZgfxCompressed) == 0) {
        if (data.size() > kZgfxSegment)
            return malformed("a segment that is too long");
        out.insert(out.end(), data.begin(), data.end());
        remember(data);
        return {};
    }
    if (data.empty() || data.back() > 7 || data.back() > 8 * (data.size() - 1))
        return malformed("a segment without an end");
    BitReader reader(data.first(data.size() - 1), 8 * (data.size() - 1) - data.back());
    if (!decodeTokens(reader, start, out))
        return malformed("bad compressed data");
    remember(ByteView(out).subspan(start));
    return {};
}

bool ZgfxDecoder::decodeTokens(BitReader& reader, std::size_t start, Bytes& out)
{
    while (!reader.isAtEnd()) {
        const Prefix& prefix = kPrefixes[reader.peek(kLongestPrefix)];
        std::uint32_t value = 0;
        if (prefix.kind == Prefix::Kind::Unknown || !reader.skip(prefix.token.prefixBits)
            || !reader.read(prefix.token.valueBits, value))
            return false;
        value += prefix.token.base;
        const std::size_t room = start + kZgfxSegment - out.size();
        if (prefix.kind == Prefix::Kind::Literal) {
            if (room == 0)
                return false;
            out.push_back(static_cast<std::uint8_t>(value));
        } else if (value == 0 ? !copyRaw(reader, room, out) : !copyMatch(reader, value, start, out)) {
            return false;
        }
    }
    return true;
}

bool ZgfxDecoder::copyRaw(BitReader& reader, std::size_t room, Bytes& out)
{
    std::uint32_t count = 0;
    ByteView octets;
    if (!reader.read(kZgfxRawCountBits, count) || count > room || !reader.readOctets(count, octets))
        return false;
    out.insert(out.end(), octets.begin(), octets.end());
    return true;
}

bool ZgfxDecoder::copyMatch(BitReader& reader, std::size_t distance, std::size_t start, Bytes& out)
{
    std::size_t length = 0;
    if (!readLength(reader, length) || length > start + kZgfxSegment - out.size())
        return false;
    while (length > 0) {
        const std::size_t produced = out.size() - start;
        if (distance > m_history.size() + produced || distance > kZgfxHistory)
            return false;
        const bool isInside = distance <= produced;
        const std::size_t back = isInside ? 0 : distance - produced;
        const std::size_t from = m_next >= back ? m_next - back : m_next + kZgfxHistory - back;
        const std::size_t part
            = std::min(length, isInside ? distance : std::min(back, m_history.size() - from));
        const std::size_t at = out.size();
        out.resize(at + part);
        const auto* source = isInside ? out.data() + at - distance : m_history.data() + from;
        std::copy_n(source, part, out.data() + at);
        length -= part;
    }
    return true;
}

void ZgfxDecoder::remember(ByteView octets)
{
    m_history.reserve(kZgfxHistory);
    while (!octets.empty()) {
        const std::size_t count = std::min(octets.size(), kZgfxHistory - m_next);
        if (m_history.size() < m_next + count)
            m_history.resize(m_next + count);
        std::copy_n(octets.begin(), count, m_history.begin() + static_cast<std::ptrdiff_t>(m_next));
        m_next = m_next + count == kZgfxHistory ? 0 : m_next + count;
        octets = octets.subspan(count);
    }
}

} // namespace sightline
