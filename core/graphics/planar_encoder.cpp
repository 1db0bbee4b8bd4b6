#include "core/graphics/planar_encoder.h"

#include <algorithm>
#include <bit>
#include <cstring>

// A plane is coded row by row (MS-RDPEGDI 2.2.2.5.1.1). The first row holds values, every other row the
// differences to the row above, folded so that small ones of either sign are small numbers. A row is a
// sequence of segments: some raw values, then a run that repeats the last of them (zero at the start of a
// row). One octet says how many of each; a run is 3 to 15 long beside raw values, and 16 to 47 in an octet of
// its own.

namespace sightline {

namespace {

constexpr std::uint8_t kHeaderRunLength = 0x10;
constexpr std::uint8_t kHeaderNoAlpha = 0x20;
constexpr int kMinRun = 3;
constexpr int kMaxShortRun = 15;
constexpr int kMaxLongRun = 47;
constexpr int kMaxRaw = 15;
constexpr std::size_t kWord = sizeof(std::uint64_t);

/// How many octets from `values` on, at most `count`, equal `value`. May read a word beyond them.
int equalRun(const std::uint8_t* values, int count, std::uint8_t value)
{
    const std::uint64_t pattern = value * 0x0101010101010101U;
    int length = 0;
    while (length < count) {
        std::uint64_t word = 0;
        std::memcpy(&word, values + length, kWord);
        const std::uint64_t difference = word ^ pattern;
        if (difference != 0) {
            if constexpr (std::endian::native == std::endian::little)
                length += std::countr_zero(difference) / 8;
            else
                length += std::countl_zero(difference) / 8;
            break;
        }
        length += static_cast<int>(kWord);
    }
    return std::min(length, count);
}

/// The first part of a run so that what is left of it is nothing, or long enough to be a run.
int firstPart(int run, int largest)
{
    const int part = std::min(run, largest);
    const int rest = run - part;
    return rest > 0 && rest < kMinRun ? part - (kMinRun - rest) : part;
}

std::uint8_t control(int high, int low)
{
    return static_cast<std::uint8_t>(high << 4 | low);
}

std::uint8_t* putRun(int run, std::uint8_t* out)
{
    while (run > 0) {
        const int part = firstPart(run, kMaxLongRun);
        if (part <= kMaxShortRun)
            *out++ = control(0, part);
        else if (part < 32)
            *out++ = control(part - 16, 1);
        else
            *out++ = control(part - 32, 2);
        run -= part;
    }
    return out;
}

std::uint8_t* putSegment(const std::uint8_t* raw, int rawCount, int run, std::uint8_t* out)
{
    while (rawCount > 0) {
        const int part = std::min(rawCount, kMaxRaw);
        const int runPart = part == rawCount ? firstPart(run, kMaxShortRun) : 0;
        *out++ = control(part, runPart);
        out = std::copy_n(raw, part, out);
        raw += part;
        rawCount -= part;
        run -= runPart;
    }
    return putRun(run, out);
}

/// Where the raw values that begin at `begin` end: at the row's end, or where a run of the last one begins.
int endOfRaw(const std::uint8_t* values, int begin, int width)
{
    int equal = 0;
    for (int x = begin + 1; x < width; ++x) {
        equal = values[x] == values[x - 1] ? equal + 1 : 0;
        if (equal == kMinRun)
            return x - kMinRun + 1;
    }
    return width;
}

std::uint8_t* encodeRow(const std::uint8_t* values, int width, std::uint8_t* out)
{
    int x = equalRun(values, width, 0);
    if (x < kMinRun)
        x = 0;
    out = putRun(x, out);
    while (x < width) {
        const int end = endOfRaw(values, x, width);
        const int run = equalRun(values + end, width - end, values[end - 1]);
        out = putSegment(values + x, end - x, run, out);
        x = end + run;
    }
    return out;
}

void foldDifferences(const std::uint8_t* row, const std::uint8_t* above, int width, std::uint8_t* out)
{
    for (int x = 0; x < width; ++x) {
        const auto difference = static_cast<std::uint8_t>(row[x] - above[x]);
        const bool isNegative = (difference & 0x80) != 0;
        out[x]
            = static_cast<std::uint8_t>(static_cast<unsigned>(difference) << 1 ^ (isNegative ? 0xFFU : 0U));
    }
}

} // namespace

std::span<const std::uint8_t> PlanarEncoder::encode(const PictureView& picture)
{
    split(picture);
    const std::size_t planeSize = m_planes.size() / 3;
    // Header, planes and the pad octet that follows planes that are not run-length encoded.
    const std::size_t plainSize = 1 + m_planes.size() + 1;
    const auto width = static_cast<std::size_t>(picture.width);
    const auto height = static_cast<std::size_t>(picture.height);
    const std::size_t largestPlane = height * (width + width / kMaxRaw + 1);
    if (m_encoded.size() < plainSize + largestPlane)
        m_encoded.resize(plainSize + largestPlane);

    std::size_t size = 1;
    for (std::size_t plane = 0; plane < 3 && size < plainSize; ++plane) {
        size += encodePlane(
            m_planes.data() + plane * planeSize, picture.width, picture.height, m_encoded.data() + size);
    }
    m_encoded[0] = kHeaderNoAlpha | kHeaderRunLength;
    if (size >= plainSize) {
        m_encoded[0] = kHeaderNoAlpha;
        std::copy(m_planes.begin(), m_planes.end(), m_encoded.begin() + 1);
        m_encoded[plainSize - 1] = 0;
        size = plainSize;
    }
    return {m_encoded.data(), size};
}

void PlanarEncoder::split(const PictureView& picture)
{
    const std::size_t planeSize
        = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    m_planes.resize(3 * planeSize);
    std::uint8_t* red = m_planes.data();
    std::uint8_t* green = red + planeSize;
    std::uint8_t* blue = green + planeSize;
    for (int y = 0; y < picture.height; ++y) {
        const std::uint32_t* row = picture.row(y);
        for (int x = 0; x < picture.width; ++x) {
            red[x] = static_cast<std::uint8_t>(row[x] >> 16);
            green[x] = static_cast<std::uint8_t>(row[x] >> 8);
            blue[x] = static_cast<std::uint8_t>(row[x]);
        }
        red += picture.width;
        green += picture.width;
        blue += picture.width;
    }
}

std::size_t PlanarEncoder::encodePlane(const std::uint8_t* plane, int width, int height, std::uint8_t* out)
{
    m_row.resize(static_cast<std::size_t>(width) + kWord);
    std::copy_n(plane, width, m_row.begin());
    std::uint8_t* end = encodeRow(m_row.data(), width, out);
    for (int y = 1; y < height; ++y) {
        foldDifferences(plane + width, plane, width, m_row.data());
        plane += width;
        end = encodeRow(m_row.data(), width, end);
    }
    return static_cast<std::size_t>(end - out);
}

} // namespace sightline
