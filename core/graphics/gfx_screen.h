#pragma once

#include "core/base/result.h"
#include "core/graphics/gfx_bitmap_cache.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/gfx_surface.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace sightline {

/// What the viewer of a graphics channel shows: executes commands on surfaces, and puts these together on the
/// output when a frame ends. Portable, pure.
///
/// Takes what a stranger sends: everything that makes no sense is an error, after which the screen is as it
/// was, except that a malformed tile may be drawn in part. Memory is bounded by kMostPixels for all surfaces
/// (counted in whole tiles), as many for the output, and the cache's own limit.
class GfxScreen {
public:
    static constexpr std::size_t kMostPixels = 36 * 1024 * 1024; ///< an 8K desktop, and something on it
    static constexpr std::size_t kMostSurfaces = 64;
    static constexpr int kMaxSide = 32766; ///< MS-RDPEGFX 2.2.2.14

    Result<void> execute(const GfxCommand& command);

    bool hasStarted() const { return !m_output.isEmpty(); } ///< there was a ResetGraphics
    bool isInsideFrame() const { return m_frame.has_value(); }

    PictureView output() const { return m_output.view(); }
    const Rects& monitors() const { return m_monitors; }
    Rects takeDirty(); ///< what changed on the output since the last call; sorted in no order

    /// By id.
    const std::map<std::uint16_t, GfxSurface>& surfaces() const { return m_surfaces; }
    /// The surfaces that show on the output, the lowest one first.
    const std::vector<std::uint16_t>& mapped() const { return m_mapped; }
    const GfxBitmapCache& cache() const { return m_cache; }
    std::size_t bytes() const;

private:
    Result<void> run(const ResetGraphics& reset);
    Result<void> run(const CreateSurface& create);
    Result<void> run(const DeleteSurface& deletion);
    Result<void> run(const MapSurfaceToOutput& map);
    Result<void> run(const StartFrame& start);
    Result<void> run(const EndFrame& end);
    Result<void> run(const TileData& tile);
    Result<void> run(const SolidFill& fill);
    Result<void> run(const SurfaceToSurface& copy);
    Result<void> run(const SurfaceToCache& keep);
    Result<void> run(const CacheToSurface& draw);
    Result<void> run(const EvictCacheEntry& evict);

    GfxSurface* find(std::uint16_t surface);
    GfxSurface* drawable(std::uint16_t surface); ///< null also outside of a frame
    void compose(GfxSurface& surface);

    std::map<std::uint16_t, GfxSurface> m_surfaces;
    std::vector<std::uint16_t> m_mapped;
    std::size_t m_pixels = 0; ///< of all surfaces, in whole tiles
    GfxBitmapCache m_cache;
    std::optional<std::uint32_t> m_frame;
    Picture m_output;
    Rects m_monitors;
    Rects m_dirty;
    TileDecoders m_decoders;
};

} // namespace sightline
