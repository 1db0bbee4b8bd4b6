#pragma once

// For the .cpp files of this folder only.

#include "core/graphics/h264_decoder.h"

#include <freerdp/channels/rdpgfx.h>
#include <freerdp/codec/planar.h>
#include <freerdp/codec/region.h>
#include <freerdp/codec/rfx.h>
#include <freerdp/gdi/gfx.h>

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace sightline {

/// Decodes what a host of ours sends in WIRETOSURFACE_1, on the calling thread: uncompressed, planar and
/// RemoteFX tiles by FreeRDP's decoders, AVC420 by libavcodec.
///
/// It stands in for the dispatcher that comes with them: that one makes every decoder of FreeRDP for a whole
/// desktop (100 MB at 1920x1080) and their thread pools, does not check what a tile says against the
/// decoder's own buffers, and lets RemoteFX assertions end the process.
class TileDecoder {
public:
    TileDecoder();

    /// Draws the tile and adds to the surface's invalid region. False when the command is malformed, of
    /// another codec, or outside of the surface.
    bool decode(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    /// The surface is deleted, and with it what was sent for it.
    void forget(std::uint16_t surface) { m_films.erase(surface); }

private:
    bool decodeUncompressed(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    bool decodePlanar(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    bool makeRoomForPlanar(std::uint32_t width, std::uint32_t height);
    bool decodeRemoteFx(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    bool decodeAvc420(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    H264Decoder* filmOf(const gdiGfxSurface& surface);

    struct PlanarDeleter {
        void operator()(BITMAP_PLANAR_CONTEXT* planar) const { freerdp_bitmap_planar_context_free(planar); }
    };
    struct RemoteFxDeleter {
        void operator()(RFX_CONTEXT* rfx) const { rfx_context_free(rfx); }
    };

    struct PlanarSize {
        std::uint32_t width = 64;
        std::uint32_t height = 64;
    };
    PlanarSize m_largestPlanar; ///< that m_planar is ready for
    std::unique_ptr<BITMAP_PLANAR_CONTEXT, PlanarDeleter> m_planar;
    std::unique_ptr<RFX_CONTEXT, RemoteFxDeleter> m_remoteFx;
    std::map<std::uint16_t, std::unique_ptr<H264Decoder>> m_films; ///< by surface
    std::vector<std::uint32_t> m_tile; ///< where a RemoteFX message is drawn first
};

} // namespace sightline
