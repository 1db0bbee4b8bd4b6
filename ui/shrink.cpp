#include "ui/shrink.h"

#include <cstdint>
#include <vector>

// Area averaging, first down the columns, then along the rows. Along each axis a target pixel covers
// source/target source pixels; how much it covers of each is a weight in 1/256. The weights of one target
// pixel are differences of a rounded running sum, hence always add up to 256: a plain area keeps its colour
// exactly, and four sums of 8 bits times 8 bits fit into 16-bit lanes.

namespace sightline {
namespace {

constexpr std::uint16_t kHalf = 128;

struct Span {
    int first = 0;
    std::vector<std::uint16_t> weights; ///< of first, first + 1, ...
};

Span coveredBy(int pixel, int source, int target)
{
    // In units of 1/target of a source pixel: the target pixel is [begin, begin + source).
    const std::int64_t begin = static_cast<std::int64_t>(pixel) * source;
    const std::int64_t end = begin + source;
    Span span{static_cast<int>(begin / target), {}};
    std::int64_t given = 0;
    for (std::int64_t edge = (span.first + 1) * static_cast<std::int64_t>(target); given < 256;
         edge += target) {
        const std::int64_t sum = ((std::min(edge, end) - begin) * 256 + source / 2) / source;
        span.weights.push_back(static_cast<std::uint16_t>(sum - given));
        given = sum;
    }
    return span;
}

std::vector<Span> spans(int first, int count, int source, int target)
{
    std::vector<Span> all;
    all.reserve(static_cast<std::size_t>(count));
    for (int pixel = first; pixel < first + count; ++pixel)
        all.push_back(coveredBy(pixel, source, target));
    return all;
}

// Octet by octet, so that compilers make vector code of it.
void addRow(std::uint16_t* sums, const std::uint8_t* row, std::size_t count, std::uint16_t weight)
{
    for (std::size_t i = 0; i < count; ++i)
        sums[i] = static_cast<std::uint16_t>(sums[i] + row[i] * weight);
}

void takeMeans(std::uint8_t* means, const std::uint16_t* sums, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        means[i] = static_cast<std::uint8_t>(sums[i] >> 8);
}

// Four octets, each with the room for 16 bits: 0xXXRRGGBB becomes 0x00XX00GG00RR00BB.
std::uint64_t spread(std::uint32_t pixel)
{
    const std::uint64_t wide = pixel;
    return (wide & 0x00FF00FF) | (wide & 0xFF00FF00) << 24;
}

std::uint32_t meanAlong(const std::uint32_t* row, const Span& span)
{
    std::uint64_t sums = kHalf * 0x0001000100010001u;
    const std::uint32_t* pixel = row + span.first;
    for (const std::uint16_t weight : span.weights)
        sums += spread(*pixel++) * weight;
    const std::uint64_t means = sums >> 8 & 0x00FF00FF00FF00FFu;
    return static_cast<std::uint32_t>(means | means >> 24) | 0xFF000000u;
}

} // namespace

Picture shrunk(const PictureView& source, Size size, const Rect& part)
{
    const bool isShrinking = size.width <= source.width && size.height <= source.height;
    if (part.isEmpty() || !isShrinking || !Rect{0, 0, size.width, size.height}.contains(part))
        return {};
    std::vector<Span> columns = spans(part.x, part.width, source.width, size.width);
    const int left = columns.front().first;
    const int right = columns.back().first + static_cast<int>(columns.back().weights.size());
    for (Span& span : columns)
        span.first -= left;
    const auto width = static_cast<std::size_t>(right - left);

    Picture result(part.width, part.height);
    std::vector<std::uint16_t> sums(width * 4);
    std::vector<std::uint32_t> means(width);
    for (int y = 0; y < part.height; ++y) {
        const Span rows = coveredBy(part.y + y, source.height, size.height);
        sums.assign(sums.size(), kHalf);
        int sourceRow = rows.first;
        for (const std::uint16_t weight : rows.weights)
            addRow(sums.data(), reinterpret_cast<const std::uint8_t*>(source.row(sourceRow++) + left),
                width * 4, weight);
        takeMeans(reinterpret_cast<std::uint8_t*>(means.data()), sums.data(), width * 4);
        std::uint32_t* out = result.row(y);
        for (const Span& span : columns)
            *out++ = meanAlong(means.data(), span);
    }
    return result;
}

} // namespace sightline
