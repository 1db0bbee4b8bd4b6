#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/rdp/gfx_capabilities.h"

#include <cstdint>
#include <variant>
#include <vector>

namespace sightline {

/// RDPGFX_CAPS_ADVERTISE_PDU (MS-RDPEGFX 2.2.2.18).
struct GfxCapsAdvertise {
    std::vector<GfxCapabilitySet> sets;
};

/// RDPGFX_FRAME_ACKNOWLEDGE_PDU (2.2.2.13).
struct GfxFrameAcknowledge {
    static constexpr std::uint32_t kSuspend = 0xFFFFFFFF; ///< queueDepth: no acknowledgements follow

    std::uint32_t queueDepth = 0;
    std::uint32_t frame = 0;
    std::uint32_t framesDecoded = 0;
};

using GfxClientPdu = std::variant<GfxCapsAdvertise, GfxFrameAcknowledge>;

/// The largest message that a viewer has a reason to send: a full RDPGFX_CACHE_IMPORT_OFFER_PDU (2.2.2.16)
/// has 5462 entries of 12 octets.
inline constexpr std::size_t kMaxGfxClientMessage = 66 * 1024;

/// What a viewer's message on the graphics channel says. PDUs that are well-formed but of no use to us (cache
/// import offers, quality of experience) are left out. ParseFailed when the message is anything else: the
/// channel is lost then. Pure; memory is bounded by the message.
Result<std::vector<GfxClientPdu>> parseGfxClientMessage(ByteView message);

} // namespace sightline
