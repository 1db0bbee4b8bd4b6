#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/drawn_area.h"
#include "core/graphics/picture.h"
#include "core/rdp/clipboard_port.h"
#include "core/rdp/decode_worker.h"
#include "core/rdp/encomsp_receiver.h"
#include "core/rdp/input_encoder.h"
#include "core/rdp/viewer_outbox.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace sightline {

/// FreeRDP's client end of one leg and the loop that drives it. Made on any thread, then used on the RDP
/// thread alone, except for what says so. Knows nothing of threads itself.
class ViewerClient {
public:
    struct Handlers {
        std::function<void()> connected;
        std::function<void(Size, const Rects& monitors)> resized;
        std::function<void(const PictureView&, const Rects&)> painted;
        std::function<void(const CursorShape&)> cursorShape;
        std::function<void(Point)> cursorPosition;
        std::function<void(const EncomspPdu&)> control;
        ClipboardHandlers clipboard;
        std::function<void(const DrawnFrame&)> drawn;
    };

    /// Takes `fd` in any case. RdpFailed when FreeRDP refuses.
    static Result<std::unique_ptr<ViewerClient>> create(
        int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout);
    ~ViewerClient();
    ViewerClient(const ViewerClient&) = delete;
    ViewerClient& operator=(const ViewerClient&) = delete;

    /// Once: connects, carries the leg until it ends, and says why: Gone, RdpFailed, or Cancelled after
    /// requestStop().
    Error run();

    // From any thread.
    void sendInput(const InputEvent& event);
    void sendControl(const EncomspPdu& pdu);
    void requestRefresh(const Rects& areas);
    ClipboardPort& clipboard() { return m_clipboard; } ///< then wake()
    void wake();
    /// Ends run(), whatever it is blocked in.
    void requestStop();
    std::uint64_t framesDecoded() const { return m_framesDecoded; }

    struct Callbacks; ///< FreeRDP's way in

private:
    struct Connection;
    ViewerClient(Handlers handlers, std::chrono::milliseconds handshakeTimeout);

    bool start();
    bool connect();
    Error connectError() const;
    Error carry();
    Result<void> wait(TimePoint deadline);
    Result<void> step();
    bool sendWaiting();
    bool sendInputNow(const InputEvent& event);
    bool sendControlNow(const EncomspPdu& pdu);
    bool sendClipboard();
    bool onControlChunk(ByteView chunk, std::uint32_t flags, std::size_t total);
    Error endOfLeg(Error why) const;

    Handlers m_handlers;
    std::chrono::milliseconds m_handshakeTimeout;
    std::atomic<bool> m_timedOut = false;
    std::atomic<bool> m_stopped = false;
    DecodeWorker m_worker;
    ViewerOutbox m_outbox;
    std::atomic<bool> m_hasNews = false; ///< in the outbox
    InputEncoder m_inputEncoder;
    EncomspReceiver m_controlReceiver;
    ClipboardPort m_clipboard;
    std::atomic<std::uint64_t> m_framesDecoded = 0;
    std::optional<Error> m_failure; ///< found in a callback of FreeRDP's
    std::unique_ptr<Connection> m_connection;
};

} // namespace sightline
