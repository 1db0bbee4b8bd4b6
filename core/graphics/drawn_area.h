#pragma once

#include "core/base/clock.h"
#include "core/graphics/geometry.h"

#include <cstddef>
#include <vector>

namespace sightline {

/// One drawing command of a decoded frame, for those who want to see how a picture came about.
struct DrawnArea {
    enum class Kind { Fill, Copy, Cached, Uncompressed, Planar, RemoteFx, Avc420 };

    Kind kind = Kind::Fill;
    Rect rect; ///< on the output
    std::size_t octets
        = 0; ///< of its payload, before the bulk compression; 0 for fills, copies and the cache
};

/// What one frame drew, in its order.
struct DrawnFrame {
    std::vector<DrawnArea> areas;
    Duration decoding{}; ///< from its StartFrame to its EndFrame
};

} // namespace sightline
