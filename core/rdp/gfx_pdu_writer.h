#pragma once

#include "core/base/bytes.h"
#include "core/graphics/gfx_command.h"
#include "core/rdp/gfx_capabilities.h"
#include "core/rdp/gfx_pdu_parser.h"

#include <cstddef>
#include <vector>

namespace sightline {

// Graphics commands as the server's PDUs of MS-RDPEGFX 2.2.2, headers included. Pure. The commands have
// passed a GfxCommandCheck: every number fits its field.

/// How many octets appendGfxPdu() will add.
std::size_t gfxPduSize(const GfxCommand& command);

/// `timestamp` is for StartFrame, see gfxTimestamp().
void appendGfxPdu(Bytes& out, const GfxCommand& command, std::uint32_t timestamp = 0);

/// RDPGFX_CAPS_CONFIRM_PDU (2.2.2.19).
void appendCapsConfirm(Bytes& out, const GfxCapabilitySet& set);

/// What a client says: RDPGFX_CAPS_ADVERTISE_PDU (2.2.2.18), RDPGFX_FRAME_ACKNOWLEDGE_PDU (2.2.2.13).
void appendCapsAdvertise(Bytes& out, const std::vector<GfxCapabilitySet>& sets);
void appendFrameAcknowledge(Bytes& out, const GfxFrameAcknowledge& acknowledge);

/// The packed time of day of RDPGFX_START_FRAME_PDU (2.2.2.11) from milliseconds since midnight.
std::uint32_t gfxTimestamp(std::uint32_t millisecondsOfDay);

} // namespace sightline
