#pragma once

#include "core/rdp/gfx_batcher.h"
#include "core/rdp/gfx_capabilities.h"
#include "core/rdp/gfx_compressor.h"
#include "core/rdp/gfx_message.h"

#include <deque>
#include <memory>
#include <optional>

namespace sightline {

/// Batcher and compressor in one, for those who do both on one thread: commands in, messages out. Pure.
class GfxMessagePacker {
public:
    static constexpr std::size_t kMaxSegment = kZgfxSegment; ///< octets of PDUs in one segment

    /// For one channel, and for many; see GfxCompressor. What the latter make fits every channel, in any mix
    /// with messages of other packers.
    GfxMessagePacker() = default;
    explicit GfxMessagePacker(std::shared_ptr<ZgfxEncoder> compressor)
        : m_compressor(std::move(compressor))
    {
    }

    /// Full messages come out of takeFinished(); the rest waits for flush().
    void add(const GfxCommand& command, std::uint32_t timestamp);
    void flush();
    /// What comes next goes to another channel.
    void clear();
    void setPathRate(double octetsPerSecond) { m_compressor.setPathRate(octetsPerSecond); }
    double pathRate() const { return m_compressor.pathRate(); }

    /// The next message that is ready to go, in order.
    std::optional<GfxMessage> takeFinished();
    bool hasFinished() const { return !m_finished.empty(); }

    /// Octets handed in that takeFinished() has not given out.
    std::size_t bytesHeld() const { return m_bytesFinished + m_batcher.bytesHeld(); }
    /// Octets sent for each octet of PDUs, lately.
    double compression() const { return m_compressor.ratio(); }

private:
    void compressFinished();

    GfxBatcher m_batcher;
    GfxCompressor m_compressor;
    std::deque<GfxMessage> m_finished;
    std::size_t m_bytesFinished = 0;
};

/// A message of its own with the CAPS_CONFIRM.
GfxMessage capsConfirmMessage(const GfxCapabilitySet& set);

} // namespace sightline
