#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/graphics/geometry.h"

namespace sightline {

/// RFX_AVC420_BITMAP_STREAM (MS-RDPEGFX 2.2.4.4), taken apart.
struct Avc420Stream {
    Rects areas; ///< of the surface that the picture changes
    ByteView accessUnit; ///< Annex B; points into the octets given
    bool isKey = false; ///< an IDR picture: needs none before it
};

/// ParseFailed when malformed. The H.264 data is only looked through.
Result<Avc420Stream> parseAvc420(ByteView octets);

} // namespace sightline
