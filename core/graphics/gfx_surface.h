#pragma once

#include "core/base/result.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/h264_decoder.h"
#include "core/graphics/picture.h"
#include "core/graphics/planar_decoder.h"
#include "core/graphics/remotefx_decoder.h"

#include <memory>
#include <optional>

namespace sightline {

/// The decoders that surfaces share: each needs nothing from one tile to the next.
struct TileDecoders {
    PlanarDecoder planar;
    RemoteFxDecoder remoteFx;
};

/// One surface of a graphics channel (MS-RDPEGFX 3.3.1.2): its pixels, what changed of them since somebody
/// asked, where it shows, and the film on it. Everything that does not fit into it is refused and changes
/// nothing, except that a malformed tile may be drawn in part.
class GfxSurface {
public:
    explicit GfxSurface(Size size);

    Size size() const { return {m_pixels.width(), m_pixels.height()}; }
    PictureView view() const { return m_pixels.view(); }
    const std::optional<Point>& origin() const { return m_origin; }
    void map(Point origin);

    bool fits(const Rect& rect) const;
    bool fill(const SolidFill& fill);
    /// The picture may be part of this very surface.
    bool draw(const PictureView& picture, const std::vector<Point>& destinations);
    Result<void> decode(const TileData& tile, TileDecoders& decoders);

    Rects takeChanges();

private:
    Result<void> decodePixels(const TileData& tile);
    Result<void> decodeFilm(const TileData& tile);
    void put(const PictureView& picture, Point at);
    void note(const Rect& area);

    Picture m_pixels;
    std::optional<Point> m_origin;
    Rects m_changes;
    std::unique_ptr<H264Decoder> m_film; ///< from the first AVC420 tile on
};

} // namespace sightline
