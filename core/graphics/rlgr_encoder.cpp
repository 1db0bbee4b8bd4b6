#include "core/graphics/rlgr_encoder.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

namespace sightline {

namespace {

// MS-RDPRFX 3.1.8.1.7.3
constexpr int kMaxParameter = 80;
constexpr int kParameterShift = 3;
constexpr int kUpAfterZeroRun = 4;
constexpr int kDownAfterValue = 6;
constexpr int kUpAfterZeroPair = 6;
constexpr int kDownAfterValuePair = 6;

/// k or kR: kept in eighths.
class Parameter {
public:
    int bits() const { return m_eighths >> kParameterShift; }
    void add(int eighths) { m_eighths = std::clamp(m_eighths + eighths, 0, kMaxParameter); }

private:
    int m_eighths = 1 << kParameterShift;
};

/// Writes bits, the most significant one first.
class BitWriter {
public:
    explicit BitWriter(std::vector<std::uint8_t>& out)
        : m_out(out)
        , m_size(out.size())
    {
    }

    /// At most 32 of them.
    void put(std::uint32_t bits, int count)
    {
        m_pending = m_pending << count | bits;
        m_count += count;
        if (m_count >= 32)
            flushWord();
    }
    void putOnes(std::uint32_t count)
    {
        for (; count >= 32; count -= 32)
            put(0xFFFFFFFF, 32);
        put((1U << count) - 1, static_cast<int>(count));
    }
    void finish()
    {
        const int bytes = (m_count + 7) / 8;
        const std::uint64_t aligned = m_pending << (bytes * 8 - m_count);
        m_out.resize(m_size);
        for (int i = bytes - 1; i >= 0; --i)
            m_out.push_back(static_cast<std::uint8_t>(aligned >> (i * 8)));
    }

private:
    void flushWord()
    {
        m_count -= 32;
        const auto word = static_cast<std::uint32_t>(m_pending >> m_count);
        if (m_out.size() < m_size + 4)
            m_out.resize(m_size + 4096);
        for (std::size_t i = 0; i < 4; ++i)
            m_out[m_size + i] = static_cast<std::uint8_t>(word >> (24 - 8 * i));
        m_size += 4;
    }

    std::vector<std::uint8_t>& m_out;
    std::size_t m_size;
    std::uint64_t m_pending = 0;
    int m_count = 0; ///< INVARIANT: less than 32 between calls
};

class Rlgr3 {
public:
    explicit Rlgr3(std::vector<std::uint8_t>& out)
        : m_bits(out)
    {
    }

    void encode(std::span<const std::int16_t> values)
    {
        const std::int16_t* at = values.data();
        const std::int16_t* const end = at + values.size();
        while (at < end) {
            if (m_k.bits() > 0)
                at = encodeRun(at, end);
            else
                at = encodePair(at, end);
        }
        m_bits.finish();
    }

private:
    /// Zeros, and the value behind them. At the end of the data that may be a zero, too, although it has no
    /// code: it is coded as one. No decoder is known to expect a run that reaches the end.
    const std::int16_t* encodeRun(const std::int16_t* at, const std::int16_t* end)
    {
        const std::int16_t* value = std::min(skipZeros(at, end), end - 1);
        auto zeros = static_cast<std::uint32_t>(value - at);
        while (zeros >= 1U << m_k.bits()) {
            m_bits.put(0, 1);
            zeros -= 1U << m_k.bits();
            m_k.add(kUpAfterZeroRun);
        }
        const int k = m_k.bits();
        const std::uint32_t sign = *value < 0 ? 1 : 0;
        m_bits.put((1U << k | zeros) << 1 | sign, k + 2);
        const int magnitude = *value < 0 ? -*value : *value;
        putGolombRice(static_cast<std::uint32_t>(std::max(1, magnitude) - 1));
        m_k.add(-kDownAfterValue);
        return value + 1;
    }

    const std::int16_t* encodePair(const std::int16_t* at, const std::int16_t* end)
    {
        const std::uint32_t first = folded(at[0]);
        const std::uint32_t second = end - at > 1 ? folded(at[1]) : 0;
        const std::uint32_t sum = first + second;
        putGolombRice(sum);
        m_bits.put(first, std::bit_width(sum));
        if (first != 0 && second != 0)
            m_k.add(-kDownAfterValuePair);
        else if (sum == 0)
            m_k.add(kUpAfterZeroPair);
        return at + std::min<std::ptrdiff_t>(2, end - at);
    }

    void putGolombRice(std::uint32_t value)
    {
        const int bits = m_kR.bits();
        const std::uint32_t quotient = value >> bits;
        const std::uint32_t remainder = value & ((1U << bits) - 1);
        if (quotient < 16) {
            // Ones, a zero and the remainder (at most 10 bits) together.
            const std::uint32_t ones = (1U << quotient) - 1;
            m_bits.put(ones << (bits + 1) | remainder, static_cast<int>(quotient) + 1 + bits);
        } else {
            m_bits.putOnes(quotient);
            m_bits.put(remainder, bits + 1);
        }
        if (quotient == 0)
            m_kR.add(-2);
        else if (quotient > 1)
            m_kR.add(static_cast<int>(quotient));
    }

    static std::uint32_t folded(std::int16_t value)
    {
        return static_cast<std::uint32_t>(value >= 0 ? 2 * value : -2 * value - 1);
    }

    static const std::int16_t* skipZeros(const std::int16_t* at, const std::int16_t* end)
    {
        std::uint64_t four = 0;
        for (; end - at >= 4; at += 4) {
            std::memcpy(&four, at, sizeof four);
            if (four != 0)
                break;
        }
        while (at < end && *at == 0)
            ++at;
        return at;
    }

    BitWriter m_bits;
    Parameter m_k;
    Parameter m_kR;
};

} // namespace

void encodeRlgr3(std::span<const std::int16_t> coefficients, std::vector<std::uint8_t>& out)
{
    Rlgr3(out).encode(coefficients);
}

} // namespace sightline
