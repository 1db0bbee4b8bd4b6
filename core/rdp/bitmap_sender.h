#pragma once

#include "core/rdp/classic_picture.h"

#include <freerdp/codec/interleaved.h>
#include <freerdp/codec/planar.h>

#include <memory>

struct rdp_context;

namespace sightline {

/// Sends tiles as bitmap updates (MS-RDPBCGR 2.2.9.1.1.3.1.2) in the colour depth that the client wants.
/// RDP thread only.
class BitmapSender {
public:
    BitmapSender();

    /// False when the connection broke.
    bool send(rdp_context* context, const ClassicPicture::Tile& tile);

private:
    bool compressPlanar(const ClassicPicture::Tile& tile);
    bool compressInterleaved(const ClassicPicture::Tile& tile, std::uint32_t depth);

    struct PlanarDeleter {
        void operator()(BITMAP_PLANAR_CONTEXT* planar) const { freerdp_bitmap_planar_context_free(planar); }
    };
    struct InterleavedDeleter {
        void operator()(BITMAP_INTERLEAVED_CONTEXT* one) const { bitmap_interleaved_context_free(one); }
    };

    std::unique_ptr<BITMAP_PLANAR_CONTEXT, PlanarDeleter> m_planar;
    std::unique_ptr<BITMAP_INTERLEAVED_CONTEXT, InterleavedDeleter> m_interleaved;
    std::vector<std::uint8_t> m_octets; ///< of the tile, compressed
    std::uint32_t m_size = 0; ///< of them
};

} // namespace sightline
