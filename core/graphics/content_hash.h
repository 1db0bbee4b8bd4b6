#pragma once

#include "core/graphics/picture.h"

#include <cstdint>

namespace sightline {

/// What an area contains: equal pixels have equal hashes, different ones hardly ever (64 bits), also when
/// somebody tries to make two, as long as the seed is not known.
struct Content {
    std::uint64_t hash = 0;
    bool isOneColor = false;
    std::uint32_t marks = 0; ///< all the upper octets of the pixels, one over the other, in place
};

/// `area` has an even width.
Content contentOf(const PictureView& area, std::uint64_t seed);

} // namespace sightline
