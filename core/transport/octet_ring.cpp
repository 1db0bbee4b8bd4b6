#include "core/transport/octet_ring.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sightline {

namespace {

constexpr std::size_t kMinimumCapacity = 64 * 1024;

}

void OctetRing::reserve(std::uint64_t begin, std::uint64_t liveEnd, std::uint64_t end)
{
    const auto needed = static_cast<std::size_t>(end - begin);
    if (needed <= m_octets.size())
        return;
    OctetRing grown;
    grown.m_octets.resize(std::bit_ceil(std::max(needed, kMinimumCapacity)));
    while (begin < liveEnd && !m_octets.empty()) {
        const auto part = untilWrap(begin, static_cast<std::size_t>(liveEnd - begin));
        grown.write(begin, ByteView(m_octets).subspan(indexOf(begin), part));
        begin += part;
    }
    m_octets.swap(grown.m_octets);
}

std::size_t OctetRing::untilWrap(std::uint64_t offset, std::size_t size) const
{
    return std::min(size, m_octets.size() - indexOf(offset));
}

void OctetRing::write(std::uint64_t offset, ByteView data)
{
    if (data.empty())
        return;
    const auto part = untilWrap(offset, data.size());
    std::memcpy(m_octets.data() + indexOf(offset), data.data(), part);
    if (part < data.size())
        std::memcpy(m_octets.data(), data.data() + part, data.size() - part);
}

void OctetRing::read(std::uint64_t offset, ByteSpan buffer) const
{
    if (buffer.empty())
        return;
    const auto part = untilWrap(offset, buffer.size());
    std::memcpy(buffer.data(), m_octets.data() + indexOf(offset), part);
    if (part < buffer.size())
        std::memcpy(buffer.data() + part, m_octets.data(), buffer.size() - part);
}

bool OctetRing::equals(std::uint64_t offset, ByteView data) const
{
    if (data.empty())
        return true;
    const auto part = untilWrap(offset, data.size());
    return std::memcmp(m_octets.data() + indexOf(offset), data.data(), part) == 0
        && (part == data.size() || std::memcmp(m_octets.data(), data.data() + part, data.size() - part) == 0);
}

} // namespace sightline
