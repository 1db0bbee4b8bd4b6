#include "core/graphics/avc420_stream.h"

#include "core/graphics/octet_reader.h"

#include <algorithm>
#include <array>

namespace sightline {

namespace {

constexpr std::size_t kMostAreas = 4096;
constexpr std::size_t kQuantQuality = 2; // octets for each area

/// Looks for a NAL unit of type 5 (ITU-T H.264 table 7-1) behind a start code.
bool hasIdr(ByteView unit)
{
    constexpr std::array<std::uint8_t, 3> kStartCode{0, 0, 1};
    auto at = unit.begin();
    while (true) {
        at = std::search(at, unit.end(), kStartCode.begin(), kStartCode.end());
        if (unit.end() - at <= 3)
            return false;
        at += 3;
        const int type = *at & 0x1F;
        if (type == 5)
            return true;
        if (type == 1) // slices of a picture are all of one kind
            return false;
    }
}

} // namespace

Result<Avc420Stream> parseAvc420(ByteView octets)
{
    OctetReader in(octets);
    const std::size_t count = in.u32();
    Avc420Stream stream;
    for (std::size_t i = 0; in.isGood() && i < count && count <= kMostAreas; ++i) {
        const int left = in.u16();
        const int top = in.u16();
        const int right = in.u16();
        stream.areas.push_back({left, top, right - left, in.u16() - top});
    }
    in.octets(kQuantQuality * std::min(count, kMostAreas));
    stream.accessUnit = in.rest();
    const bool areSane = std::ranges::none_of(stream.areas, [](const Rect& area) { return area.isEmpty(); });
    if (!in.isGood() || count > kMostAreas || !areSane || stream.accessUnit.empty())
        return Error(ErrorCode::ParseFailed, QStringLiteral("malformed AVC420 stream"));
    stream.isKey = hasIdr(stream.accessUnit);
    return stream;
}

} // namespace sightline
