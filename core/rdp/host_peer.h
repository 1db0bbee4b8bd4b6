#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/geometry.h"
#include "core/graphics/input_event.h"
#include "core/rdp/classic_picture.h"
#include "core/rdp/clipboard_port.h"
#include "core/rdp/encomsp_receiver.h"
#include "core/rdp/gfx_capabilities.h"
#include "core/rdp/guest_credentials.h"
#include "core/rdp/host_outbox.h"
#include "core/rdp/input_decoder.h"

#include <atomic>
#include <functional>
#include <memory>

namespace sightline {

/// FreeRDP's server end of one leg and the loop that drives it. Made on any thread, then used on the RDP
/// thread alone, except for requestWake() and requestStop(). Knows nothing of threads itself.
class HostPeer {
public:
    struct Handlers {
        std::function<void(const GfxCapabilitySet&)> ready;
        std::function<void(std::uint32_t frame)> frameAcknowledged;
        std::function<void(const Rects& areas)> refreshRequested;
        std::function<void(const InputEvent&)> input;
        std::function<void(const EncomspPdu&)> control;
        ClipboardHandlers clipboard;
        std::function<void()> drained;
        /// Of a guest: who it says it is; nothing else comes before admit().
        std::function<void(const GuestCredentials&)> knocked = {};
        std::function<void()> classic = {}; ///< of a guest: ready, and without a graphics channel
    };
    /// A leg of our own kind, which the transport below protects; or any RDP client, over TLS.
    enum class Kind { Leg, Guest };

    /// Takes `fd` in any case. RdpFailed when FreeRDP refuses.
    static Result<std::unique_ptr<HostPeer>> create(int fd, Size desktop, HostOutbox& outbox,
        Handlers handlers, std::chrono::milliseconds handshakeTimeout, Kind kind = Kind::Leg);
    ~HostPeer();
    HostPeer(const HostPeer&) = delete;
    HostPeer& operator=(const HostPeer&) = delete;

    /// Once: carries the leg until it ends, and says why: Gone, RdpFailed, or Cancelled after requestStop().
    Error run();

    /// There is something in the outbox, or in the clipboard's.
    void requestWake();
    /// Ends run(), whatever it is blocked in.
    void requestStop();
    /// The guest may see. From any thread.
    void admit();
    /// Ends run() of a guest after telling it why: refused, or sent away. From any thread.
    void dismiss(bool isRefused);
    ClassicPicture& classicPicture() { return m_classicPicture; } ///< from any thread, then requestWake()
    ClipboardPort& clipboard() { return m_clipboard; } ///< from any thread, then requestWake()
    /// Input that made no sense. From any thread.
    std::uint64_t inputRejected() const { return m_inputRejected; }

    struct Callbacks; ///< FreeRDP's way in

private:
    struct Connection;
    enum class Answer { None, Admitted, Refused, Dismissed };
    HostPeer(HostOutbox& outbox, Handlers handlers, std::chrono::milliseconds handshakeTimeout, Kind kind);

    bool start(int fd, Size desktop);
    Error carry();
    bool waitsForAnswer() const;
    Result<void> serveGuest();
    bool isClassic() const;
    Result<void> serveClassic();
    Error farewell(std::uint32_t errorInfo);
    void lingerForGuest();
    Result<void> wait();
    Result<void> step();
    Result<void> sendSome();
    bool sendPointer();
    bool sendControl();
    bool sendClipboard();
    bool awaitRoom();
    void onInput(const RdpInput& input);
    bool onControlChunk(ByteView chunk, std::uint32_t flags, std::size_t total);
    void acknowledge(std::uint32_t queueDepth, std::uint32_t frame);
    Error endOfLeg(Error why) const;

    HostOutbox& m_outbox;
    Handlers m_handlers;
    std::chrono::milliseconds m_handshakeTimeout;
    const Kind m_kind;
    TimePoint m_deadline{}; ///< of the handshake
    std::atomic<Answer> m_answer = Answer::None; ///< to a guest
    bool m_hasKnocked = false;
    ClassicPicture m_classicPicture;
    std::atomic<bool> m_stopped = false;
    bool m_isReady = false; ///< the graphics channel was open once
    bool m_acknowledgesItself = false; ///< the viewer suspended its acknowledgements
    InputDecoder m_inputDecoder;
    std::atomic<std::uint64_t> m_inputRejected = 0;
    EncomspReceiver m_controlReceiver;
    ClipboardPort m_clipboard;
    std::unique_ptr<Connection> m_connection;
};

} // namespace sightline
