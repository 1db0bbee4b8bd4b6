#pragma once

// For the .cpp files of this folder only.

#include <freerdp/channels/rdpgfx.h>
#include <freerdp/codec/planar.h>
#include <freerdp/codec/region.h>
#include <freerdp/codec/rfx.h>
#include <freerdp/gdi/gfx.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace sightline {

/// Decodes what a host of ours sends in WIRETOSURFACE_1: uncompressed, planar and RemoteFX tiles, by
/// FreeRDP's decoders, on the calling thread.
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

private:
    bool decodeUncompressed(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    bool decodePlanar(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);
    bool makeRoomForPlanar(std::uint32_t width, std::uint32_t height);
    bool decodeRemoteFx(const RDPGFX_SURFACE_COMMAND& command, gdiGfxSurface& surface);

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
    std::vector<std::uint32_t> m_tile; ///< where a RemoteFX message is drawn first
};

} // namespace sightline
