#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/graphics/gfx_command.h"
#include "core/rdp/gfx_capabilities.h"

#include <variant>
#include <vector>

namespace sightline {

/// RDPGFX_CAPS_CONFIRM_PDU (MS-RDPEGFX 2.2.2.19).
struct GfxCapsConfirm {
    GfxCapabilitySet set;
};

using GfxServerPdu = std::variant<GfxCapsConfirm, GfxCommand>;

/// What a host's message on the graphics channel, decompressed, says: the reverse of gfx_pdu_writer. Strict:
/// a PDU that is cut short, too long, or of a kind that our hosts never send is ParseFailed, and the channel
/// is lost. Whether a command makes sense where it stands is for GfxCommandCheck to say. Pure; memory is
/// bounded by the message.
Result<std::vector<GfxServerPdu>> parseGfxServerMessage(ByteView message);

} // namespace sightline
