#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>

namespace sightline {

/// Reads little-endian numbers from octets of a stranger. After the end everything is zero and isGood()
/// false.
class OctetReader {
public:
    explicit OctetReader(ByteView octets)
        : m_octets(octets)
    {
    }

    bool isGood() const { return m_isGood; }
    std::size_t remaining() const { return m_octets.size() - m_at; }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return number(4); }
    ByteView octets(std::size_t count)
    {
        if (!has(count))
            return {};
        const ByteView view = m_octets.subspan(m_at, count);
        m_at += count;
        return view;
    }
    ByteView rest() { return octets(remaining()); }

private:
    bool has(std::size_t count)
    {
        m_isGood = m_isGood && count <= remaining();
        return m_isGood;
    }
    std::uint32_t number(std::size_t size)
    {
        std::uint32_t value = 0;
        for (const std::uint8_t octet : octets(size))
            value = value >> 8 | std::uint32_t(octet) << 24;
        return size == 0 || !m_isGood ? 0 : value >> (32 - 8 * size);
    }

    ByteView m_octets;
    std::size_t m_at = 0;
    bool m_isGood = true;
};

} // namespace sightline
