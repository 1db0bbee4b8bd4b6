#include "core/graphics/rlgr_decoder.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sightline {

namespace {

// MS-RDPRFX 3.1.8.1.7.3
constexpr int kMaxParameter = 80;
constexpr int kParameterShift = 3;
constexpr int kUpAfterZeroRun = 4;
constexpr int kDownAfterValue = 6;
constexpr int kStepAfterSingle = 3; ///< RLGR1, up and down
constexpr int kStepAfterPair = 6; ///< RLGR3, up and down

constexpr std::size_t kPadding = 16;

/// k or kR: kept in eighths.
class Parameter {
public:
    int bits() const { return m_eighths >> kParameterShift; }
    void add(int eighths) { m_eighths = std::clamp(m_eighths + eighths, 0, kMaxParameter); }

private:
    int m_eighths = 1 << kParameterShift;
};

/// Reads bits, the most significant one of an octet first; zeros behind the end.
class BitReader {
public:
    BitReader(const std::uint8_t* octets, std::size_t size)
        : m_octets(octets)
        , m_bits(size * 8)
    {
    }

    bool isAtEnd() const { return m_at >= m_bits; }

    /// At most 32.
    std::uint32_t read(int count)
    {
        if (count == 0)
            return 0;
        const std::uint64_t word = peek();
        m_at += static_cast<std::size_t>(count);
        return static_cast<std::uint32_t>(word >> (64 - count));
    }

    /// How many bits like this one follow, and what ends them is passed over.
    std::uint32_t countOf(bool bit)
    {
        std::uint32_t count = 0;
        while (!isAtEnd()) {
            const std::uint64_t word = peek();
            const int run = std::min(bit ? std::countl_one(word) : std::countl_zero(word), 56);
            m_at += static_cast<std::size_t>(run);
            count += static_cast<std::uint32_t>(run);
            if (run < 56)
                break;
        }
        ++m_at;
        return count;
    }

private:
    /// The next bits from the highest one on, 57 of them at least.
    std::uint64_t peek() const
    {
        const std::uint8_t* const from = m_octets + std::min(m_at, m_bits) / 8;
        std::uint64_t word = 0;
        for (int i = 0; i < 8; ++i)
            word = word << 8 | from[i];
        return word << (m_at % 8);
    }

    const std::uint8_t* m_octets;
    std::size_t m_bits;
    std::size_t m_at = 0;
};

class Decoder {
public:
    Decoder(BitReader bits, std::span<std::int16_t> out)
        : m_bits(bits)
        , m_at(out.data())
        , m_end(out.data() + out.size())
    {
    }

    template <RlgrMode Mode> void decode()
    {
        while (m_at < m_end && !m_bits.isAtEnd()) {
            if (m_k.bits() > 0)
                decodeRun();
            else if constexpr (Mode == RlgrMode::Rlgr1)
                decodeSingle();
            else
                decodePair();
        }
        std::fill(m_at, m_end, std::int16_t(0));
    }

private:
    void decodeRun()
    {
        std::size_t zeros = 0;
        for (std::uint32_t count = m_bits.countOf(false); count > 0; --count) {
            zeros += std::size_t(1) << m_k.bits();
            m_k.add(kUpAfterZeroRun);
            if (zeros > room()) // hostile; no valid run is longer
                break;
        }
        zeros += m_bits.read(m_k.bits());
        const bool isNegative = m_bits.read(1) != 0;
        const auto magnitude = static_cast<int>((golombRice() + 1) & 0x7FFF);
        m_k.add(-kDownAfterValue);
        std::int16_t* const value = m_at + std::min(zeros, room());
        std::fill(m_at, value, std::int16_t(0));
        m_at = value;
        if (m_at < m_end)
            *m_at++ = static_cast<std::int16_t>(isNegative ? -magnitude : magnitude);
    }

    void decodeSingle()
    {
        const std::uint32_t code = golombRice();
        m_k.add(code == 0 ? kStepAfterSingle : -kStepAfterSingle);
        *m_at++ = unfolded(code);
    }

    void decodePair()
    {
        const std::uint32_t sum = golombRice();
        const std::uint32_t first = m_bits.read(std::bit_width(sum));
        const std::uint32_t second = sum - first;
        if (first != 0 && second != 0)
            m_k.add(-kStepAfterPair);
        else if (first == 0 && second == 0)
            m_k.add(kStepAfterPair);
        *m_at++ = unfolded(first);
        if (m_at < m_end)
            *m_at++ = unfolded(second);
    }

    std::uint32_t golombRice()
    {
        const std::uint32_t quotient = m_bits.countOf(true);
        const int bits = m_kR.bits();
        const std::uint32_t value = quotient << bits | m_bits.read(bits);
        if (quotient == 0)
            m_kR.add(-2);
        else if (quotient > 1)
            m_kR.add(static_cast<int>(std::min<std::uint32_t>(quotient, kMaxParameter)));
        return value;
    }

    std::size_t room() const { return static_cast<std::size_t>(m_end - m_at); }

    static std::int16_t unfolded(std::uint32_t code)
    {
        return static_cast<std::int16_t>(code >> 1 ^ (0U - (code & 1)));
    }

    BitReader m_bits;
    std::int16_t* m_at;
    std::int16_t* m_end;
    Parameter m_k;
    Parameter m_kR;
};

} // namespace

void RlgrDecoder::decode(ByteView octets, RlgrMode mode, std::span<std::int16_t> coefficients)
{
    m_octets.resize(octets.size() + kPadding);
    std::copy(octets.begin(), octets.end(), m_octets.begin());
    std::fill_n(m_octets.begin() + static_cast<std::ptrdiff_t>(octets.size()), kPadding, std::uint8_t(0));
    Decoder decoder({m_octets.data(), octets.size()}, coefficients);
    if (mode == RlgrMode::Rlgr1)
        decoder.decode<RlgrMode::Rlgr1>();
    else
        decoder.decode<RlgrMode::Rlgr3>();
}

} // namespace sightline
