#pragma once

#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/geometry.h"
#include "core/graphics/gfx_sink.h"
#include "core/graphics/input_event.h"
#include "core/graphics/picture.h"
#include "core/graphics/viewer_abilities.h"
#include "core/rdp/clipboard_port.h"
#include "core/rdp/encomsp_pdu.h"
#include "core/rdp/gfx_message_packer.h"
#include "core/rdp/guest_credentials.h"
#include "core/rdp/rdp_handshake.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace sightline {

/// What the viewer's graphics channel agreed to (MS-RDPEGFX 2.2.3).
struct ViewerCapabilities {
    std::uint32_t version = 0; ///< RDPGFX_CAPVERSION_*
    bool smallCache = false;
    bool avc420 = false;
    bool isClassic = false; ///< no graphics channel: paint() and resize() instead of accept()

    ViewerAbilities abilities() const;
};

/// The RDP server end of one leg: a FreeRDP peer on a thread of its own, with our own graphics channel writer
/// (D1b).
///
/// accept() and the cursor functions may be called from any one thread, the others from any; handlers run on
/// the RDP thread and must not block. Graphics handed in before `ready` are dropped, so the first frame
/// follows it with everything it needs.
class RdpHost : public GfxSink {
public:
    struct Handlers {
        /// The viewer's graphics channel is open, with nothing on it: what follows starts with ResetGraphics.
        /// Comes again when the viewer closed its channel and a new one is open; earlier frames are not
        /// acknowledged then.
        std::function<void(const ViewerCapabilities&)> ready;
        /// MS-RDPEGFX 2.2.2.13: every frame up to this one was decoded and shown.
        std::function<void(std::uint32_t frame)> frameAcknowledged;
        /// The viewer asks for these areas of the desktop anew, or, without any, for everything (MS-RDPBCGR
        /// 2.2.11.2 and 2.2.11.3). As often as the viewer likes.
        std::function<void(const Rects& areas)> refreshRequested;
        /// What the viewer does with mouse and keyboard, whether it may or not. Also between the chunks of a
        /// frame that leaves slowly.
        std::function<void(const InputEvent&)> input;
        /// What the viewer says on the multiparty channel.
        std::function<void(const EncomspPdu&)> control;
        ClipboardHandlers clipboard;
        /// The leg is over; last call. RdpFailed or Gone.
        std::function<void(const Error&)> closed;
        /// A message has left: queuedBytes() fell.
        std::function<void()> drained = {};
    };

    /// What comes of a guest before it is admitted.
    struct GuestHandlers {
        std::function<void(const GuestCredentials&)> knocked;
        std::function<void(const Error&)> closed; ///< the last call
    };

    /// Any RDP client, over TLS, on a connected TCP socket: it says who it is, and then waits without a
    /// picture for admit() or dismiss().
    static Result<std::unique_ptr<RdpHost>> createGuest(int fd, Size desktop, GuestHandlers handlers,
        std::chrono::milliseconds handshakeTimeout = kRdpHandshakeTimeout);
    /// Once; from here on `handlers` are told.
    void admit(Handlers handlers);
    /// Ends a guest's leg after telling it why: it was refused, or is sent away later. `closed` follows.
    void dismiss(bool isRefused);

    /// `fd` is a connected stream socket (SocketBridge) and now belongs to the host. `desktop` is what the
    /// connection sequence announces. RdpFailed when FreeRDP refuses to start.
    /// When the viewer has not done its part after `handshakeTimeout`, the leg is closed.
    static Result<std::unique_ptr<RdpHost>> create(int fd, Size desktop, Handlers handlers,
        std::chrono::milliseconds handshakeTimeout = kRdpHandshakeTimeout);
    ~RdpHost()
        override; ///< stops the thread and joins it; no handler runs afterwards. Never called by a handler

    void accept(GfxCommand command) override;
    /// For messages that many viewers share, instead of accept() above: they go out as they are, whoever
    /// made them has checked them. Those that come between `ready` and startShared() are dropped, so that
    /// what was meant for an earlier channel does not come on a new one.
    void startShared();
    void accept(std::shared_ptr<const GfxMessage> message);
    /// For a guest that is classic: sent in tiles, the newest pixels only; `frame` is acknowledged when it
    /// has left. Black after resize().
    void resize(Size desktop);
    void paint(const PictureView& output, const Rects& dirty, std::uint32_t frame);
    void setCursorShape(const CursorShape& shape);
    void setCursorPosition(Point position);

    /// By the multiparty channel, before pixels that wait; a viewer that has none is not told. A newer PDU
    /// replaces one that says the same and still waits.
    void sendControl(const EncomspPdu& pdu);

    /// The clipboard channel, see ClipboardChannel. Contents are sent when there is nothing else to send.
    void offerClipboard(std::vector<ClipboardFormat> formats);
    void requestClipboard(ClipboardFormat format);

    /// Input events of the viewer's that made no sense and were dropped.
    std::uint64_t inputRejected() const;

    /// Octets of graphics handed in that FreeRDP has not taken yet.
    std::size_t queuedBytes() const;
    /// Octets that leave for each octet of graphics handed in, lately.
    double compression() const;
    /// What the path carries, in octets a second (0: unknown): the slower, the harder graphics are
    /// compressed.
    void setPathRate(double octetsPerSecond);

    /// Makes what costs time once per process (the RSA key) ahead of the first leg. From any thread.
    static void warmUp();

private:
    class Private;
    explicit RdpHost(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
