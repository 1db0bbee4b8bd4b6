#pragma once

#include "core/rdp/clipboard_port.h"

#include <freerdp/settings.h>

namespace sightline {

/// Writes a burst of the clipboard to `channel` (0: the other side has none) of a freerdp_peer or a freerdp.
/// False: the connection broke. `mayWrite` is asked before each chunk, and means the same.
template <typename End, typename MayWrite>
bool sendClipboard(ClipboardPort& clipboard, End& end, UINT16 channel, MayWrite mayWrite)
{
    if (channel == 0)
        return true;
    clipboard.open();
    const UINT32 chunkSize = freerdp_settings_get_uint32(end.context->settings, FreeRDP_VCChunkSize);
    return clipboard.send(chunkSize, [&](const ChannelChunk& chunk) {
        return mayWrite()
            && end.SendChannelPacket(
                &end, channel, chunk.total, chunk.flags, chunk.data.data(), chunk.data.size());
    });
}

} // namespace sightline
