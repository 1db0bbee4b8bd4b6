#pragma once

#include "core/rdp/clipboard_channel.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

namespace sightline {

/// What the owner of a leg does with the other clipboard. Called on the RDP thread; must not call the leg.
struct ClipboardHandlers {
    ClipboardChannel::Handlers channel; ///< none set: this leg has no clipboard
    /// Whether the path has room for octets that nobody waits for; large contents go out only then.
    std::function<bool()> hasRoom;
};

/// The clipboard channel between the threads that copy and paste and the RDP thread that carries it: a little
/// at a time, so that pictures and input find the path free. Thread-safe.
class ClipboardPort {
public:
    /// How long the RDP thread rests between two bursts, and before it looks for room again.
    static constexpr std::chrono::milliseconds kPause{2};

    ClipboardPort(ClipboardChannel::Role role, ClipboardHandlers handlers);

    void offer(std::vector<ClipboardFormat> formats);
    void request(ClipboardFormat format);

    // RDP thread.
    /// The channel is there; the first call counts.
    void open();
    /// False: the other side broke the protocol and the connection is to be dropped.
    bool receive(const ChannelChunk& chunk);
    bool hasOutput() const;
    /// Writes a burst, if there is room. False when `write` said so.
    bool send(std::size_t chunkSize, const std::function<bool(const ChannelChunk&)>& write);

private:
    struct OwnedChunk {
        Bytes data;
        std::uint32_t flags = 0;
        std::size_t total = 0;
    };
    std::optional<OwnedChunk> take(std::size_t chunkSize);

    const std::function<bool()> m_hasRoom;
    mutable std::mutex m_mutex; // guards all below
    std::unique_ptr<ClipboardChannel> m_channel; ///< null: no clipboard
    bool m_isOpen = false;
};

} // namespace sightline
