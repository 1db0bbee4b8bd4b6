#include "core/rdp/viewer_client.h"

#include "core/rdp/clipboard_sending.h"
#include "core/rdp/connection_breaker.h"
#include "core/rdp/deadline_guard.h"
#include "core/rdp/freerdp_handles.h"
#include "core/rdp/freerdp_library.h"
#include "core/rdp/pointer_updates.h"
#include "core/rdp/viewer_context.h"
#include "core/rdp/viewer_input.h"
#include "core/rdp/viewer_screen.h"
#include "core/rdp/viewer_settings.h"

#include <freerdp/channels/channels.h>
#include <freerdp/channels/encomsp.h>
#include <freerdp/channels/rdpgfx.h>
#include <freerdp/event.h>
#include <freerdp/graphics.h>
#include <freerdp/transport_io.h>
#include <freerdp/update.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace sightline {

namespace {

Error failure(const char* what)
{
    return {ErrorCode::RdpFailed, QLatin1StringView(what)};
}

bool sendRefresh(rdpContext* context, const Rects& areas)
{
    const auto octets16 = [](int value) { return static_cast<UINT16>(std::clamp(value, 0, 0xFFFF)); };
    std::vector<RECTANGLE_16> all; // right and bottom are inclusive (MS-RDPBCGR 2.2.11.1)
    for (const Rect& area : areas)
        all.push_back(
            {octets16(area.x), octets16(area.y), octets16(area.right() - 1), octets16(area.bottom() - 1)});
    if (all.empty() || all.size() > UINT8_MAX)
        all = {{0, 0, UINT16_MAX, UINT16_MAX}};
    return context->update->RefreshRect(context, static_cast<BYTE>(all.size()), all.data()) != FALSE;
}

} // namespace

struct ViewerClient::Connection {
    explicit Connection(int ownedFd)
        : fd(ownedFd)
        , breaker(ownedFd)
    {
    }

    /// On the thread that used it: after some errors FreeRDP leaves a lock of that thread behind, on which
    /// any other one would wait for ever.
    void releaseContext()
    {
        screen.reset();
        context.reset();
    }

    FreeRdpLibrary library;
    UniqueFd fd; ///< until FreeRDP asks for a connection
    ConnectionBreaker breaker;
    EventPtr wake{CreateEvent(nullptr, TRUE, FALSE, nullptr)};
    ClientContextPtr context;
    std::unique_ptr<ViewerScreen> screen;
    pReceiveChannelData receiveChannelData = nullptr; ///< FreeRDP's own
};

struct ViewerClient::Callbacks {
    static ViewerClient& clientOf(rdpContext* context) { return *ViewerContext::of(context).client; }

    /// Once: after a failed handshake FreeRDP tries again by itself.
    static int connect(rdpContext* context, rdpSettings* settings, const char*, int, DWORD)
    {
        // Set until here, so that FreeRDP made no decoders; from here on it would leave pointers out as well.
        freerdp_settings_set_bool(settings, FreeRDP_DeactivateClientDecoding, FALSE);
        return clientOf(context).m_connection->fd.release();
    }

    static BOOL postConnect(freerdp* instance)
    {
        rdpContext* context = instance->context;
        if (!clientOf(context).m_connection->screen->start())
            return FALSE;
        rdpPointer pointer{};
        pointer.size = sizeof(rdpPointer);
        pointer.New = [](rdpContext*, rdpPointer*) -> BOOL { return TRUE; };
        pointer.Free = [](rdpContext*, rdpPointer*) {};
        pointer.Set = setPointer;
        pointer.SetNull = hidePointer;
        pointer.SetDefault = [](rdpContext*) -> BOOL { return TRUE; };
        pointer.SetPosition = movePointer;
        graphics_register_pointer(context->graphics, &pointer);
        return TRUE;
    }

    static void postDisconnect(freerdp* instance)
    {
        clientOf(instance->context).m_connection->screen->stop();
    }

    static BOOL loadChannels(freerdp* instance)
    {
        return freerdp_client_load_channels(instance) && addOwnChannels(instance->context->settings);
    }

    static BOOL channelData(
        freerdp* instance, UINT16 channel, const BYTE* data, size_t size, UINT32 flags, size_t total)
    {
        ViewerClient& client = clientOf(instance->context);
        if (channel == freerdp_channels_get_id_by_name(instance, ENCOMSP_SVC_CHANNEL_NAME))
            return client.onControlChunk({data, size}, flags, total);
        if (channel == freerdp_channels_get_id_by_name(instance, ClipboardChannel::kName))
            return client.m_clipboard.receive({{data, size}, flags, total});
        return client.m_connection->receiveChannelData(instance, channel, data, size, flags, total);
    }

    static BOOL setPointer(rdpContext* context, rdpPointer* pointer)
    {
        clientOf(context).m_handlers.cursorShape(cursorShapeOf(context, pointer));
        return TRUE;
    }

    static BOOL hidePointer(rdpContext* context)
    {
        clientOf(context).m_handlers.cursorShape({});
        return TRUE;
    }

    static BOOL movePointer(rdpContext* context, UINT32 x, UINT32 y)
    {
        clientOf(context).m_handlers.cursorPosition({static_cast<int>(x), static_cast<int>(y)});
        return TRUE;
    }

    static void channelConnected(void* context, const ChannelConnectedEventArgs* event)
    {
        auto& client = clientOf(static_cast<rdpContext*>(context));
        if (std::strcmp(event->name, RDPGFX_DVC_CHANNEL_NAME) == 0
            && !client.m_connection->screen->attach(event->pInterface))
            client.m_failure = failure("cannot set up the decoders");
    }

    static void channelDisconnected(void* context, const ChannelDisconnectedEventArgs* event)
    {
        if (std::strcmp(event->name, RDPGFX_DVC_CHANNEL_NAME) == 0)
            clientOf(static_cast<rdpContext*>(context)).m_connection->screen->detach(event->pInterface);
    }
};

ViewerClient::ViewerClient(Handlers handlers, std::chrono::milliseconds handshakeTimeout)
    : m_handlers(std::move(handlers))
    , m_handshakeTimeout(handshakeTimeout)
    , m_clipboard(ClipboardChannel::Role::Client, std::move(m_handlers.clipboard))
{
}

ViewerClient::~ViewerClient() = default;

Result<std::unique_ptr<ViewerClient>> ViewerClient::create(
    int fd, Handlers handlers, std::chrono::milliseconds handshakeTimeout)
{
    std::unique_ptr<ViewerClient> self(new ViewerClient(std::move(handlers), handshakeTimeout));
    self->m_connection = std::make_unique<Connection>(fd);
    if (!self->start())
        return failure("cannot start the rdp client");
    return self;
}

bool ViewerClient::start()
{
    RDP_CLIENT_ENTRY_POINTS entryPoints{};
    entryPoints.Size = sizeof entryPoints;
    entryPoints.Version = RDP_CLIENT_INTERFACE_VERSION;
    entryPoints.ContextSize = sizeof(ViewerContext);
    Connection& c = *m_connection;
    c.context.reset(freerdp_client_context_new(&entryPoints));
    rdpContext* context = c.context.get();
    if (!c.wake || !context || !applyViewerSettings(context->settings))
        return false;
    ViewerContext::of(context).client = this;
    freerdp* instance = context->instance;
    instance->LoadChannels = Callbacks::loadChannels;
    c.receiveChannelData = instance->ReceiveChannelData;
    instance->ReceiveChannelData = Callbacks::channelData;
    instance->PostConnect = Callbacks::postConnect;
    instance->PostDisconnect = Callbacks::postDisconnect;
    rdpTransportIo io = *freerdp_get_io_callbacks(context);
    io.TCPConnect = Callbacks::connect;
    if (!freerdp_set_io_callbacks(context, &io))
        return false;
    PubSub_SubscribeChannelConnected(context->pubSub, Callbacks::channelConnected);
    PubSub_SubscribeChannelDisconnected(context->pubSub, Callbacks::channelDisconnected);
    c.screen = std::make_unique<ViewerScreen>(context,
        ViewerScreen::Handlers{
            [this](Size size, const Rects& monitors) { m_handlers.resized(size, monitors); },
            [this](const PictureView& view, const Rects& dirty) { m_handlers.painted(view, dirty); },
            [this] { ++m_framesDecoded; },
            [this] { return sendWaiting(); },
            [this](const std::function<bool()>& job) {
                return m_worker.run(job, [this] { return sendWaiting(); });
            },
            [this] {
                if (!m_failure)
                    m_failure = failure("the graphics channel closed");
            },
            [this](const DrawnFrame& frame) { m_handlers.drawn(frame); },
        });
    return true;
}

void ViewerClient::sendInput(const InputEvent& event)
{
    m_outbox.addInput(event);
    wake();
}

void ViewerClient::sendControl(const EncomspPdu& pdu)
{
    m_outbox.addControl(pdu);
    wake();
}

void ViewerClient::requestRefresh(const Rects& areas)
{
    m_outbox.requestRefresh(areas);
    wake();
}

void ViewerClient::wake()
{
    m_hasNews = true;
    m_worker.notify();
    SetEvent(m_connection->wake.get());
}

void ViewerClient::requestStop()
{
    m_stopped = true;
    m_connection->breaker.breakConnection();
    wake();
}

Error ViewerClient::run()
{
    const Error why = connect() ? carry() : endOfLeg(connectError());
    // FreeRDP's farewells would block on a full socket.
    m_connection->breaker.breakConnection();
    freerdp_disconnect(m_connection->context->instance);
    m_connection->releaseContext();
    return why;
}

Error ViewerClient::connectError() const
{
    const UINT32 code = freerdp_get_last_error(m_connection->context.get());
    const QLatin1StringView reason(freerdp_get_last_error_string(code));
    return {ErrorCode::RdpFailed, QStringLiteral("cannot connect"), {ErrorCode::RdpFailed, reason}};
}

bool ViewerClient::connect()
{
    const DeadlineGuard guard(m_handshakeTimeout, [this] {
        m_timedOut = true;
        m_connection->breaker.breakConnection();
    });
    return freerdp_connect(m_connection->context->instance) != FALSE;
}

Error ViewerClient::carry()
{
    m_handlers.connected();
    const TimePoint deadline = Clock::now() + m_handshakeTimeout;
    for (;;) {
        auto done = wait(deadline);
        if (done)
            done = step();
        if (m_failure)
            return endOfLeg(*m_failure);
        if (!done)
            return endOfLeg(done.error());
    }
}

Result<void> ViewerClient::wait(TimePoint deadline)
{
    std::array<HANDLE, 32> handles{};
    rdpContext* context = m_connection->context.get();
    DWORD count = freerdp_get_event_handles(context, handles.data(), handles.size() - 1);
    if (count == 0)
        return failure("the connection broke");
    handles.at(count++) = m_connection->wake.get();
    DWORD timeout = INFINITE;
    if (!m_connection->screen->isAttached()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0)
            return failure("the host opened no graphics channel");
        timeout = static_cast<DWORD>(left.count());
    } else if (m_clipboard.hasOutput()) {
        timeout = static_cast<DWORD>(ClipboardPort::kPause.count());
    }
    if (WaitForMultipleObjects(count, handles.data(), FALSE, timeout) == WAIT_FAILED)
        return failure("cannot wait for the connection");
    // Before anything is looked at, so that what comes meanwhile wakes the next wait.
    ResetEvent(m_connection->wake.get());
    return {};
}

Result<void> ViewerClient::step()
{
    rdpContext* context = m_connection->context.get();
    if (m_stopped || freerdp_shall_disconnect_context(context))
        return failure("the connection was ended");
    if (!freerdp_check_event_handles(context))
        return failure("the rdp connection broke");
    if (!sendWaiting() || !sendClipboard())
        return failure("the rdp connection broke");
    return {};
}

bool ViewerClient::sendWaiting()
{
    if (!m_hasNews.exchange(false))
        return true;
    while (const auto event = m_outbox.takeInput()) {
        if (!sendInputNow(*event))
            return false;
    }
    while (const auto pdu = m_outbox.takeControl()) {
        if (!sendControlNow(*pdu))
            return false;
    }
    const std::optional<Rects> refresh = m_outbox.takeRefresh();
    return !refresh || sendRefresh(m_connection->context.get(), *refresh);
}

bool ViewerClient::sendInputNow(const InputEvent& event)
{
    return std::ranges::all_of(m_inputEncoder.encode(event),
        [this](const RdpInput& input) { return writeViewerInput(m_connection->context.get(), input); });
}

bool ViewerClient::sendControlNow(const EncomspPdu& pdu)
{
    freerdp* instance = m_connection->context->instance;
    const UINT16 channel = freerdp_channels_get_id_by_name(instance, ENCOMSP_SVC_CHANNEL_NAME);
    const Bytes message = encomspMessage(pdu);
    // A host without the channel cannot be asked.
    return channel == 0 || instance->SendChannelData(instance, channel, message.data(), message.size());
}

bool ViewerClient::sendClipboard()
{
    freerdp& instance = *m_connection->context->instance;
    const UINT16 channel = freerdp_channels_get_id_by_name(&instance, ClipboardChannel::kName);
    return sightline::sendClipboard(m_clipboard, instance, channel, [] { return true; });
}

bool ViewerClient::onControlChunk(ByteView chunk, std::uint32_t flags, std::size_t total)
{
    const auto pdus = m_controlReceiver.add(chunk, flags, total);
    if (!pdus)
        return false;
    for (const EncomspPdu& pdu : *pdus)
        m_handlers.control(pdu);
    return true;
}

Error ViewerClient::endOfLeg(Error why) const
{
    if (m_stopped)
        return {ErrorCode::Cancelled, QStringLiteral("stopped")};
    if (m_timedOut)
        return failure("the host did not finish connecting");
    if (!m_failure && m_connection->breaker.isHungUp())
        return {ErrorCode::Gone, QStringLiteral("the host left"), std::move(why)};
    return why;
}

} // namespace sightline
