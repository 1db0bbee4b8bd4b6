#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"
#include "core/graphics/remotefx_transform.h"
#include "core/graphics/rlgr_encoder.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

/// Encodes areas of a picture as one RemoteFX message (MS-RDPRFX, image mode, RLGR3) that needs nothing from
/// any message before it: the payload of TileCodec::RemoteFx. Keeps its memory between messages.
class RemoteFxEncoder {
public:
    explicit RemoteFxEncoder(int quality = 0); ///< see remoteFxQuantisers()

    /// Begins a message for areas inside `bounds`, whose corner is that of a tile of the picture.
    void begin(const Rect& bounds);
    /// `area` lies inside one tile and in no area added before.
    void add(const PictureView& screen, const Rect& area);

    /// What the last add() has made, to be used in other messages of the same quality.
    std::span<const std::uint8_t> lastTile() const { return std::span(m_tiles).subspan(m_lastTile); }
    /// As add(), with a tile that was made from the same pixels before.
    void addEncoded(const Rect& area, std::span<const std::uint8_t> tile);

    std::size_t size() const { return m_tiles.size(); } ///< so far, without the headers
    const Rects& areas() const { return m_areas; }

    /// The whole message; valid until the next begin(). At least one area was added.
    std::span<const std::uint8_t> finish();

private:
    void writeHeaders();
    void writeRegion();
    void writeTileSet();

    RemoteFxQuantisers m_quantisers;
    Rect m_bounds;
    Rects m_areas;
    RemoteFxPlanes m_planes;
    RemoteFxCoefficients m_coefficients;
    RlgrEncoder m_rlgr;
    std::vector<std::uint8_t> m_tiles;
    std::size_t m_lastTile = 0;
    std::vector<std::uint8_t> m_message;
};

} // namespace sightline
