#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace sightline {

/// One message for the graphics channel: RDP_SEGMENTED_DATA (MS-RDPEGFX 2.2.5.1) behind some room in front,
/// where the channel puts its own header without moving the rest.
struct GfxMessage {
    static constexpr std::size_t kHeadroom = 16;

    Bytes octets; ///< kHeadroom octets of room, then the message
    std::optional<std::uint32_t> endOfFrame; ///< the last frame that ends in it

    ByteView data() const { return ByteView(octets).subspan(kHeadroom); }
    std::size_t size() const { return octets.size() - kHeadroom; }
};

} // namespace sightline
