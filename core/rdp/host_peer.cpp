#include "core/rdp/host_peer.h"

#include "core/rdp/connection_breaker.h"
#include "core/rdp/dvc_framing.h"
#include "core/rdp/freerdp_handles.h"
#include "core/rdp/freerdp_library.h"
#include "core/rdp/gfx_channel.h"
#include "core/rdp/host_certificate.h"
#include "core/rdp/pointer_updates.h"

#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/wtsvc.h>
#include <freerdp/constants.h>
#include <freerdp/settings.h>
#include <freerdp/update.h>

#include <array>
#include <mutex>
#include <optional>

namespace sightline {

namespace {

Error failure(const char* what)
{
    return {ErrorCode::RdpFailed, QLatin1StringView(what)};
}

bool applySettings(rdpSettings* settings)
{
    const auto set = [settings](FreeRDP_Settings_Keys_Bool key, bool value) {
        return freerdp_settings_set_bool(settings, key, value) != FALSE;
    };
    // RDP security with encryption level none, by way of LocalConnection: facts of D2. Auto-detect, heartbeat
    // and multitransport have to be the same on both ends, or the connection sequence breaks.
    return set(FreeRDP_RdpSecurity, true) && set(FreeRDP_TlsSecurity, false)
        && set(FreeRDP_NlaSecurity, false)
        && freerdp_settings_set_uint32(settings, FreeRDP_EncryptionLevel, ENCRYPTION_LEVEL_NONE)
        && set(FreeRDP_NetworkAutoDetect, false) && set(FreeRDP_SupportHeartbeatPdu, false)
        && set(FreeRDP_SupportMultitransport, false) && set(FreeRDP_SupportGraphicsPipeline, true)
        && set(FreeRDP_RemoteFxCodec, false) && set(FreeRDP_NSCodec, false) && set(FreeRDP_RefreshRect, true)
        && set(FreeRDP_SuppressOutput, true) && freerdp_settings_set_uint32(settings, FreeRDP_ColorDepth, 32)
        && freerdp_settings_set_uint32(settings, FreeRDP_PointerCacheSize, 25);
}

struct PeerContext {
    rdpContext base;
    HostPeer::Handlers* handlers;
    psPeerReceiveChannelData receiveChannelData; ///< the channel manager's
    Size desktop;
};

PeerContext& contextOf(rdpContext* context)
{
    return *reinterpret_cast<PeerContext*>(context);
}

BOOL onCapabilities(freerdp_peer* peer)
{
    // The viewer's wish for a desktop size has replaced ours by now.
    const Size desktop = contextOf(peer->context).desktop;
    rdpSettings* settings = peer->context->settings;
    return freerdp_settings_set_uint32(settings, FreeRDP_DesktopWidth, static_cast<UINT32>(desktop.width))
        && freerdp_settings_set_uint32(settings, FreeRDP_DesktopHeight, static_cast<UINT32>(desktop.height));
}

BOOL onPostConnect(freerdp_peer*)
{
    return TRUE;
}

BOOL onRefreshRect(rdpContext* context, BYTE, const RECTANGLE_16*)
{
    contextOf(context).handlers->refreshRequested();
    return TRUE;
}

BOOL onSuppressOutput(rdpContext* context, BYTE allow, const RECTANGLE_16*)
{
    if (allow != 0)
        contextOf(context).handlers->refreshRequested();
    return TRUE;
}

BOOL onChannelData(
    freerdp_peer* peer, UINT16 channel, const BYTE* data, size_t size, UINT32 flags, size_t total)
{
    const bool startsPdu = (flags & CHANNEL_FLAG_FIRST) != 0;
    if (startsPdu && channel == WTSChannelGetId(peer, DRDYNVC_SVC_CHANNEL_NAME)
        && !announcesAcceptableSize({data, size}))
        return FALSE;
    return contextOf(peer->context).receiveChannelData(peer, channel, data, size, flags, total);
}

ChannelManagerPtr openChannelManager(rdpContext* context)
{
    // FreeRDP numbers its managers and makes their table without any lock.
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    const HANDLE manager = WTSOpenServerA(reinterpret_cast<char*>(context));
    return ChannelManagerPtr(manager == INVALID_HANDLE_VALUE ? nullptr : manager);
}

} // namespace

struct HostPeer::Connection {
    explicit Connection(int fd)
        : breaker(fd)
    {
    }

    /// On the thread that used it: after some errors FreeRDP leaves a lock of that thread behind, on which
    /// any other one would wait for ever.
    void releasePeer()
    {
        graphics.reset();
        manager.reset();
        peer.reset();
    }

    FreeRdpLibrary library;
    ConnectionBreaker breaker;
    EventPtr wake{CreateEvent(nullptr, TRUE, FALSE, nullptr)};
    PeerPtr peer;
    ChannelManagerPtr manager;
    std::optional<GfxChannel> graphics;
};

HostPeer::HostPeer(HostOutbox& outbox, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
    : m_outbox(outbox)
    , m_handlers(std::move(handlers))
    , m_handshakeTimeout(handshakeTimeout)
{
}

HostPeer::~HostPeer() = default;

Result<std::unique_ptr<HostPeer>> HostPeer::create(
    int fd, Size desktop, HostOutbox& outbox, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    std::unique_ptr<HostPeer> self(new HostPeer(outbox, std::move(handlers), handshakeTimeout));
    self->m_connection = std::make_unique<Connection>(fd);
    if (!self->start(fd, desktop))
        return failure("cannot start the rdp server");
    return self;
}

bool HostPeer::start(int fd, Size desktop)
{
    Connection& c = *m_connection;
    c.peer.reset(freerdp_peer_new(fd));
    freerdp_peer* peer = c.peer.get();
    if (!peer) {
        ::close(fd);
        return false;
    }
    peer->ContextSize = sizeof(PeerContext);
    if (!c.wake || !freerdp_peer_context_new(peer))
        return false;
    PeerContext& context = contextOf(peer->context);
    context.handlers = &m_handlers;
    context.desktop = desktop;
    // Before Initialize(), or the encryption level is raised again behind our back.
    peer->local = TRUE;
    if (!applySettings(peer->context->settings) || !installHostCertificate(peer->context->settings))
        return false;
    peer->Capabilities = onCapabilities;
    peer->PostConnect = onPostConnect;
    peer->context->update->RefreshRect = onRefreshRect;
    peer->context->update->SuppressOutput = onSuppressOutput;
    c.manager = openChannelManager(peer->context);
    if (!c.manager || !peer->Initialize(peer))
        return false;
    context.receiveChannelData = peer->ReceiveChannelData;
    peer->ReceiveChannelData = onChannelData;

    c.graphics.emplace(peer, c.manager.get(),
        GfxChannel::Handlers{
            [this](const GfxCapabilitySet& set) {
                m_isReady = true;
                m_acknowledgesItself = false;
                m_outbox.openGraphics();
                m_handlers.ready(set);
            },
            [this](const GfxFrameAcknowledge& one) { acknowledge(one.queueDepth, one.frame); },
            [this] { m_outbox.closeGraphics(); },
        });
    return true;
}

void HostPeer::requestWake()
{
    SetEvent(m_connection->wake.get());
}

void HostPeer::requestStop()
{
    m_stopped = true;
    m_connection->breaker.breakConnection();
    requestWake();
}

Error HostPeer::run()
{
    const Error why = carry();
    // FreeRDP's farewells would block on a full socket.
    m_connection->breaker.breakConnection();
    m_connection->releasePeer();
    return why;
}

Error HostPeer::carry()
{
    const TimePoint deadline = Clock::now() + m_handshakeTimeout;
    for (;;) {
        auto done = wait(deadline);
        if (done)
            done = step();
        if (!done)
            return endOfLeg(done.error());
    }
}

Error HostPeer::endOfLeg(Error why) const
{
    if (m_stopped)
        return {ErrorCode::Cancelled, QStringLiteral("stopped")};
    const int ultimatum = freerdp_get_disconnect_ultimatum(m_connection->peer->context);
    const bool saidGoodbye = ultimatum == Disconnect_Ultimatum_user_requested;
    if (saidGoodbye || m_connection->breaker.isHungUp())
        return {ErrorCode::Gone, QStringLiteral("the viewer left"), std::move(why)};
    return why;
}

Result<void> HostPeer::wait(TimePoint deadline)
{
    std::array<HANDLE, 16> handles{};
    freerdp_peer* peer = m_connection->peer.get();
    DWORD count = peer->GetEventHandles(peer, handles.data(), handles.size() - 1);
    if (count == 0)
        return failure("the connection broke");
    handles.at(count++) = m_connection->wake.get();

    DWORD timeout = INFINITE;
    if (!m_isReady) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return Error(ErrorCode::RdpFailed, QStringLiteral("the viewer did not finish connecting"));
        timeout = static_cast<DWORD>(left.count());
    } else if (!m_outbox.isEmpty()) {
        timeout = 0; // one message at a time, so that acknowledgements are seen between them
    }
    if (WaitForMultipleObjects(count, handles.data(), FALSE, timeout) == WAIT_FAILED)
        return failure("cannot wait for the connection");
    // Before anything is looked at, so that what comes meanwhile wakes the next wait.
    ResetEvent(m_connection->wake.get());
    if (m_stopped)
        return failure("stopped");
    return {};
}

Result<void> HostPeer::step()
{
    freerdp_peer* peer = m_connection->peer.get();
    if (!peer->CheckFileDescriptor(peer))
        return failure("the rdp connection broke");
    if (!peer->activated)
        return {};
    if (auto served = m_connection->graphics->service(); !served)
        return served;
    return sendSome();
}

Result<void> HostPeer::sendSome()
{
    rdpContext* context = m_connection->peer->context;
    // Pointers first: they are small, and a hand is waiting for them.
    if (const auto shape = m_outbox.takeCursorShape(); shape && !sendCursorShape(context, *shape))
        return failure("the rdp connection broke");
    if (const auto position = m_outbox.takeCursorPosition();
        position && !sendCursorPosition(context, *position))
        return failure("the rdp connection broke");
    if (!m_connection->graphics->isOpen())
        return {};
    auto message = m_outbox.takeMessage();
    if (!message)
        return {};
    const bool isWritten = m_connection->graphics->write(*message);
    m_outbox.messageSent(*message);
    if (!isWritten)
        return failure("the rdp connection broke");
    if (m_acknowledgesItself && message->endOfFrame)
        m_handlers.frameAcknowledged(*message->endOfFrame);
    return {};
}

void HostPeer::acknowledge(std::uint32_t queueDepth, std::uint32_t frame)
{
    // MS-RDPEGFX 3.2.5.13: with this depth no more of them come until one with another depth does.
    m_acknowledgesItself = queueDepth == GfxFrameAcknowledge::kSuspend;
    m_handlers.frameAcknowledged(frame);
}

} // namespace sightline
