#include "core/graphics/planar_decoder.h"

#include <algorithm>
#include <cstring>

// See planar_encoder.cpp for how a plane is coded.

namespace sightline {

namespace {

constexpr std::uint8_t kHeaderColorLoss = 0x07;
constexpr std::uint8_t kHeaderSubsampling = 0x08;
constexpr std::uint8_t kHeaderRunLength = 0x10;
constexpr std::uint8_t kHeaderNoAlpha = 0x20;
constexpr int kNoPlane = -1; ///< of the pixel: the plane is only passed over

Error malformed()
{
    return {ErrorCode::ParseFailed, QStringLiteral("malformed planar tile")};
}

void putRow(const std::uint8_t* values, std::size_t width, int shift, std::uint32_t* to)
{
    const std::uint32_t kept = ~(std::uint32_t(0xFF) << shift);
    for (std::size_t x = 0; x < width; ++x)
        to[x] = (to[x] & kept) | std::uint32_t(values[x]) << shift;
}

/// Odd numbers stand for negative differences.
void addDifferences(const std::uint8_t* differences, std::size_t width, std::uint8_t* row)
{
    for (std::size_t x = 0; x < width; ++x) {
        const unsigned folded = differences[x];
        row[x] = static_cast<std::uint8_t>(row[x] + (folded >> 1 ^ (0U - (folded & 1))));
    }
}

} // namespace

Result<void> PlanarDecoder::decode(
    ByteView octets, int width, int height, std::uint32_t* to, std::ptrdiff_t stride)
{
    if (octets.empty() || (octets[0] & (kHeaderColorLoss | kHeaderSubsampling)) != 0)
        return malformed();
    const std::uint8_t header = octets[0];
    octets = octets.subspan(1);
    const auto row = static_cast<std::size_t>(width);
    m_row.resize(row);
    m_above.resize(row);
    const int firstShift = (header & kHeaderNoAlpha) != 0 ? 16 : 24;
    if ((header & kHeaderRunLength) != 0) {
        for (int shift = firstShift; shift >= 0; shift -= 8) {
            if (!decodePlane(octets, height, shift == 24 ? kNoPlane : shift, to, stride))
                return malformed();
        }
        return {};
    }
    const std::size_t plane = row * static_cast<std::size_t>(height);
    const auto planes = static_cast<std::size_t>(firstShift / 8 + 1);
    if (octets.size() / planes < plane)
        return malformed();
    for (int shift = firstShift; shift >= 0; shift -= 8, octets = octets.subspan(plane)) {
        for (int y = 0; shift != 24 && y < height; ++y)
            putRow(octets.data() + static_cast<std::size_t>(y) * row, row, shift, to + y * stride);
    }
    return {};
}

bool PlanarDecoder::decodePlane(
    ByteView& octets, int height, int shift, std::uint32_t* to, std::ptrdiff_t stride)
{
    for (int y = 0; y < height; ++y) {
        if (!decodeRow(octets))
            return false;
        if (y == 0)
            m_above = m_row;
        else
            addDifferences(m_row.data(), m_row.size(), m_above.data());
        if (shift != kNoPlane)
            putRow(m_above.data(), m_above.size(), shift, to + y * stride);
    }
    return true;
}

bool PlanarDecoder::decodeRow(ByteView& octets)
{
    const std::size_t width = m_row.size();
    std::size_t at = 0;
    std::size_t x = 0;
    std::uint8_t last = 0;
    while (x < width) {
        if (at == octets.size())
            return false;
        const std::uint8_t control = octets[at++];
        std::size_t raw = control >> 4;
        std::size_t run = control & 0x0F;
        if (run == 1 || run == 2) { // long runs, without raw values
            run = 16 * run + raw;
            raw = 0;
        }
        if (raw + run > width - x || raw > octets.size() - at)
            return false;
        if (raw > 0) {
            std::memcpy(m_row.data() + x, octets.data() + at, raw);
            at += raw;
            x += raw;
            last = octets[at - 1];
        }
        std::memset(m_row.data() + x, last, run);
        x += run;
    }
    octets = octets.subspan(at);
    return true;
}

} // namespace sightline
