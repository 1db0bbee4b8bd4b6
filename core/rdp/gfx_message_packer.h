#pragma once

#include "core/base/bytes.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/zgfx_encoder.h"
#include "core/rdp/gfx_capabilities.h"

#include <deque>
#include <memory>
#include <optional>

namespace sightline {

/// One message for the graphics channel: RDP_SEGMENTED_DATA (MS-RDPEGFX 2.2.5.1).
struct GfxMessage {
    Bytes octets;
    std::optional<std::uint32_t> endOfFrame; ///< the last frame that ends in it

    ByteView data() const { return octets; }
    std::size_t size() const { return octets.size(); }
};

/// Packs graphics commands into as few messages as one segment each allows, so that a frame costs few writes
/// and a big one starts to leave while it is still being encoded, and compresses them. A command larger than
/// a segment gets a message of several. Pure.
class GfxMessagePacker {
public:
    static constexpr std::size_t kMaxSegment = kZgfxSegment; ///< octets of PDUs in one segment

    /// For one channel: compression looks back at everything that it has seen.
    GfxMessagePacker();
    /// For many channels: no message needs anything from another one, so each fits every channel, in any mix
    /// with messages of other packers. They may share `compressor`, whose scope is the segment.
    explicit GfxMessagePacker(std::shared_ptr<ZgfxEncoder> compressor);

    /// Full messages come out of takeFinished(); the rest waits for flush().
    void add(const GfxCommand& command, std::uint32_t timestamp);
    void flush();
    /// What comes next goes to another channel.
    void clear();
    /// What the path carries, in octets a second; 0 when unknown. The slower, the more time compression
    /// takes.
    void setPathRate(double octetsPerSecond) { m_pathRate = octetsPerSecond; }
    double pathRate() const { return m_pathRate; }

    /// The next message that is ready to go, in order.
    std::optional<GfxMessage> takeFinished();
    bool hasFinished() const { return !m_finished.empty(); }

    /// Octets handed in that takeFinished() has not given out.
    std::size_t bytesHeld() const { return m_bytesFinished + m_payload.size(); }
    /// Octets sent for each octet of PDUs, lately.
    double compression() const { return m_compression; }

private:
    void addLarge(const GfxCommand& command, std::uint32_t timestamp);
    void appendSegment(Bytes& out, ByteView payload);
    bool isSlow() const;
    void finish(GfxMessage message, std::size_t payload);

    std::shared_ptr<ZgfxEncoder> m_zgfx;
    Bytes m_payload; ///< the PDUs of the next message
    std::size_t m_coded = 0; ///< octets of m_payload that are not worth a search
    std::optional<std::uint32_t> m_endOfFrame; ///< in m_payload
    std::deque<GfxMessage> m_finished;
    std::size_t m_bytesFinished = 0;
    double m_pathRate = 0;
    double m_compression = 1;
};

/// A message of its own with the CAPS_CONFIRM.
GfxMessage capsConfirmMessage(const GfxCapabilitySet& set);

} // namespace sightline
