#include "core/rdp/gfx_server_pdu_parser.h"

#include "core/rdp/little_endian.h"

#include <optional>
#include <utility>

namespace sightline {

namespace {

// RDPGFX_CMDID_* (MS-RDPEGFX 2.2.1.5)
enum class CommandId : std::uint16_t {
    WireToSurface1 = 0x0001,
    SolidFill = 0x0004,
    SurfaceToSurface = 0x0005,
    SurfaceToCache = 0x0006,
    CacheToSurface = 0x0007,
    EvictCacheEntry = 0x0008,
    CreateSurface = 0x0009,
    DeleteSurface = 0x000A,
    StartFrame = 0x000B,
    EndFrame = 0x000C,
    ResetGraphics = 0x000E,
    MapSurfaceToOutput = 0x000F,
    CapsConfirm = 0x0013,
};

constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kResetGraphicsBody = 340 - kHeaderSize;
constexpr std::size_t kMonitorSize = 20;
constexpr std::uint8_t kPixelFormatXrgb = 0x20;

/// Reads fields in their order and remembers whether there were enough octets. INVARIANT: once it failed,
/// every field is 0.
class Fields {
public:
    explicit Fields(ByteView octets)
        : m_octets(octets)
    {
    }

    std::uint8_t u8() { return take(1) ? m_octets[m_at - 1] : std::uint8_t(0); }
    std::uint16_t u16() { return take(2) ? readU16(m_octets, m_at - 2) : std::uint16_t(0); }
    std::uint32_t u32() { return take(4) ? readU32(m_octets, m_at - 4) : 0; }
    std::uint64_t u64()
    {
        const std::uint64_t low = u32();
        return static_cast<std::uint64_t>(u32()) << 32 | low;
    }
    // RDPGFX_POINT16 (2.2.1.1)
    Point point()
    {
        const int x = static_cast<std::int16_t>(u16());
        return {x, static_cast<std::int16_t>(u16())};
    }
    // RDPGFX_RECT16 (2.2.1.2): right and bottom are exclusive
    Rect rect()
    {
        const int left = u16();
        const int top = u16();
        const int right = u16();
        return {left, top, right - left, u16() - top};
    }
    ByteView octets(std::size_t count)
    {
        return take(count) ? m_octets.subspan(m_at - count, count) : ByteView();
    }
    /// Whether so many items of so many octets each can follow.
    bool has(std::size_t count, std::size_t size) const { return (m_octets.size() - m_at) / size >= count; }
    /// Everything was there, and nothing more.
    bool isDone() const { return m_isGood && m_at == m_octets.size(); }
    bool isGood() const { return m_isGood; }

private:
    bool take(std::size_t count)
    {
        if (!m_isGood || m_octets.size() - m_at < count)
            return m_isGood = false;
        m_at += count;
        return true;
    }

    ByteView m_octets;
    std::size_t m_at = 0;
    bool m_isGood = true;
};

using Parsed = std::optional<GfxServerPdu>; ///< nothing: malformed

Parsed parseResetGraphics(ByteView body)
{
    Fields fields(body);
    ResetGraphics reset;
    reset.size.width = static_cast<int>(fields.u32()); // width (4 bytes)
    reset.size.height = static_cast<int>(fields.u32()); // height (4 bytes)
    const std::uint32_t count = fields.u32(); // monitorCount (4 bytes)
    if (body.size() != kResetGraphicsBody || count > ResetGraphics::kMaxMonitors
        || !fields.has(count, kMonitorSize))
        return std::nullopt;
    for (std::uint32_t i = 0; i < count; ++i) {
        // TS_MONITOR_DEF (MS-RDPBCGR 2.2.1.3.6.1): right and bottom are inclusive
        const auto left = static_cast<std::int32_t>(fields.u32());
        const auto top = static_cast<std::int32_t>(fields.u32());
        const auto right = static_cast<std::int32_t>(fields.u32());
        const auto bottom = static_cast<std::int32_t>(fields.u32());
        fields.u32(); // flags
        const bool isSane
            = left >= 0 && top >= 0 && right >= left && bottom >= top && right <= 0x7FFF && bottom <= 0x7FFF;
        if (!isSane)
            return std::nullopt;
        reset.monitors.push_back({left, top, right - left + 1, bottom - top + 1});
    }
    return GfxCommand(std::move(reset));
}

Parsed parseCreateSurface(Fields fields)
{
    CreateSurface create;
    create.surface = fields.u16(); // surfaceId (2 bytes)
    create.size.width = fields.u16(); // width (2 bytes)
    create.size.height = fields.u16(); // height (2 bytes)
    const bool isKnown = fields.u8() == kPixelFormatXrgb; // pixelFormat (1 byte)
    return fields.isDone() && isKnown ? Parsed(GfxCommand(create)) : std::nullopt;
}

Parsed parseMapSurface(Fields fields)
{
    MapSurfaceToOutput map;
    map.surface = fields.u16(); // surfaceId (2 bytes)
    fields.u16(); // reserved (2 bytes)
    const std::uint32_t x = fields.u32(); // outputOriginX (4 bytes)
    const std::uint32_t y = fields.u32(); // outputOriginY (4 bytes)
    if (!fields.isDone() || x > 0x7FFF || y > 0x7FFF)
        return std::nullopt;
    map.origin = {static_cast<int>(x), static_cast<int>(y)};
    return GfxCommand(map);
}

std::optional<TileCodec> codecOf(std::uint16_t id)
{
    switch (static_cast<TileCodec>(id)) {
    case TileCodec::Uncompressed:
    case TileCodec::RemoteFx:
    case TileCodec::Planar:
    case TileCodec::Avc420:
        return static_cast<TileCodec>(id);
    }
    return std::nullopt;
}

Parsed parseTile(Fields fields)
{
    TileData tile;
    tile.surface = fields.u16(); // surfaceId (2 bytes)
    const auto codec = codecOf(fields.u16()); // codecId (2 bytes)
    const bool isKnown = fields.u8() == kPixelFormatXrgb; // pixelFormat (1 byte)
    tile.rect = fields.rect(); // destRect (8 bytes)
    const ByteView data = fields.octets(fields.u32()); // bitmapDataLength (4 bytes), bitmapData
    if (!fields.isDone() || !codec || !isKnown || data.empty())
        return std::nullopt;
    tile.codec = *codec;
    tile.payload = std::make_shared<const Bytes>(data.begin(), data.end());
    return GfxCommand(std::move(tile));
}

Parsed parseSolidFill(Fields fields)
{
    SolidFill fill;
    fill.surface = fields.u16(); // surfaceId (2 bytes)
    fill.color = fields.u32() & 0x00FFFFFF; // fillPixel (4 bytes)
    const std::size_t count = fields.u16(); // fillRectCount (2 bytes)
    for (std::size_t i = 0; i < count && fields.isGood(); ++i)
        fill.rects.push_back(fields.rect()); // fillRects (8 bytes each)
    return fields.isDone() ? Parsed(GfxCommand(std::move(fill))) : std::nullopt;
}

/// destPtsCount (2 bytes), destPts (4 bytes each)
std::vector<Point> readPoints(Fields& fields)
{
    std::vector<Point> points;
    const std::size_t count = fields.u16();
    for (std::size_t i = 0; i < count && fields.isGood(); ++i)
        points.push_back(fields.point());
    return points;
}

Parsed parseCopy(Fields fields)
{
    SurfaceToSurface copy;
    copy.from = fields.u16(); // surfaceIdSrc (2 bytes)
    copy.to = fields.u16(); // surfaceIdDest (2 bytes)
    copy.source = fields.rect(); // rectSrc (8 bytes)
    copy.destinations = readPoints(fields);
    return fields.isDone() ? Parsed(GfxCommand(std::move(copy))) : std::nullopt;
}

Parsed parseSurfaceToCache(Fields fields)
{
    SurfaceToCache keep;
    keep.surface = fields.u16(); // surfaceId (2 bytes)
    keep.key = fields.u64(); // cacheKey (8 bytes)
    keep.slot = fields.u16(); // cacheSlot (2 bytes)
    keep.source = fields.rect(); // rectSrc (8 bytes)
    return fields.isDone() ? Parsed(GfxCommand(keep)) : std::nullopt;
}

Parsed parseCacheToSurface(Fields fields)
{
    CacheToSurface draw;
    draw.slot = fields.u16(); // cacheSlot (2 bytes)
    draw.surface = fields.u16(); // surfaceId (2 bytes)
    draw.destinations = readPoints(fields);
    return fields.isDone() ? Parsed(GfxCommand(std::move(draw))) : std::nullopt;
}

Parsed parseCapsConfirm(Fields fields)
{
    GfxCapsConfirm confirm;
    confirm.set.version = fields.u32(); // version (4 bytes)
    const std::uint32_t length = fields.u32(); // capsDataLength (4 bytes)
    confirm.set.flags = fields.u32(); // flags (4 bytes)
    return fields.isDone() && length == 4 ? Parsed(confirm) : std::nullopt;
}

template <typename Command, typename Number> Parsed numbered(Number number, const Fields& fields)
{
    return fields.isDone() ? Parsed(GfxCommand(Command{number})) : std::nullopt;
}

Parsed parsePdu(std::uint16_t id, ByteView body)
{
    Fields fields(body);
    switch (static_cast<CommandId>(id)) {
    case CommandId::WireToSurface1:
        return parseTile(fields);
    case CommandId::SolidFill:
        return parseSolidFill(fields);
    case CommandId::SurfaceToSurface:
        return parseCopy(fields);
    case CommandId::SurfaceToCache:
        return parseSurfaceToCache(fields);
    case CommandId::CacheToSurface:
        return parseCacheToSurface(fields);
    case CommandId::EvictCacheEntry: {
        const std::uint16_t slot = fields.u16(); // cacheSlot (2 bytes)
        return numbered<EvictCacheEntry>(slot, fields);
    }
    case CommandId::CreateSurface:
        return parseCreateSurface(fields);
    case CommandId::DeleteSurface: {
        const std::uint16_t surface = fields.u16(); // surfaceId (2 bytes)
        return numbered<DeleteSurface>(surface, fields);
    }
    case CommandId::StartFrame: {
        fields.u32(); // timestamp (4 bytes)
        const std::uint32_t frame = fields.u32(); // frameId (4 bytes)
        return numbered<StartFrame>(frame, fields);
    }
    case CommandId::EndFrame: {
        const std::uint32_t frame = fields.u32(); // frameId (4 bytes)
        return numbered<EndFrame>(frame, fields);
    }
    case CommandId::ResetGraphics:
        return parseResetGraphics(body);
    case CommandId::MapSurfaceToOutput:
        return parseMapSurface(fields);
    case CommandId::CapsConfirm:
        return parseCapsConfirm(fields);
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<GfxServerPdu>> parseGfxServerMessage(ByteView message)
{
    const auto malformed = [](const QString& what) { return Error(ErrorCode::ParseFailed, what); };
    std::vector<GfxServerPdu> pdus;
    while (!message.empty()) {
        if (message.size() < kHeaderSize)
            return malformed(QStringLiteral("truncated header"));
        const std::uint16_t id = readU16(message, 0); // cmdId (2 bytes), flags (2 bytes)
        const std::size_t length = readU32(message, 4); // pduLength (4 bytes)
        if (length < kHeaderSize || length > message.size())
            return malformed(QStringLiteral("length out of range"));
        auto pdu = parsePdu(id, message.subspan(kHeaderSize, length - kHeaderSize));
        if (!pdu)
            return malformed(QStringLiteral("bad or unknown graphics command %1").arg(id));
        pdus.push_back(std::move(*pdu));
        message = message.subspan(length);
    }
    return pdus;
}

} // namespace sightline
