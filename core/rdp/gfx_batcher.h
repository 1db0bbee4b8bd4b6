#pragma once

#include "core/base/bytes.h"
#include "core/graphics/gfx_command.h"
#include "core/graphics/zgfx_tokens.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace sightline {

/// The PDUs of one message for the graphics channel, not compressed yet.
struct GfxBatch {
    Bytes pdus;
    std::size_t codedBytes = 0; ///< of them, payloads in which there is nothing left to find
    std::size_t noisyBytes = 0; ///< payloads in which there is little to find
    std::optional<std::uint32_t> endOfFrame; ///< the last frame that ends in it
};

/// Collects graphics commands into as few messages as one segment each allows, so that a frame costs few
/// writes and a big one starts to leave while it is still being encoded. A command larger than a segment gets
/// a message of its own. Pure.
class GfxBatcher {
public:
    static constexpr std::size_t kMaxBatch = kZgfxSegment; ///< octets, unless one command has more

    /// Full batches come out of takeFinished(); the rest waits for flush().
    void add(const GfxCommand& command, std::uint32_t timestamp);
    void flush();
    void clear();

    /// The next one, in order.
    std::optional<GfxBatch> takeFinished();
    bool hasFinished() const { return !m_finished.empty(); }
    /// Octets handed in that takeFinished() has not given out.
    std::size_t bytesHeld() const { return m_bytesFinished + m_next.pdus.size(); }

private:
    GfxBatch m_next;
    std::deque<GfxBatch> m_finished;
    std::size_t m_bytesFinished = 0;
};

} // namespace sightline
