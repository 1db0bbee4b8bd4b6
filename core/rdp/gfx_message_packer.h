#pragma once

#include "core/base/bytes.h"
#include "core/graphics/gfx_command.h"
#include "core/rdp/gfx_capabilities.h"

#include <deque>
#include <optional>

namespace sightline {

/// One message for the graphics channel: RDP_SEGMENTED_DATA (MS-RDPEGFX 2.2.5.1) behind some room in front,
/// where the channel puts its own header without moving the rest.
struct GfxMessage {
    static constexpr std::size_t kHeadroom = 16;

    Bytes octets; ///< kHeadroom octets of room, then the message
    std::optional<std::uint32_t> endOfFrame; ///< the last frame that ends in it

    ByteView data() const { return ByteView(octets).subspan(kHeadroom); }
    std::size_t size() const { return octets.size() - kHeadroom; }
};

/// Packs graphics commands into as few messages as one segment each allows, so that a frame costs few writes
/// and a big one starts to leave while it is still being encoded. A command larger than a segment gets a
/// message of several. Not compressed: the place of a ZGFX encoder. Pure.
class GfxMessagePacker {
public:
    static constexpr std::size_t kMaxSegment = 65535; ///< octets of PDUs in one segment (MS-RDPEGFX 3.1.8.1)

    /// Full messages come out of takeFinished(); the rest waits for flush().
    void add(const GfxCommand& command, std::uint32_t timestamp);
    void flush();
    void clear();

    /// The next message that is ready to go, in order.
    std::optional<GfxMessage> takeFinished();
    bool hasFinished() const { return !m_finished.empty(); }

    /// Octets handed in that takeFinished() has not given out.
    std::size_t bytesHeld() const { return m_bytesFinished + currentPayload(); }

private:
    std::size_t currentPayload() const;
    void startMessage();
    void addLarge(const GfxCommand& command, std::size_t pduSize, std::uint32_t timestamp);
    void finish(GfxMessage message);

    GfxMessage m_current; ///< octets empty: nothing begun
    std::deque<GfxMessage> m_finished;
    std::size_t m_bytesFinished = 0;
};

/// A message of its own with the CAPS_CONFIRM.
GfxMessage capsConfirmMessage(const GfxCapabilitySet& set);

} // namespace sightline
