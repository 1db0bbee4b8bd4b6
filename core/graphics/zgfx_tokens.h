#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sightline {

// The tokens of RDP8 bulk compression (MS-RDPEGFX 3.1.9.1.2). Bits are numbered from the most significant one
// of an octet; values follow their prefix with the most significant bit first.

/// Octets of output that a match can reach back to (3.1.9.1.1).
inline constexpr std::size_t kZgfxHistory = 2'500'000;
/// Octets that one segment stands for, at most (3.1.8.1).
inline constexpr std::size_t kZgfxSegment = 65535;

// RDP8_BULK_ENCODED_DATA.header (2.2.5.3)
inline constexpr std::uint8_t kZgfxTypeRdp8 = 0x04;
inline constexpr std::uint8_t kZgfxCompressed = 0x20;
inline constexpr std::uint8_t kZgfxTypeMask = 0x0F;

// RDP_SEGMENTED_DATA.descriptor (2.2.5.1)
inline constexpr std::uint8_t kZgfxSingle = 0xE0;
inline constexpr std::uint8_t kZgfxMultipart = 0xE1;

/// A prefix, and how many bits of value follow it.
struct ZgfxToken {
    std::uint32_t prefix = 0;
    int prefixBits = 0;
    int valueBits = 0;
    std::uint32_t base = 0; ///< of a distance: added to the value; of a literal: the octet
};

/// How far back a match begins. Distance 0 announces octets that are not encoded: their number in 15 bits,
/// then they themselves from the next whole octet on. Without the three longest ones, which reach beyond the
/// history.
inline constexpr std::array<ZgfxToken, 11> kZgfxDistances{{
    {0b10001, 5, 5, 0},
    {0b10010, 5, 7, 32},
    {0b10011, 5, 9, 160},
    {0b10100, 5, 10, 672},
    {0b10101, 5, 12, 1696},
    {0b101100, 6, 14, 5792},
    {0b101101, 6, 15, 22176},
    {0b1011100, 7, 18, 54944},
    {0b1011101, 7, 20, 317088},
    {0b10111100, 8, 20, 1365664},
    {0b10111101, 8, 21, 2414240},
}};

/// Octets with a token of their own. Every other one is a zero bit and eight bits.
inline constexpr std::array<ZgfxToken, 25> kZgfxShortLiterals{{
    {0b11000, 5, 0, 0x00},
    {0b11001, 5, 0, 0x01},
    {0b110100, 6, 0, 0x02},
    {0b110101, 6, 0, 0x03},
    {0b110110, 6, 0, 0xFF},
    {0b1101110, 7, 0, 0x04},
    {0b1101111, 7, 0, 0x05},
    {0b1110000, 7, 0, 0x06},
    {0b1110001, 7, 0, 0x07},
    {0b1110010, 7, 0, 0x08},
    {0b1110011, 7, 0, 0x09},
    {0b1110100, 7, 0, 0x0A},
    {0b1110101, 7, 0, 0x0B},
    {0b1110110, 7, 0, 0x3A},
    {0b1110111, 7, 0, 0x3B},
    {0b1111000, 7, 0, 0x3C},
    {0b1111001, 7, 0, 0x3D},
    {0b1111010, 7, 0, 0x3E},
    {0b1111011, 7, 0, 0x3F},
    {0b1111100, 7, 0, 0x40},
    {0b1111101, 7, 0, 0x80},
    {0b11111100, 8, 0, 0x0C},
    {0b11111101, 8, 0, 0x38},
    {0b11111110, 8, 0, 0x39},
    {0b11111111, 8, 0, 0x66},
}};

inline constexpr int kZgfxRawCountBits = 15;
inline constexpr std::size_t kZgfxMinMatch = 3;

} // namespace sightline
