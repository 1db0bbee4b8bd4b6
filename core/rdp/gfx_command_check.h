#pragma once

#include "core/graphics/gfx_command.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sightline {

/// Keeps commands from the wire that would freeze the viewer: its graphics channel closes for ever on an
/// unknown surface or slot, or a rectangle outside of a surface. Follows what exists from the commands that
/// it lets pass. Pure.
class GfxCommandCheck {
public:
    enum class Verdict {
        Pass,
        NotYet, ///< before the first ResetGraphics: part of what went to the channel before this one
        Invalid, ///< our own bug
    };

    Verdict check(const GfxCommand& command);
    /// A new channel: nothing exists there.
    void restart();
    /// Those that exist, by id.
    const std::map<std::uint16_t, Size>& surfaces() const { return m_surfaces; }
    /// Slots of the viewer's cache that are filled.
    std::vector<std::uint16_t> cacheSlots() const;
    bool isInsideFrame() const { return m_frame.has_value(); }

private:
    bool passes(const ResetGraphics& reset);
    bool passes(const CreateSurface& create);
    bool passes(const DeleteSurface& deletion);
    bool passes(const MapSurfaceToOutput& map) const;
    bool passes(const StartFrame& start);
    bool passes(const EndFrame& end);
    bool passes(const TileData& tile) const;
    bool passes(const SolidFill& fill) const;
    bool passes(const SurfaceToSurface& copy) const;
    bool passes(const SurfaceToCache& keep);
    bool passes(const CacheToSurface& draw) const;
    bool passes(const EvictCacheEntry& evict);
    bool fits(std::uint16_t surface, const Rect& rect) const;

    bool m_started = false;
    std::map<std::uint16_t, Size> m_surfaces;
    std::unordered_map<std::uint16_t, Size> m_cache; ///< by slot
    std::optional<std::uint32_t> m_frame;
};

} // namespace sightline
