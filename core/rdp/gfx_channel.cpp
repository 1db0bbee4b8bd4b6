#include "core/rdp/gfx_channel.h"

#include "core/rdp/dvc_framing.h"
#include "core/rdp/freerdp_handles.h"

#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/rdpgfx.h>
#include <freerdp/channels/wtsvc.h>
#include <freerdp/settings.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace sightline {

namespace {

constexpr int kMaxTimesOpened = 4; // a viewer that cannot decode us will not learn it

Error failure(const char* what)
{
    return {ErrorCode::RdpFailed, QLatin1StringView(what)};
}

DWORD sessionIdOf(HANDLE manager)
{
    LPSTR data = nullptr;
    DWORD size = 0;
    if (!WTSQuerySessionInformationA(manager, WTS_CURRENT_SESSION, WTSSessionId, &data, &size))
        return WTS_CURRENT_SESSION;
    DWORD id = 0;
    std::memcpy(&id, data, std::min<std::size_t>(size, sizeof id));
    WTSFreeMemory(data);
    return id;
}

/// False when the viewer refused the channel; `isReady` whether it has accepted.
bool queryReady(HANDLE channel, bool& isReady)
{
    void* data = nullptr;
    DWORD size = 0;
    if (!WTSVirtualChannelQuery(channel, WTSVirtualChannelReady, &data, &size))
        return false;
    BOOL ready = FALSE;
    std::memcpy(&ready, data, std::min<std::size_t>(size, sizeof ready));
    WTSFreeMemory(data);
    isReady = ready != FALSE;
    return true;
}

} // namespace

GfxChannel::GfxChannel(rdp_freerdp_peer* peer, void* manager, Handlers handlers)
    : m_peer(peer)
    , m_manager(manager)
    , m_handlers(std::move(handlers))
{
}

GfxChannel::~GfxChannel() = default;

Result<void> GfxChannel::service()
{
    if (!WTSVirtualChannelManagerIsChannelJoined(m_manager, DRDYNVC_SVC_CHANNEL_NAME))
        return failure("the viewer has no dynamic channels");
    if (!WTSVirtualChannelManagerCheckFileDescriptor(m_manager))
        return failure("the connection broke");
    if (!m_channel) {
        if (WTSVirtualChannelManagerGetDrdynvcState(m_manager) != DRDYNVC_STATE_READY)
            return {};
        return open();
    }
    bool isReady = false;
    if (!queryReady(m_channel, isReady))
        return m_state == State::Opening ? failure("the viewer has no graphics channel") : reopen();
    return isReady ? readMessages() : Result<void>();
}

Result<void> GfxChannel::open()
{
    if (++m_timesOpened > kMaxTimesOpened)
        return failure("the viewer closed its graphics channel again and again");
    char name[] = RDPGFX_DVC_CHANNEL_NAME;
    m_channel = WTSVirtualChannelOpenEx(sessionIdOf(m_manager), name, WTS_CHANNEL_OPTION_DYNAMIC);
    if (!m_channel)
        return failure("cannot open the graphics channel");
    m_state = State::Opening;
    m_channelId = WTSChannelGetIdByHandle(m_channel);
    m_carrierId = WTSChannelGetId(m_peer, DRDYNVC_SVC_CHANNEL_NAME);
    const char* product = freerdp_settings_get_string(m_peer->context->settings, FreeRDP_ClientProductId);
    m_takesLargePdus = product && std::strcmp(product, kSightlineProductId) == 0;
    // The request waits in the manager's queue; nobody else would send it.
    if (!WTSVirtualChannelManagerCheckFileDescriptor(m_manager))
        return failure("the connection broke");
    return {};
}

Result<void> GfxChannel::reopen()
{
    const bool wasOpen = isOpen();
    m_state = State::Waiting;
    WTSVirtualChannelClose(std::exchange(m_channel, nullptr));
    if (wasOpen)
        m_handlers.closed();
    return open();
}

Result<void> GfxChannel::readMessages()
{
    for (;;) {
        ULONG size = 0;
        // Reading nothing tells the size of the next message.
        if (!WTSVirtualChannelRead(m_channel, 0, nullptr, 0, &size))
            return {};
        if (size > kMaxGfxClientMessage)
            return failure("the viewer sent an absurd graphics message");
        // An empty message would never leave the queue if it were not read into some room.
        Bytes message(std::max<std::size_t>(size, 1));
        ULONG taken = 0;
        auto* room = reinterpret_cast<char*>(message.data());
        if (!WTSVirtualChannelRead(m_channel, 0, room, static_cast<ULONG>(message.size()), &taken))
            return {};
        if (auto handled = handle(ByteView(message).first(taken)); !handled)
            return handled;
    }
}

Result<void> GfxChannel::handle(ByteView message)
{
    auto pdus = parseGfxClientMessage(message);
    if (!pdus)
        return Error(
            ErrorCode::RdpFailed, QStringLiteral("the viewer sent a bad graphics message"), pdus.error());
    for (const GfxClientPdu& pdu : *pdus) {
        if (const auto* acknowledge = std::get_if<GfxFrameAcknowledge>(&pdu)) {
            if (isOpen())
                m_handlers.acknowledged(*acknowledge);
        } else if (auto agreed = agree(std::get<GfxCapsAdvertise>(pdu)); !agreed) {
            return agreed;
        }
    }
    return {};
}

Result<void> GfxChannel::agree(const GfxCapsAdvertise& advertise)
{
    if (isOpen())
        return {}; // the first agreement holds (MS-RDPEGFX 3.3.5.17)
    const auto set = chooseGfxCapabilities(advertise.sets);
    if (!set)
        return failure("the viewer knows no graphics version that we know");
    GfxMessage confirmation = capsConfirmMessage(*set);
    m_state = State::Open;
    if (!write(confirmation))
        return failure("the connection broke");
    m_handlers.opened(*set);
    return {};
}

bool GfxChannel::write(const GfxMessage& message)
{
    return m_takesLargePdus ? writeWhole(message.data()) : writeInPieces(message.data());
}

bool GfxChannel::writeWhole(ByteView message) const
{
    // FreeRDP's own way through the channel manager cuts every message into PDUs of 1600 octets, each with
    // buffers, a queue entry and system calls of its own on both sides. The static channel below cuts in
    // 16256. Only the first chunk is copied, behind the header: others may be reading the message, too.
    std::array<std::uint8_t, kMaxDvcDataHeader> room{};
    const std::size_t header = writeDvcDataHeader(room, m_channelId);
    Bytes first(room.end() - static_cast<std::ptrdiff_t>(header), room.end());
    const std::size_t taken = std::min(chunkSize() - header, message.size());
    first.insert(first.end(), message.begin(), message.begin() + static_cast<std::ptrdiff_t>(taken));
    const std::size_t total = header + message.size();
    if (taken == message.size())
        return sendChunk(first, total, CHANNEL_FLAG_FIRST | CHANNEL_FLAG_LAST);
    if (!sendChunk(first, total, CHANNEL_FLAG_FIRST))
        return false;
    for (std::size_t at = taken; at < message.size();) {
        const std::size_t size = std::min(chunkSize(), message.size() - at);
        const bool isLast = at + size == message.size();
        if (!sendChunk(message.subspan(at, size), total, isLast ? UINT32(CHANNEL_FLAG_LAST) : 0))
            return false;
        at += size;
    }
    return true;
}

std::size_t GfxChannel::chunkSize() const
{
    constexpr UINT32 kMinChunk = 1600; // MS-RDPBCGR 2.2.7.1.10
    return std::max(kMinChunk, freerdp_settings_get_uint32(m_peer->context->settings, FreeRDP_VCChunkSize));
}

bool GfxChannel::sendChunk(ByteView chunk, std::size_t total, std::uint32_t flags) const
{
    // Never into a full socket: while a frame leaves on a slow path, the viewer's input is heard between its
    // chunks (MS-RDPBCGR 2.2.6.1).
    return m_handlers.awaitRoom()
        && m_peer->SendChannelPacket(m_peer, m_carrierId, total, flags, chunk.data(), chunk.size());
}

bool GfxChannel::writeInPieces(ByteView message) const
{
    return sendDvcMessage(m_channelId, message,
        [this](ByteView pdu) { return sendChunk(pdu, pdu.size(), CHANNEL_FLAG_FIRST | CHANNEL_FLAG_LAST); });
}

} // namespace sightline
