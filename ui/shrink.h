#pragma once

#include "core/graphics/picture.h"

namespace sightline {

/// What `source` looks like when all of it is shrunk to `size`, of which only `part` is made. Each pixel is
/// the mean of the area that it covers, so that text stays readable; every part of the whole comes out the
/// same however the whole is cut into parts. The X octet is 0xFF.
///
/// Nothing of `size` is larger than `source`, and `part` is inside `size`; otherwise the picture is empty.
Picture shrunk(const PictureView& source, Size size, const Rect& part);

} // namespace sightline
