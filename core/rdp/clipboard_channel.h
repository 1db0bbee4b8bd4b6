#pragma once

#include "core/rdp/channel_chunks.h"
#include "core/rdp/clipboard_pdu.h"

#include <functional>
#include <map>

namespace sightline {

/// What a clipboard can carry here. Text: UTF-8 with line feeds; Png: a PNG file; Dib: a BITMAPINFO and its
/// pixels, as Windows programs exchange it.
enum class ClipboardFormat : std::uint8_t { Text, Png, Dib };

/// One end of the clipboard channel (MS-RDPECLIP): says what the own clipboard offers, fetches what the other
/// one does. Text and pictures, not files. Pure: chunks go in and come out; not thread-safe. Handlers must
/// not call it.
class ClipboardChannel {
public:
    enum class Role { Server, Client };
    static constexpr const char* kName = "cliprdr";
    static constexpr std::size_t kMaxContent = 32 * 1024 * 1024;

    struct Handlers {
        /// The other clipboard has something new, in these formats; none: nothing for us. Earlier requests
        /// are void.
        std::function<void(const std::vector<ClipboardFormat>&)> offered;
        /// The other side wants what we offered; nullopt: it shall not get it.
        std::function<std::optional<Bytes>(ClipboardFormat)> wanted;
        /// Answers request(); nullopt: it was refused.
        std::function<void(ClipboardFormat, std::optional<Bytes>)> received;
    };

    ClipboardChannel(Role role, Handlers handlers);

    /// The channel is there. The server speaks first.
    void start();
    void offer(std::vector<ClipboardFormat> formats);
    /// Fetches what was offered last; one answer for each, in order.
    void request(ClipboardFormat format);

    /// Anything but success: the other side broke the protocol and the connection is to be dropped.
    Result<void> receive(const ChannelChunk& chunk);
    bool hasOutput() const { return !m_out.isEmpty(); }
    std::optional<ChannelChunk> next(std::size_t maxSize) { return m_out.next(maxSize); }

private:
    void send(const ClipboardPdu& pdu);
    void sendOffer();
    void sendRequest();
    Result<void> handle(const ClipboardCapabilities& capabilities);
    Result<void> handle(const ClipboardMonitorReady& ready);
    Result<void> handle(const ClipboardFormatList& list);
    Result<void> handle(const ClipboardFormatListResponse& response);
    Result<void> handle(const ClipboardDataRequest& request);
    Result<void> handle(const ClipboardDataResponse& response);
    Result<void> handle(const ClipboardOther& other);

    const Role m_role;
    const Handlers m_handlers;
    ChannelAssembler m_in;
    ChannelChunkQueue m_out;
    bool m_isReady = false; ///< both may speak
    bool m_longNames = false;
    std::vector<ClipboardFormat> m_offer;
    std::map<ClipboardFormat, std::uint32_t> m_remote; ///< what it offers, under which id
    std::deque<ClipboardFormat> m_requests; ///< the first one is on its way
    bool m_isAnswerVoid = false; ///< the answer on its way is to a request that a newer offer made void
};

/// Text as the wire has it: UTF-16LE, CR LF, closed by a NUL (CF_UNICODETEXT).
Bytes clipboardTextToWire(ByteView utf8);
Bytes clipboardTextFromWire(ByteView wire);

} // namespace sightline
