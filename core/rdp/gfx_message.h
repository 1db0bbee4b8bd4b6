#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace sightline {

/// One message for the graphics channel: RDP_SEGMENTED_DATA (MS-RDPEGFX 2.2.5.1).
struct GfxMessage {
    Bytes octets;
    std::optional<std::uint32_t> endOfFrame; ///< the last frame that ends in it

    ByteView data() const { return octets; }
    std::size_t size() const { return octets.size(); }
};

} // namespace sightline
