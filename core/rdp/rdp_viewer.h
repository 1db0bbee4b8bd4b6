#pragma once

#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/drawn_area.h"
#include "core/graphics/geometry.h"
#include "core/graphics/input_event.h"
#include "core/graphics/picture.h"
#include "core/rdp/clipboard_port.h"
#include "core/rdp/encomsp_pdu.h"
#include "core/rdp/rdp_handshake.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace sightline {

/// The RDP client end of one leg: FreeRDP decoding on a thread of its own (synchronous channels, no pools;
/// D1b). Handlers run on that thread and must not block for long: the next frame waits for them.
class RdpViewer {
public:
    struct Handlers {
        std::function<void()> connected;
        /// The host begins anew, perhaps with another size: all is black until painted. `monitors`: where in
        /// the picture they are, 16 at most, each inside; none: not known.
        std::function<void(Size, const Rects& monitors)> resized;
        /// One frame was decoded: `screen` is the whole picture, `dirty` what changed, never nothing. Valid
        /// during the call.
        std::function<void(const PictureView& screen, const Rects& dirty)> painted;
        /// Right after `painted`: what drew the picture, for those who look into it.
        std::function<void(const DrawnFrame&)> drawn;
        std::function<void(const CursorShape&)> cursorShape; ///< empty: the pointer is hidden

        std::function<void(Point)> cursorPosition;
        /// What the host says on the multiparty channel.
        std::function<void(const EncomspPdu&)> control;
        ClipboardHandlers clipboard;
        /// The leg is over; last call. Gone when the host ended it, RdpFailed otherwise.
        std::function<void(const Error&)> closed;
    };

    /// `fd` as for RdpHost. The connection sequence runs on the RDP thread; `connected` or `closed` follows,
    /// the latter when the host has not done its part after `handshakeTimeout`.
    static Result<std::unique_ptr<RdpViewer>> create(
        int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout = kRdpHandshakeTimeout);
    ~RdpViewer(); ///< stops the thread and joins it; no handler runs afterwards. Never called by a handler
    RdpViewer(const RdpViewer&) = delete;
    RdpViewer& operator=(const RdpViewer&) = delete;

    /// Sends what the user does, at once and in this order; the host drops what it has not allowed. On a slow
    /// connection moves that follow each other become one (InputQueue). From any thread.
    void sendInput(const InputEvent& event);
    /// By the multiparty channel, after the input before it. From any thread.
    void sendControl(const EncomspPdu& pdu);

    /// The clipboard channel, see ClipboardChannel. Contents are sent when there is nothing else to send.
    /// From any thread.
    void offerClipboard(std::vector<ClipboardFormat> formats);
    void requestClipboard(ClipboardFormat format);

    /// Asks the host to send these areas anew, without any: everything. From any thread.
    void requestRefresh(const Rects& areas = {});

    std::uint64_t framesDecoded() const;

    /// Initialises what costs time once per process ahead of the first leg. From any thread.
    static void warmUp();

private:
    class Private;
    explicit RdpViewer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
