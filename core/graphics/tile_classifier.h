#pragma once

#include "core/graphics/picture.h"

#include <cstdint>

namespace sightline {

/// What an area of at most one tile looks like to an encoder.
struct TileLook {
    bool isOneColor = false;
    std::uint32_t color = 0; ///< of the first pixel, 0x00RRGGBB
    int planarBytes = 0; ///< about what the planar encoder makes of it, headers aside
};

TileLook lookAt(const PictureView& area);

/// More different colours than `limit`? Text on a plain ground and dithered patterns have few: RemoteFX, made
/// for smooth pictures, does badly on those even where planar does too.
bool hasMoreColorsThan(int limit, const PictureView& area);

} // namespace sightline
