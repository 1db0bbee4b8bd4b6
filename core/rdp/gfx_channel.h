#pragma once

#include "core/base/result.h"
#include "core/rdp/gfx_message_packer.h"
#include "core/rdp/gfx_pdu_parser.h"

#include <cstdint>
#include <functional>

struct rdp_freerdp_peer;

namespace sightline {

/// The server end of the graphics channel, "Microsoft::Windows::RDS::Graphics" (MS-RDPEGFX), on FreeRDP's
/// channel manager: opens it as soon as dynamic channels work, agrees on capabilities, hands out what the
/// viewer says, and writes messages past the manager's queue, straight to the connection. RDP thread only.
class GfxChannel {
public:
    struct Handlers {
        std::function<void(const GfxCapabilitySet&)> opened;
        std::function<void(const GfxFrameAcknowledge&)> acknowledged;
        std::function<void()> closed; ///< by the viewer; it is opened anew
        /// Comes back when the connection takes another chunk, and has heard meanwhile what the viewer says.
        /// False when it broke.
        std::function<bool()> awaitRoom;
    };

    /// `manager` is the handle of WTSOpenServer().
    GfxChannel(rdp_freerdp_peer* peer, void* manager, Handlers handlers);
    ~GfxChannel();
    GfxChannel(const GfxChannel&) = delete;
    GfxChannel& operator=(const GfxChannel&) = delete;

    /// Does what there is to do after data arrived from an activated peer. Failed: the leg is lost.
    Result<void> service();

    bool isOpen() const { return m_state == State::Open; }
    /// Blocks while the connection takes no more, in awaitRoom(). False when it broke.
    bool write(const GfxMessage& message);

private:
    enum class State { Waiting, Opening, Open };

    Result<void> open();
    Result<void> readMessages();
    Result<void> handle(ByteView message);
    Result<void> agree(const GfxCapsAdvertise& advertise);
    Result<void> reopen();
    bool writeWhole(ByteView message) const;
    bool writeInPieces(ByteView message) const;
    bool sendChunk(ByteView chunk, std::size_t total, std::uint32_t flags) const;
    std::size_t chunkSize() const;

    rdp_freerdp_peer* m_peer;
    void* m_manager;
    Handlers m_handlers;
    State m_state = State::Waiting;
    void* m_channel = nullptr; ///< the manager's
    std::uint32_t m_channelId = 0;
    std::uint16_t m_carrierId = 0; ///< of the static channel that carries the dynamic ones
    bool m_takesLargePdus = false;
    int m_timesOpened = 0;
};

/// What our viewer calls itself in the connection sequence (clientDigProductId of MS-RDPBCGR 2.2.1.3.2), so
/// that the host knows that it may send it larger PDUs than the specification allows.
inline constexpr const char* kSightlineProductId = "Sightline";

} // namespace sightline
