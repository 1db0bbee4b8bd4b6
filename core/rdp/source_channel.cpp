#include "core/rdp/source_channel.h"

#include "core/rdp/gfx_pdu_writer.h"
#include "core/rdp/gfx_server_pdu_parser.h"
#include "core/rdp/pointer_updates.h"
#include "core/rdp/viewer_context.h"
#include "core/rdp/viewer_settings.h"

#include <freerdp/channels/channels.h>
#include <freerdp/channels/drdynvc.h>
#include <freerdp/channels/rdpgfx.h>
#include <freerdp/pointer.h>
#include <freerdp/update.h>

#include <utility>

namespace sightline {

namespace {

// A picture of 8K without any compression does not fit, nor does any that a host of ours sends.
constexpr std::size_t kMaxMessage = 32 * 1024 * 1024;
// What a message becomes: many times that would fit into it.
constexpr std::size_t kMaxDecoded = 64 * 1024 * 1024;

// Like our viewers: H.264, and a full cache.
constexpr GfxCapabilitySet kCapabilities{0x000A0701, 0};

Error failure(const char* what)
{
    return {ErrorCode::RdpFailed, QLatin1StringView(what)};
}

Error nonsense(Error cause)
{
    return {ErrorCode::RdpFailed, QStringLiteral("the sharer sends graphics that make no sense"),
        std::move(cause)};
}

BOOL refuseBitmap(rdpContext*, const BITMAP_UPDATE*)
{
    return FALSE;
}

BOOL refuseSurfaceBits(rdpContext*, const SURFACE_BITS_COMMAND*)
{
    return FALSE;
}

} // namespace

struct SourceChannel::Callbacks {
    static SourceChannel* channelOf(rdpContext* context) { return ViewerContext::of(context).source; }

    static BOOL tellShape(rdpContext* context, rdpPointer pointer)
    {
        if (SourceChannel* channel = channelOf(context))
            channel->m_handlers.cursorShape(cursorShapeOf(context, &pointer));
        return TRUE;
    }

    template <typename Update> static rdpPointer pointerOf(const Update& update, UINT32 xorBpp)
    {
        rdpPointer pointer{};
        pointer.xPos = update.hotSpotX;
        pointer.yPos = update.hotSpotY;
        pointer.width = update.width;
        pointer.height = update.height;
        pointer.xorBpp = xorBpp;
        pointer.lengthAndMask = update.lengthAndMask;
        pointer.lengthXorMask = update.lengthXorMask;
        pointer.andMaskData = update.andMaskData;
        pointer.xorMaskData = update.xorMaskData;
        return pointer;
    }

    static BOOL pointerNew(rdpContext* context, const POINTER_NEW_UPDATE* update)
    {
        return tellShape(context, pointerOf(update->colorPtrAttr, update->xorBpp));
    }

    static BOOL pointerLarge(rdpContext* context, const POINTER_LARGE_UPDATE* update)
    {
        return tellShape(context, pointerOf(*update, update->xorBpp));
    }

    static BOOL pointerSystem(rdpContext* context, const POINTER_SYSTEM_UPDATE* update)
    {
        SourceChannel* channel = channelOf(context);
        if (channel && update->type == SYSPTR_NULL)
            channel->m_handlers.cursorShape({});
        return TRUE;
    }

    static BOOL pointerPosition(rdpContext* context, const POINTER_POSITION_UPDATE* update)
    {
        if (SourceChannel* channel = channelOf(context))
            channel->m_handlers.cursorPosition(
                {static_cast<int>(update->xPos), static_cast<int>(update->yPos)});
        return TRUE;
    }

    // Our hosts send none of these.
    static BOOL pointerColor(rdpContext*, const POINTER_COLOR_UPDATE*) { return TRUE; }
    static BOOL pointerCached(rdpContext*, const POINTER_CACHED_UPDATE*) { return TRUE; }
};

SourceChannel::SourceChannel(rdp_context* context, Handlers handlers)
    : m_context(context)
    , m_handlers(std::move(handlers))
    , m_assembler(kMaxMessage)
    , m_dvc(RDPGFX_DVC_CHANNEL_NAME, kMaxMessage,
          {.send = [this](ByteView pdu) { return sendPdu(pdu); },
              .opened = [this] { return advertise(); },
              .message = [this](ByteView message) { return onMessage(message); },
              .closed = [] {}})
{
    ViewerContext::of(context).source = this;
    context->update->DesktopResize = [](rdpContext*) -> BOOL { return TRUE; };
}

SourceChannel::~SourceChannel()
{
    ViewerContext::of(m_context).source = nullptr;
}

bool SourceChannel::loadChannels(rdp_freerdp* instance)
{
    rdpSettings* settings = instance->context->settings;
    return addOwnChannels(settings) && addDynamicChannels(settings);
}

bool SourceChannel::start()
{
    rdpUpdate* update = m_context->update;
    update->BitmapUpdate = refuseBitmap;
    update->SurfaceBits = refuseSurfaceBits;
    rdpPointerUpdate* pointer = update->pointer;
    pointer->PointerNew = Callbacks::pointerNew;
    pointer->PointerLarge = Callbacks::pointerLarge;
    pointer->PointerSystem = Callbacks::pointerSystem;
    pointer->PointerPosition = Callbacks::pointerPosition;
    pointer->PointerColor = Callbacks::pointerColor;
    pointer->PointerCached = Callbacks::pointerCached;
    return true;
}

bool SourceChannel::sendPdu(ByteView pdu) const
{
    freerdp* instance = m_context->instance;
    const UINT16 channel = freerdp_channels_get_id_by_name(instance, DRDYNVC_SVC_CHANNEL_NAME);
    return channel != 0 && instance->SendChannelData(instance, channel, pdu.data(), pdu.size());
}

Result<bool> SourceChannel::receive(const ChannelChunk& chunk)
{
    const auto pdu = m_assembler.add(chunk);
    if (!pdu)
        return nonsense(pdu.error());
    if (*pdu) {
        if (auto received = m_dvc.receive(**pdu); !received)
            return received.error().code() == ErrorCode::RdpFailed ? received.error()
                                                                   : nonsense(received.error());
    }
    return true;
}

Result<void> SourceChannel::advertise()
{
    m_zgfx.reset();
    m_check.restart();
    Bytes message;
    appendCapsAdvertise(message, {kCapabilities});
    return m_dvc.send(message) ? Result<void>() : failure("the connection broke");
}

Result<void> SourceChannel::onMessage(ByteView message)
{
    Bytes octets;
    if (auto decoded = m_zgfx.decodeMessage(message, kMaxDecoded, octets); !decoded)
        return nonsense(decoded.error());
    auto pdus = parseGfxServerMessage(octets);
    if (!pdus)
        return nonsense(pdus.error());
    for (GfxServerPdu& pdu : *pdus) {
        auto* command = std::get_if<GfxCommand>(&pdu);
        if (!command)
            continue;
        if (m_check.check(*command) != GfxCommandCheck::Verdict::Pass)
            return nonsense(Error(ErrorCode::RdpFailed,
                QStringLiteral("a command of kind %1 out of place").arg(command->index())));
        m_handlers.command(std::move(*command));
    }
    return {};
}

bool SourceChannel::acknowledge(std::uint32_t frame)
{
    if (!m_dvc.isOpen())
        return true;
    Bytes message;
    appendFrameAcknowledge(message, {.queueDepth = 0, .frame = frame, .framesDecoded = ++m_framesTaken});
    return m_dvc.send(message);
}

} // namespace sightline
