#pragma once

#include "core/graphics/cursor.h"
#include "core/graphics/gfx_command.h"
#include "core/rdp/encomsp_queue.h"
#include "core/rdp/gfx_command_check.h"
#include "core/rdp/gfx_message_packer.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace sightline {

/// What the host has to say, on its way from the threads that say it to the RDP thread that sends it.
/// Commands become octets on the caller's thread. Of cursors only the newest waits.
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
    double compression() const; ///< see GfxMessagePacker
    void setPathRate(double octetsPerSecond);

    // RDP thread.
    /// A channel is there, and nothing has been sent on it. Until then, and after closeGraphics(), commands
    /// are dropped.
    void openGraphics();
    void closeGraphics();
    bool isEmpty() const;
    std::shared_ptr<const GfxMessage> takeMessage(); ///< null: there is none
    void messageSent(const GfxMessage& message);
    std::optional<CursorShape> takeCursorShape();
    std::optional<Point> takeCursorPosition();
    std::optional<EncomspPdu> takeControl();

private:
    void clearGraphics();

    mutable std::mutex m_mutex; // guards all below
    bool m_graphicsOpen = false;
    GfxCommandCheck m_check;
    GfxMessagePacker m_packer;
    bool m_takesShared = false;
    std::deque<std::shared_ptr<const GfxMessage>> m_shared;
    std::size_t m_sharedBytes = 0; ///< of m_shared
    std::size_t m_bytesTaken = 0; ///< taken, but not sent yet
    std::optional<CursorShape> m_shape;
    std::optional<Point> m_position;
    EncomspQueue m_control;
};

} // namespace sightline
