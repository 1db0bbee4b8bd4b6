#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/gfx_command.h"
#include "core/rdp/encomsp_queue.h"
#include "core/rdp/gfx_batcher.h"
#include "core/rdp/gfx_command_check.h"
#include "core/rdp/gfx_compressor.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace sightline {

/// What the host has to say, on its way from the threads that say it to the RDP thread that sends it.
/// Commands become PDUs on the caller's thread, and are compressed on the RDP thread: so a large frame is
/// encoded and compressed at the same time. Of cursors only the newest waits.
///
/// Not bounded: its owner paces itself by acknowledgements and bytes() (D6). Thread-safe.
class HostOutbox {
public:
    // Callers. Each returns whether the RDP thread has something new to send and must be woken.
    [[nodiscard]] bool accept(const GfxCommand& command);
    [[nodiscard]] bool accept(std::shared_ptr<const GfxMessage> message); ///< see RdpHost
    void startShared();
    [[nodiscard]] bool setCursorShape(const CursorShape& shape);
    [[nodiscard]] bool setCursorPosition(Point position);
    [[nodiscard]] bool sendControl(const EncomspPdu& pdu);
    std::size_t bytes() const;
    double compression() const; ///< see GfxCompressor
    void setPathRate(double octetsPerSecond);

    // RDP thread.
    /// A channel is there, and nothing has been sent on it. Until then, and after closeGraphics(), commands
    /// are dropped.
    void openGraphics();
    void closeGraphics();
    bool isEmpty() const;
    std::shared_ptr<const GfxMessage> takeMessage(); ///< null: there is none
    void messageSent(); ///< the one that was taken last
    std::optional<CursorShape> takeCursorShape();
    std::optional<Point> takeCursorPosition();
    std::optional<EncomspPdu> takeControl();

private:
    void clearGraphics();

    mutable std::mutex m_mutex; // guards all below
    bool m_graphicsOpen = false;
    GfxCommandCheck m_check;
    GfxBatcher m_batcher;
    bool m_takesShared = false;
    std::deque<std::shared_ptr<const GfxMessage>> m_shared;
    std::size_t m_sharedBytes = 0; ///< of m_shared
    std::size_t m_bytesTaken = 0; ///< of the message that is being sent
    double m_pathRate = 0;
    double m_compression = 1;
    std::optional<CursorShape> m_shape;
    std::optional<Point> m_position;
    EncomspQueue m_control;

    // Of the RDP thread.
    GfxCompressor m_compressor;
};

} // namespace sightline
