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

// A pair of the largest values in unary: 4 * 32768 bits; and some more for runs, remainders and the end.
constexpr std::size_t kLargestSymbol = 20 * 1024;

/// k or kR: kept in eighths.
class Parameter {
public:
    int bits() const { return m_eighths >> kParameterShift; }
    void add(int eighths) { m_eighths = std::clamp(m_eighths + eighths, 0, kMaxParameter); }

private:
    int m_eighths = 1 << kParameterShift;
};

// The state of the coder has to live in registers: every octet written could otherwise change it, for all
// that the compiler knows. So everything below ends up in one function.
#define SIGHTLINE_INLINE [[gnu::always_inline]] inline

/// Writes bits, the most significant one first.
class BitWriter {
public:
    explicit BitWriter(std::uint8_t* out)
        : m_out(out)
    {
    }

    std::uint8_t* position() const { return m_out; }
    void moveTo(std::uint8_t* out) { m_out = out; }

    /// At most 32 of them.
    SIGHTLINE_INLINE void put(std::uint32_t bits, int count)
    {
        m_pending = m_pending << count | bits;
        m_count += count;
        if (m_count >= 32) {
            m_count -= 32;
            putWord(static_cast<std::uint32_t>(m_pending >> m_count));
        }
    }
    void putOnes(std::uint32_t count)
    {
        for (; count >= 32; count -= 32)
            put(0xFFFFFFFF, 32);
        put((1U << count) - 1, static_cast<int>(count));
    }
    /// Ends with the octet that has the last bit in it.
    void finish()
    {
        const int bytes = (m_count + 7) / 8;
        putWord(static_cast<std::uint32_t>(m_pending << (32 - m_count)));
        m_out -= 4 - bytes;
    }

private:
    SIGHTLINE_INLINE void putWord(std::uint32_t word)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
            *m_out++ = static_cast<std::uint8_t>(word >> shift);
    }

    std::uint8_t* m_out;
    std::uint64_t m_pending = 0;
    int m_count = 0; ///< INVARIANT: less than 32 between calls
};

class Rlgr3 {
public:
    explicit Rlgr3(std::uint8_t* out)
        : m_bits(out)
    {
    }

    BitWriter& bits() { return m_bits; }

    /// The next symbol; what follows it.
    SIGHTLINE_INLINE const std::int16_t* encodeNext(const std::int16_t* at, const std::int16_t* end)
    {
        return m_k.bits() > 0 ? encodeRun(at, end) : encodePair(at, end);
    }

private:
    /// Zeros, and the value behind them. At the end of the data that may be a zero, too, although it has no
    /// code: it is coded as one. No decoder is known to expect a run that reaches the end.
    SIGHTLINE_INLINE const std::int16_t* encodeRun(const std::int16_t* at, const std::int16_t* end)
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

    SIGHTLINE_INLINE const std::int16_t* encodePair(const std::int16_t* at, const std::int16_t* end)
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

    SIGHTLINE_INLINE void putGolombRice(std::uint32_t value)
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
        const int sign = value >> 15;
        return static_cast<std::uint32_t>(value * 2 ^ sign);
    }

    SIGHTLINE_INLINE static const std::int16_t* skipZeros(const std::int16_t* at, const std::int16_t* end)
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

#undef SIGHTLINE_INLINE

} // namespace

std::span<const std::uint8_t> RlgrEncoder::encode(std::span<const std::int16_t> coefficients)
{
    const std::int16_t* at = coefficients.data();
    const std::int16_t* const end = at + coefficients.size();
    Rlgr3 coder(m_encoded.data());
    while (at < end) {
        const auto used = static_cast<std::size_t>(coder.bits().position() - m_encoded.data());
        if (m_encoded.size() - used < kLargestSymbol) {
            m_encoded.resize(used + 2 * kLargestSymbol);
            coder.bits().moveTo(m_encoded.data() + used);
        }
        at = coder.encodeNext(at, end);
    }
    coder.bits().finish();
    return {m_encoded.data(), static_cast<std::size_t>(coder.bits().position() - m_encoded.data())};
}

} // namespace sightline
