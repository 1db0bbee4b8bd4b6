#pragma once

#include "core/base/bytes.h"

#include <cstdint>

namespace sightline {

// RDP numbers are little-endian on the wire.

inline void appendU8(Bytes& out, std::uint8_t value)
{
    out.push_back(value);
}

inline void appendU16(Bytes& out, std::uint16_t value)
{
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

inline void appendU32(Bytes& out, std::uint32_t value)
{
    appendU16(out, static_cast<std::uint16_t>(value & 0xFFFF));
    appendU16(out, static_cast<std::uint16_t>(value >> 16));
}

inline void writeU32(Bytes& out, std::size_t at, std::uint32_t value)
{
    for (std::size_t i = 0; i < sizeof value; ++i)
        out[at + i] = static_cast<std::uint8_t>(value >> 8 * i);
}

inline std::uint16_t readU16(ByteView in, std::size_t at)
{
    return static_cast<std::uint16_t>(in[at] | in[at + 1] << 8);
}

inline std::uint32_t readU32(ByteView in, std::size_t at)
{
    return readU16(in, at) | static_cast<std::uint32_t>(readU16(in, at + 2)) << 16;
}

} // namespace sightline
