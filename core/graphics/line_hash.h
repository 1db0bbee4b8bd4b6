#pragma once

#include "core/graphics/geometry.h"
#include "core/graphics/picture.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sightline {

/// Whether a picture is looked at by rows, or turned by 90 degrees.
enum class Axis { Rows, Columns };

/// An area of a picture, and where the hashes of its lines (its rows or its columns) go.
struct HashedArea {
    Rect area;
    std::vector<std::uint32_t>* hashes = nullptr;
};

/// Hashes every line of each area, over the bits of `mask`. Equal lines have equal hashes; different ones
/// hardly ever. Many areas in one call are faster than many calls: the picture is then read from one end to
/// the other.
void hashLines(Axis axis, const PictureView& picture, std::uint32_t mask, std::span<const HashedArea> areas);

} // namespace sightline
