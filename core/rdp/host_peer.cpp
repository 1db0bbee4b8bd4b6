#include "core/rdp/host_peer.h"

#include "core/rdp/clipboard_sending.h"
#include "core/rdp/host_callbacks.h"
#include "core/rdp/host_certificate.h"
#include "core/rdp/host_peer_connection.h"
#include "core/rdp/host_settings.h"
#include "core/rdp/pointer_updates.h"

#include <freerdp/channels/encomsp.h>
#include <freerdp/channels/wtsvc.h>

#include <array>
#include <mutex>
#include <optional>

namespace sightline {

namespace {

Error failure(const char* what)
{
    return {ErrorCode::RdpFailed, QLatin1StringView(what)};
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

HostPeer::HostPeer(
    HostOutbox& outbox, Handlers handlers, std::chrono::milliseconds handshakeTimeout, Kind kind)
    : m_outbox(outbox)
    , m_handlers(std::move(handlers))
    , m_handshakeTimeout(handshakeTimeout)
    , m_kind(kind)
    , m_clipboard(ClipboardChannel::Role::Server, std::move(m_handlers.clipboard))
{
}

HostPeer::~HostPeer() = default;

Result<std::unique_ptr<HostPeer>> HostPeer::create(int fd, Size desktop, HostOutbox& outbox,
    Handlers handlers, std::chrono::milliseconds handshakeTimeout, Kind kind)
{
    std::unique_ptr<HostPeer> self(new HostPeer(outbox, std::move(handlers), handshakeTimeout, kind));
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
    PeerContext& context = PeerContext::of(peer->context);
    context.self = this;
    context.desktop = desktop;
    // Before Initialize(), or the encryption level is raised again behind our back.
    peer->local = m_kind == Kind::Leg;
    rdpSettings* settings = peer->context->settings;
    if (!applyHostSettings(settings) || (m_kind == Kind::Guest && !applyGuestSettings(settings))
        || !installHostCertificate(settings))
        return false;
    installHostCallbacks(peer);
    c.manager = openChannelManager(peer->context);
    if (!c.manager || !peer->Initialize(peer))
        return false;
    installHostDataCallbacks(peer);

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
            [this] { return awaitRoom(); },
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
    m_deadline = Clock::now() + m_handshakeTimeout;
    for (;;) {
        auto done = wait();
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

Result<void> HostPeer::wait()
{
    std::array<HANDLE, 16> handles{};
    freerdp_peer* peer = m_connection->peer.get();
    DWORD count = peer->GetEventHandles(peer, handles.data(), handles.size() - 1);
    if (count == 0)
        return failure("the connection broke");
    handles.at(count++) = m_connection->wake.get();

    DWORD timeout = INFINITE;
    if (!m_isReady && !waitsForAnswer()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_deadline - Clock::now());
        if (left.count() <= 0)
            return Error(ErrorCode::RdpFailed, QStringLiteral("the viewer did not finish connecting"));
        timeout = static_cast<DWORD>(left.count());
    } else if (peer->activated && (!m_outbox.isEmpty() || !m_classicPicture.isEmpty())) {
        timeout = 0; // one message at a time, so that acknowledgements are seen between them
    } else if (m_clipboard.hasOutput()) {
        timeout = static_cast<DWORD>(ClipboardPort::kPause.count());
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
    if (m_kind == Kind::Guest) {
        if (auto served = serveGuest(); !served || waitsForAnswer() || isClassic())
            return served;
    }
    if (auto served = m_connection->graphics->service(); !served)
        return served;
    return sendSome();
}

Result<void> HostPeer::sendSome()
{
    if (!sendPointer() || !sendControl())
        return failure("the rdp connection broke");
    if (!m_connection->graphics->isOpen())
        return {};
    const auto message = m_outbox.takeMessage();
    if (!message)
        return sendClipboard() ? Result<void>() : failure("the rdp connection broke");
    const bool isWritten = m_connection->graphics->write(*message);
    m_outbox.messageSent(*message);
    if (!isWritten)
        return failure("the rdp connection broke");
    if (m_handlers.drained)
        m_handlers.drained();
    if (m_acknowledgesItself && message->endOfFrame)
        m_handlers.frameAcknowledged(*message->endOfFrame);
    return {};
}

bool HostPeer::sendPointer()
{
    // Before pixels: it is small, and a hand is waiting for it.
    rdpContext* context = m_connection->peer->context;
    const auto shape = m_outbox.takeCursorShape();
    const auto position = m_outbox.takeCursorPosition();
    return (!shape || sendCursorShape(context, *shape))
        && (!position || sendCursorPosition(context, *position));
}

bool HostPeer::sendControl()
{
    freerdp_peer* peer = m_connection->peer.get();
    const UINT16 channel = WTSChannelGetId(peer, ENCOMSP_SVC_CHANNEL_NAME);
    while (const auto pdu = m_outbox.takeControl()) {
        const Bytes message = encomspMessage(*pdu);
        // A viewer without the channel cannot be told; what it may do is decided here all the same.
        if (channel != 0 && !peer->SendChannelData(peer, channel, message.data(), message.size()))
            return false;
    }
    return true;
}

bool HostPeer::sendClipboard()
{
    freerdp_peer& peer = *m_connection->peer;
    const UINT16 channel = WTSChannelGetId(&peer, ClipboardChannel::kName);
    return sightline::sendClipboard(m_clipboard, peer, channel, [this] { return awaitRoom(); });
}

bool HostPeer::awaitRoom()
{
    freerdp_peer* peer = m_connection->peer.get();
    for (;;) {
        const auto ready = m_connection->breaker.waitReady();
        if (ready.isReadable && !peer->CheckFileDescriptor(peer))
            return false;
        if (ready.isWritable)
            return true;
    }
}

void HostPeer::onInput(const RdpInput& input)
{
    for (const InputEvent& event : m_inputDecoder.decode(input))
        m_handlers.input(event);
    m_inputRejected = m_inputDecoder.rejected();
}

bool HostPeer::onControlChunk(ByteView chunk, std::uint32_t flags, std::size_t total)
{
    const auto pdus = m_controlReceiver.add(chunk, flags, total);
    if (!pdus)
        return false;
    for (const EncomspPdu& pdu : *pdus)
        m_handlers.control(pdu);
    return true;
}

void HostPeer::acknowledge(std::uint32_t queueDepth, std::uint32_t frame)
{
    // MS-RDPEGFX 3.2.5.13: with this depth no more of them come until one with another depth does.
    m_acknowledgesItself = queueDepth == GfxFrameAcknowledge::kSuspend;
    m_handlers.frameAcknowledged(frame);
}

} // namespace sightline
