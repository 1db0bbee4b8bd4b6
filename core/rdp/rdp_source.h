#pragma once

#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/geometry.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/input_event.h"
#include "core/rdp/clipboard_port.h"
#include "core/rdp/encomsp_pdu.h"
#include "core/rdp/rdp_handshake.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace sightline {

/// The RDP client end of a leg that shows nothing: what the host draws goes on as commands, to a relay. It
/// takes what our viewers take (H.264, a full cache). Handlers run on its RDP thread and must not block.
class RdpSource {
public:
    struct Handlers {
        std::function<void()> connected;
        /// In order, as GfxCommandCheck lets them pass. A host that sends anything else loses the leg. When
        /// the host opens its channel anew they begin with ResetGraphics again.
        std::function<void(GfxCommand)> command;
        std::function<void(const CursorShape&)> cursorShape; ///< empty: the pointer is hidden
        std::function<void(Point)> cursorPosition;
        /// What the host says on the multiparty channel.
        std::function<void(const EncomspPdu&)> control;
        ClipboardHandlers clipboard;
        /// The leg is over; last call. Gone when the host ended it, RdpFailed otherwise.
        std::function<void(const Error&)> closed;
    };

    /// As RdpViewer::create().
    static Result<std::unique_ptr<RdpSource>> create(
        int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout = kRdpHandshakeTimeout);
    ~RdpSource(); ///< stops the thread and joins it; no handler runs afterwards. Never called by a handler
    RdpSource(const RdpSource&) = delete;
    RdpSource& operator=(const RdpSource&) = delete;

    // From any thread; none blocks.

    /// Every frame of the host's up to this one was taken: it may send more. Nobody else says so.
    void acknowledge(std::uint32_t frame);
    /// Asks for these areas of the host's picture anew; none: everything.
    void requestRefresh(const Rects& areas);
    void sendInput(const InputEvent& event);
    void sendControl(const EncomspPdu& pdu);
    void offerClipboard(std::vector<ClipboardFormat> formats);
    void requestClipboard(ClipboardFormat format);

private:
    class Private;
    explicit RdpSource(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
