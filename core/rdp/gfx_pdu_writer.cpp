#include "core/rdp/gfx_pdu_writer.h"

#include "core/rdp/little_endian.h"

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
    FrameAcknowledge = 0x000D,
    ResetGraphics = 0x000E,
    MapSurfaceToOutput = 0x000F,
    CapsAdvertise = 0x0012,
    CapsConfirm = 0x0013,
};

constexpr std::size_t kHeaderSize = 8;
constexpr std::uint8_t kPixelFormatXrgb = 0x20; // GFX_PIXEL_FORMAT_XRGB_8888
constexpr std::size_t kResetGraphicsSize = 340; // fixed, whatever the number of monitors (2.2.2.14)
constexpr std::uint32_t kMonitorPrimary = 0x00000001;

void appendHeader(Bytes& out, CommandId id, std::size_t pduLength)
{
    appendU16(out, static_cast<std::uint16_t>(id)); // cmdId (2 bytes)
    appendU16(out, 0); // flags (2 bytes)
    appendU32(out, static_cast<std::uint32_t>(pduLength)); // pduLength (4 bytes), this header included
}

// RDPGFX_POINT16 (2.2.1.1)
void appendPoint(Bytes& out, const Point& point)
{
    appendU16(out, static_cast<std::uint16_t>(point.x)); // x (2 bytes)
    appendU16(out, static_cast<std::uint16_t>(point.y)); // y (2 bytes)
}

// RDPGFX_RECT16 (2.2.1.2): right and bottom are exclusive
void appendRect(Bytes& out, const Rect& rect)
{
    appendU16(out, static_cast<std::uint16_t>(rect.x)); // left (2 bytes)
    appendU16(out, static_cast<std::uint16_t>(rect.y)); // top (2 bytes)
    appendU16(out, static_cast<std::uint16_t>(rect.right())); // right (2 bytes)
    appendU16(out, static_cast<std::uint16_t>(rect.bottom())); // bottom (2 bytes)
}

// TS_MONITOR_DEF (MS-RDPBCGR 2.2.1.3.6.1): right and bottom are inclusive
void appendMonitor(Bytes& out, const Rect& monitor, std::uint32_t flags)
{
    appendU32(out, static_cast<std::uint32_t>(monitor.x)); // left (4 bytes)
    appendU32(out, static_cast<std::uint32_t>(monitor.y)); // top (4 bytes)
    appendU32(out, static_cast<std::uint32_t>(monitor.right() - 1)); // right (4 bytes)
    appendU32(out, static_cast<std::uint32_t>(monitor.bottom() - 1)); // bottom (4 bytes)
    appendU32(out, flags); // flags (4 bytes)
}

struct SizeOf {
    std::size_t operator()(const ResetGraphics&) const { return kResetGraphicsSize; }
    std::size_t operator()(const CreateSurface&) const { return kHeaderSize + 7; }
    std::size_t operator()(const DeleteSurface&) const { return kHeaderSize + 2; }
    std::size_t operator()(const MapSurfaceToOutput&) const { return kHeaderSize + 12; }
    std::size_t operator()(const StartFrame&) const { return kHeaderSize + 8; }
    std::size_t operator()(const EndFrame&) const { return kHeaderSize + 4; }
    std::size_t operator()(const TileData& tile) const { return kHeaderSize + 17 + tile.payload->size(); }
    std::size_t operator()(const SolidFill& fill) const { return kHeaderSize + 8 + 8 * fill.rects.size(); }
    std::size_t operator()(const SurfaceToSurface& copy) const
    {
        return kHeaderSize + 14 + 4 * copy.destinations.size();
    }
    std::size_t operator()(const SurfaceToCache&) const { return kHeaderSize + 20; }
    std::size_t operator()(const CacheToSurface& draw) const
    {
        return kHeaderSize + 6 + 4 * draw.destinations.size();
    }
    std::size_t operator()(const EvictCacheEntry&) const { return kHeaderSize + 2; }
};

struct Append {
    Bytes& out;
    std::size_t size;
    std::uint32_t timestamp;

    void operator()(const ResetGraphics& reset) const
    {
        const std::size_t start = out.size();
        appendHeader(out, CommandId::ResetGraphics, size);
        appendU32(out, static_cast<std::uint32_t>(reset.size.width)); // width (4 bytes)
        appendU32(out, static_cast<std::uint32_t>(reset.size.height)); // height (4 bytes)
        const Rects monitors
            = reset.monitors.empty() ? Rects{{0, 0, reset.size.width, reset.size.height}} : reset.monitors;
        appendU32(out, static_cast<std::uint32_t>(monitors.size())); // monitorCount (4 bytes)
        for (std::size_t i = 0; i < monitors.size(); ++i)
            appendMonitor(out, monitors[i], i == 0 ? kMonitorPrimary : 0); // monitorDefArray (20 bytes each)
        out.resize(start + size); // pad
    }
    void operator()(const CreateSurface& create) const
    {
        appendHeader(out, CommandId::CreateSurface, size);
        appendU16(out, create.surface); // surfaceId (2 bytes)
        appendU16(out, static_cast<std::uint16_t>(create.size.width)); // width (2 bytes)
        appendU16(out, static_cast<std::uint16_t>(create.size.height)); // height (2 bytes)
        appendU8(out, kPixelFormatXrgb); // pixelFormat (1 byte)
    }
    void operator()(const DeleteSurface& deletion) const
    {
        appendHeader(out, CommandId::DeleteSurface, size);
        appendU16(out, deletion.surface); // surfaceId (2 bytes)
    }
    void operator()(const MapSurfaceToOutput& map) const
    {
        appendHeader(out, CommandId::MapSurfaceToOutput, size);
        appendU16(out, map.surface); // surfaceId (2 bytes)
        appendU16(out, 0); // reserved (2 bytes)
        appendU32(out, static_cast<std::uint32_t>(map.origin.x)); // outputOriginX (4 bytes)
        appendU32(out, static_cast<std::uint32_t>(map.origin.y)); // outputOriginY (4 bytes)
    }
    void operator()(const StartFrame& start) const
    {
        appendHeader(out, CommandId::StartFrame, size);
        appendU32(out, timestamp); // timestamp (4 bytes)
        appendU32(out, start.frame); // frameId (4 bytes)
    }
    void operator()(const EndFrame& end) const
    {
        appendHeader(out, CommandId::EndFrame, size);
        appendU32(out, end.frame); // frameId (4 bytes)
    }
    void operator()(const TileData& tile) const
    {
        appendHeader(out, CommandId::WireToSurface1, size);
        appendU16(out, tile.surface); // surfaceId (2 bytes)
        appendU16(out, static_cast<std::uint16_t>(tile.codec)); // codecId (2 bytes)
        appendU8(out, kPixelFormatXrgb); // pixelFormat (1 byte)
        appendRect(out, tile.rect); // destRect (8 bytes)
        appendU32(out, static_cast<std::uint32_t>(tile.payload->size())); // bitmapDataLength (4 bytes)
        out.insert(out.end(), tile.payload->begin(), tile.payload->end()); // bitmapData
    }
    void operator()(const SolidFill& fill) const
    {
        appendHeader(out, CommandId::SolidFill, size);
        appendU16(out, fill.surface); // surfaceId (2 bytes)
        // RDPGFX_COLOR32 (2.2.1.3): B, G, R, XA (4 bytes)
        appendU32(out, (fill.color & 0x00FFFFFF) | 0xFF000000);
        appendU16(out, static_cast<std::uint16_t>(fill.rects.size())); // fillRectCount (2 bytes)
        for (const Rect& rect : fill.rects)
            appendRect(out, rect); // fillRects (8 bytes each)
    }
    void operator()(const SurfaceToSurface& copy) const
    {
        appendHeader(out, CommandId::SurfaceToSurface, size);
        appendU16(out, copy.from); // surfaceIdSrc (2 bytes)
        appendU16(out, copy.to); // surfaceIdDest (2 bytes)
        appendRect(out, copy.source); // rectSrc (8 bytes)
        appendU16(out, static_cast<std::uint16_t>(copy.destinations.size())); // destPtsCount (2 bytes)
        for (const Point& point : copy.destinations)
            appendPoint(out, point); // destPts (4 bytes each)
    }
    void operator()(const SurfaceToCache& keep) const
    {
        appendHeader(out, CommandId::SurfaceToCache, size);
        appendU16(out, keep.surface); // surfaceId (2 bytes)
        appendU32(out, static_cast<std::uint32_t>(keep.key)); // cacheKey (8 bytes)
        appendU32(out, static_cast<std::uint32_t>(keep.key >> 32));
        appendU16(out, keep.slot); // cacheSlot (2 bytes)
        appendRect(out, keep.source); // rectSrc (8 bytes)
    }
    void operator()(const CacheToSurface& draw) const
    {
        appendHeader(out, CommandId::CacheToSurface, size);
        appendU16(out, draw.slot); // cacheSlot (2 bytes)
        appendU16(out, draw.surface); // surfaceId (2 bytes)
        appendU16(out, static_cast<std::uint16_t>(draw.destinations.size())); // destPtsCount (2 bytes)
        for (const Point& point : draw.destinations)
            appendPoint(out, point); // destPts (4 bytes each)
    }
    void operator()(const EvictCacheEntry& evict) const
    {
        appendHeader(out, CommandId::EvictCacheEntry, size);
        appendU16(out, evict.slot); // cacheSlot (2 bytes)
    }
};

} // namespace

std::size_t gfxPduSize(const GfxCommand& command)
{
    return std::visit(SizeOf{}, command);
}

void appendGfxPdu(Bytes& out, const GfxCommand& command, std::uint32_t timestamp)
{
    std::visit(Append{out, gfxPduSize(command), timestamp}, command);
}

void appendCapsConfirm(Bytes& out, const GfxCapabilitySet& set)
{
    appendHeader(out, CommandId::CapsConfirm, kHeaderSize + 12);
    appendU32(out, set.version); // version (4 bytes)
    appendU32(out, 4); // capsDataLength (4 bytes)
    appendU32(out, set.flags); // flags (4 bytes)
}

void appendCapsAdvertise(Bytes& out, const std::vector<GfxCapabilitySet>& sets)
{
    appendHeader(out, CommandId::CapsAdvertise, kHeaderSize + 2 + 12 * sets.size());
    appendU16(out, static_cast<std::uint16_t>(sets.size())); // capsSetCount (2 bytes)
    for (const GfxCapabilitySet& set : sets) {
        appendU32(out, set.version); // version (4 bytes)
        appendU32(out, 4); // capsDataLength (4 bytes)
        appendU32(out, set.flags); // capsData: flags (4 bytes)
    }
}

void appendFrameAcknowledge(Bytes& out, const GfxFrameAcknowledge& acknowledge)
{
    appendHeader(out, CommandId::FrameAcknowledge, kHeaderSize + 12);
    appendU32(out, acknowledge.queueDepth); // queueDepth (4 bytes)
    appendU32(out, acknowledge.frame); // frameId (4 bytes)
    appendU32(out, acknowledge.framesDecoded); // totalFramesDecoded (4 bytes)
}

std::uint32_t gfxTimestamp(std::uint32_t millisecondsOfDay)
{
    const std::uint32_t seconds = millisecondsOfDay / 1000;
    return (millisecondsOfDay % 1000) // milliseconds (10 bits)
        | (seconds % 60) << 10 // seconds (6 bits)
        | (seconds / 60 % 60) << 16 // minutes (6 bits)
        | (seconds / 3600 % 24) << 22; // hours (10 bits)
}

} // namespace sightline
