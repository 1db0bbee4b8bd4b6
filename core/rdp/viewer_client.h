#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/graphics/cursor.h"
#include "core/graphics/picture.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace sightline {

/// FreeRDP's client end of one leg and the loop that drives it. Made on any thread, then used on the RDP
/// thread alone, except for requestRefresh(), requestStop() and framesDecoded(). Knows nothing of threads
/// itself.
class ViewerClient {
public:
    struct Handlers {
        std::function<void()> connected;
        std::function<void(Size)> resized;
        std::function<void(const PictureView&, const Rects&)> painted;
        std::function<void(const CursorShape&)> cursorShape;
        std::function<void(Point)> cursorPosition;
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

    void requestRefresh();
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
    Error endOfLeg(Error why) const;

    Handlers m_handlers;
    std::chrono::milliseconds m_handshakeTimeout;
    std::atomic<bool> m_timedOut = false;
    std::atomic<bool> m_stopped = false;
    std::atomic<bool> m_refreshWanted = false;
    std::atomic<std::uint64_t> m_framesDecoded = 0;
    std::optional<Error> m_failure; ///< found in a callback of FreeRDP's
    std::unique_ptr<Connection> m_connection;
};

} // namespace sightline
