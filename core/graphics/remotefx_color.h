#pragma once

#include "core/graphics/picture.h"

#include <array>
#include <cstdint>

namespace sightline {

inline constexpr int kRemoteFxTile = 64;

/// One component of a tile, rows on top of each other. Each row holds its 32 even columns first and its 32
/// odd ones behind them: the wavelet transform works on the two halves side by side.
struct RemoteFxPlane {
    alignas(64) std::array<std::int16_t, kRemoteFxTile * kRemoteFxTile> values;
};

/// A tile as Y, Cb and Cr, each from -4096 to 4095 (MS-RDPRFX 3.1.8.1.3: fixed point with five bits of
/// fraction).
struct RemoteFxPlanes {
    std::array<RemoteFxPlane, 3> components;
};

/// Converts `area` of `screen`, which lies inside the tile that begins at `origin`; the rest of the tile
/// repeats the area's edges, for nobody sees it and smooth continuations take the fewest octets.
void toRemoteFxPlanes(const PictureView& screen, const Rect& area, Point origin, RemoteFxPlanes& planes);

} // namespace sightline
