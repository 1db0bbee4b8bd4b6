#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace sightline {

// Messages of a static virtual channel and the chunks they travel in (MS-RDPBCGR 2.2.6.1). Pure; not
// thread-safe.

struct ChannelChunk {
    static constexpr std::uint32_t kFirst = 0x1; ///< CHANNEL_FLAG_FIRST
    static constexpr std::uint32_t kLast = 0x2; ///< CHANNEL_FLAG_LAST
    static constexpr std::uint32_t kShowProtocol = 0x10; ///< CHANNEL_FLAG_SHOW_PROTOCOL
    static constexpr std::uint32_t kCompressed = 0x00200000; ///< CHANNEL_PACKET_COMPRESSED

    ByteView data;
    std::uint32_t flags = 0;
    std::size_t total = 0; ///< octets of the whole message
};

/// Puts chunks together again. Memory grows with what arrived, never with what was announced.
class ChannelAssembler {
public:
    explicit ChannelAssembler(std::size_t maxMessage)
        : m_maxMessage(maxMessage)
    {
    }

    /// The whole message with its last chunk. ParseFailed, TooLarge: the connection is to be dropped.
    Result<std::optional<Bytes>> add(const ChannelChunk& chunk);

private:
    const std::size_t m_maxMessage;
    Bytes m_message;
    std::size_t m_total = 0;
    bool m_isInside = false;
};

/// Messages on their way out, a chunk at a time, so that others get between.
class ChannelChunkQueue {
public:
    void push(Bytes message);
    bool isEmpty() const { return m_octets == 0; }
    std::size_t messages() const { return m_messages.size(); } ///< one that is under way included
    std::size_t octets() const { return m_octets; } ///< not taken yet

    /// The next chunk of at most `maxSize` octets. Its data are valid until the next call of next() or
    /// push().
    std::optional<ChannelChunk> next(std::size_t maxSize);

private:
    std::deque<Bytes> m_messages;
    std::size_t m_sent = 0; ///< octets of the first one
    std::size_t m_octets = 0;
};

} // namespace sightline
