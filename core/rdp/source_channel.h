#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/zgfx_decoder.h"
#include "core/rdp/client_graphics.h"
#include "core/rdp/dvc_client.h"
#include "core/rdp/gfx_command_check.h"

#include <functional>

struct rdp_context;

namespace sightline {

/// The client end of the graphics channel that decodes no pixel: what the host sends becomes GfxCommands for
/// others. Past FreeRDP's own channels: it reads the static channel that carries the dynamic ones itself.
/// RDP thread only.
class SourceChannel : public ClientGraphics {
public:
    struct Handlers {
        std::function<void(GfxCommand)> command;
        std::function<void(const CursorShape&)> cursorShape;
        std::function<void(Point)> cursorPosition;
    };

    SourceChannel(rdp_context* context, Handlers handlers);
    ~SourceChannel() override;

    bool loadChannels(rdp_freerdp* instance) override;
    bool start() override;
    void stop() override {}
    bool isAttached() const override { return m_dvc.isOpen(); }
    Result<void> channelConnected(const char*, void*) override { return {}; }
    void channelDisconnected(const char*, void*) override {}
    Result<bool> receive(const ChannelChunk& chunk) override;
    bool acknowledge(std::uint32_t frame) override;

    struct Callbacks; ///< FreeRDP's way in

private:
    bool sendPdu(ByteView pdu) const;
    Result<void> advertise();
    Result<void> onMessage(ByteView message);

    rdp_context* m_context;
    Handlers m_handlers;
    ChannelAssembler m_assembler;
    DvcClient m_dvc;
    ZgfxDecoder m_zgfx;
    GfxCommandCheck m_check;
    std::uint32_t m_framesTaken = 0;
};

} // namespace sightline
