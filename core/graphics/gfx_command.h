#pragma once

#include "core/base/bytes.h"
#include "core/graphics/geometry.h"

#include <cstddef>
#include <cstdint>
#include <variant>

namespace sightline {

// The graphics commands, modelled on MS-RDPEGFX 2.2.2; sizes and positions in pixels.
// Values: copying one never copies a payload.

/// Forget every surface and the cache; the output is `size` large and black (MS-RDPEGFX 2.2.2.14).
struct ResetGraphics {
    static constexpr std::size_t kMaxMonitors = 16; ///< that the message has room for

    Size size;
    Rects monitors = {}; ///< where in the output the monitors are that it shows; none: it is one of its own
};

struct CreateSurface {
    std::uint16_t surface = 0;
    Size size;
};

struct DeleteSurface {
    std::uint16_t surface = 0;
};

struct MapSurfaceToOutput {
    std::uint16_t surface = 0;
    Point origin;
};

struct StartFrame {
    std::uint32_t frame = 0;
};

struct EndFrame {
    std::uint32_t frame = 0;
};

/// Codec ids of WIRETOSURFACE_PDU_1 (MS-RDPEGFX 2.2.2.1).
enum class TileCodec : std::uint16_t {
    Uncompressed = 0x0000,
    RemoteFx = 0x0003, ///< CAVIDEO; the payload is a whole RFX message, tiles relative to `rect`
    Planar = 0x000A,
    Avc420 = 0x000B, ///< the payload is an RFX_AVC420_BITMAP_STREAM of the whole surface (2.2.4.4)
};

struct TileData {
    std::uint16_t surface = 0;
    TileCodec codec = TileCodec::Uncompressed;
    Rect rect;
    SharedBytes payload;
};

/// `color` is 0x00RRGGBB.
struct SolidFill {
    std::uint16_t surface = 0;
    std::uint32_t color = 0;
    Rects rects;
};

/// Copies `source` to each of `destinations`, as if through a third place: the two may overlap.
struct SurfaceToSurface {
    std::uint16_t from = 0;
    std::uint16_t to = 0;
    Rect source;
    std::vector<Point> destinations;
};

/// Keeps what a surface shows at `source` in the viewer's cache. `slot` counts from 1 and is empty.
struct SurfaceToCache {
    std::uint16_t surface = 0;
    std::uint64_t key = 0; ///< for the viewer's information
    std::uint16_t slot = 0;
    Rect source;
};

/// Draws what is in a slot that was filled.
struct CacheToSurface {
    std::uint16_t slot = 0;
    std::uint16_t surface = 0;
    std::vector<Point> destinations;
};

struct EvictCacheEntry {
    std::uint16_t slot = 0;
};

using GfxCommand = std::variant<ResetGraphics, CreateSurface, DeleteSurface, MapSurfaceToOutput, StartFrame,
    EndFrame, TileData, SolidFill, SurfaceToSurface, SurfaceToCache, CacheToSurface, EvictCacheEntry>;

} // namespace sightline
