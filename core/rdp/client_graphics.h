#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/rdp/channel_chunks.h"

struct rdp_freerdp;

namespace sightline {

/// What a client end makes of its host's graphics: a picture (ViewerScreen), or commands for others
/// (SourceChannel). RDP thread only.
class ClientGraphics {
public:
    virtual ~ClientGraphics() = default;

    /// Before the connection is made: the channels that FreeRDP is to ask for.
    virtual bool loadChannels(rdp_freerdp* instance) = 0;
    /// After it was made, and before the graphics channel opens.
    virtual bool start() = 0;
    virtual void stop() = 0; ///< before the context is disconnected for good
    /// Whether the host has opened its graphics channel.
    virtual bool isAttached() const = 0;
    /// A dynamic channel of FreeRDP's came or went; `interface` is what FreeRDP has for it.
    virtual Result<void> channelConnected(const char* name, void* interface) = 0;
    virtual void channelDisconnected(const char* name, void* interface) = 0;
    /// A chunk of the static channel that carries the dynamic ones. False: not for us, but for FreeRDP.
    virtual Result<bool> receive(const ChannelChunk& chunk) = 0;
    /// Every frame up to this one was taken. False: the connection broke.
    virtual bool acknowledge(std::uint32_t frame) = 0;
};

} // namespace sightline
