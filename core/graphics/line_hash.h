#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"

#include <cstdint>
#include <vector>

namespace sightline {

/// Whether a picture is looked at by rows, or turned by 90 degrees.
enum class Axis { Rows, Columns };

/// A hash of every line of `area` (its rows or its columns), over the bits of `mask`. Equal lines have equal
/// hashes; different ones hardly ever.
void hashLines(Axis axis, const PictureView& picture, std::uint32_t mask, const Rect& area,
    std::vector<std::uint32_t>& hashes);

} // namespace sightline
