#include "tests/support/relay/gfx_message_reader.h"

#include "core/graphics/octet_reader.h"

namespace sightline {

namespace {

constexpr std::size_t kMostOctets = 64 * 1024 * 1024;

Rect readRect(OctetReader& in)
{
    const int left = in.u16();
    const int top = in.u16();
    const int right = in.u16();
    return {left, top, right - left, in.u16() - top};
}

Point readPoint(OctetReader& in)
{
    const int x = in.u16();
    return {x, in.u16()};
}

std::vector<Point> readPoints(OctetReader& in)
{
    std::vector<Point> points(in.u16());
    for (Point& point : points)
        point = readPoint(in);
    return points;
}

SolidFill readFill(OctetReader& in)
{
    SolidFill fill{in.u16(), in.u32() & 0xFFFFFF, {}};
    fill.rects.resize(in.u16());
    for (Rect& rect : fill.rects)
        rect = readRect(in);
    return fill;
}

TileData readTile(OctetReader& in)
{
    TileData tile{in.u16(), TileCodec(in.u16()), {}, nullptr};
    in.u8(); // pixelFormat
    tile.rect = readRect(in);
    const ByteView payload = in.octets(in.u32());
    tile.payload = std::make_shared<const Bytes>(payload.begin(), payload.end());
    return tile;
}

Size readSize16(OctetReader& in)
{
    const int width = in.u16();
    return {width, in.u16()};
}

ResetGraphics readReset(OctetReader& in)
{
    const int width = static_cast<int>(in.u32());
    ResetGraphics reset{{width, static_cast<int>(in.u32())}};
    in.rest(); // monitors
    return reset;
}

SurfaceToSurface readCopy(OctetReader& in)
{
    SurfaceToSurface copy{in.u16(), in.u16(), {}, {}};
    copy.source = readRect(in);
    copy.destinations = readPoints(in);
    return copy;
}

SurfaceToCache readKeep(OctetReader& in)
{
    SurfaceToCache keep;
    keep.surface = in.u16();
    in.octets(8); // cacheKey
    keep.slot = in.u16();
    keep.source = readRect(in);
    return keep;
}

/// By RDPGFX_CMDID_* (MS-RDPEGFX 2.2.1.5).
bool readCommand(int id, OctetReader& in, GfxCommand& out)
{
    switch (id) {
    case 0x01:
        out = readTile(in);
        break;
    case 0x04:
        out = readFill(in);
        break;
    case 0x05:
        out = readCopy(in);
        break;
    case 0x06:
        out = readKeep(in);
        break;
    case 0x07: {
        CacheToSurface draw{in.u16(), in.u16(), {}};
        draw.destinations = readPoints(in);
        out = draw;
        break;
    }
    case 0x08:
        out = EvictCacheEntry{in.u16()};
        break;
    case 0x09: {
        CreateSurface create{in.u16(), {}};
        create.size = readSize16(in);
        in.u8(); // pixelFormat
        out = create;
        break;
    }
    case 0x0A:
        out = DeleteSurface{in.u16()};
        break;
    case 0x0B:
        in.u32(); // timestamp
        out = StartFrame{in.u32()};
        break;
    case 0x0C:
        out = EndFrame{in.u32()};
        break;
    case 0x0E:
        out = readReset(in);
        break;
    case 0x0F: {
        MapSurfaceToOutput map{in.u16(), {}};
        in.u16(); // reserved
        map.origin.x = static_cast<int>(in.u32());
        map.origin.y = static_cast<int>(in.u32());
        out = map;
        break;
    }
    default:
        return false;
    }
    return in.isGood() && in.remaining() == 0;
}

} // namespace

bool GfxMessageReader::read(ByteView message, const std::function<void(const GfxCommand&)>& each)
{
    Bytes pdus;
    if (!m_zgfx.decodeMessage(message, kMostOctets, pdus))
        return false;
    OctetReader in(pdus);
    while (in.remaining() > 0) {
        const int id = in.u16();
        in.u16(); // flags
        const std::size_t length = in.u32();
        if (!in.isGood() || length < 8)
            return false;
        OctetReader body(in.octets(length - 8));
        GfxCommand command;
        if (!in.isGood() || !readCommand(id, body, command))
            return false;
        each(command);
    }
    return in.isGood();
}

} // namespace sightline
