#include "core/sharing/sharer_leg.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {

SharerLeg::SharerLeg(std::unique_ptr<MediaLeg> leg, SharingHub& hub)
    : m_hub(hub)
    , m_leg(std::move(leg))
{
    connect(m_leg.get(), &MediaLeg::connected, this, &SharerLeg::onConnected);
    connect(m_leg.get(), &MediaLeg::failed, this, &SharerLeg::end);
}

Result<std::unique_ptr<SharerLeg>> SharerLeg::create(
    EventLoop& loop, MediaTransport::Config config, const SessionDescription& offer, SharingHub& hub)
{
    auto leg = MediaLeg::create(loop, SessionDescription::Role::Viewer, std::move(config));
    if (!leg)
        return std::move(leg).error();
    if (Result<void> set = (*leg)->setRemoteDescription(offer); !set)
        return std::move(set).error();
    return std::unique_ptr<SharerLeg>(new SharerLeg(std::move(leg).value(), hub));
}

SharerLeg::~SharerLeg()
{
    close();
}

void SharerLeg::close()
{
    m_isEnded = true;
    m_leg->close();
    if (m_rdp)
        m_hub.source.close();
    m_rdp.reset();
    m_relaySource.reset();
    m_bridge.reset();
}

void SharerLeg::onConnected()
{
    if (m_isEnded || m_rdp)
        return;
    Result<SocketBridge::Ends> ends = m_leg->openBridge();
    if (!ends)
        return end(ends.error());
    m_bridge = std::move(ends->bridge);
    SourceGate& gate = m_hub.source;
    m_relaySource = m_hub.relay.attachSource({
        .acknowledge = [&gate](std::uint32_t frame) { gate.acknowledge(frame); },
        .refresh = [&gate](const Rects& areas) { gate.requestRefresh(areas); },
        .failed =
            [this](const Error& error) {
                QMetaObject::invokeMethod(
                    this, [this, error] { end(error); }, Qt::QueuedConnection);
            },
    });
    Result<std::unique_ptr<RdpSource>> rdp = RdpSource::create(ends->fd, sourceHandlers());
    if (!rdp)
        return end(rdp.error());
    m_rdp = std::move(rdp).value();
    gate.open(m_rdp.get());
}

RdpSource::Handlers SharerLeg::sourceHandlers()
{
    // On the RDP thread; the hub is made for that, the leg is told by message.
    RdpSource::Handlers handlers;
    handlers.connected = [] {};
    handlers.command = [this](GfxCommand command) { onCommand(std::move(command)); };
    handlers.cursorShape = [this](const CursorShape& shape) { m_hub.pointer.setShape(shape); };
    handlers.cursorPosition = [this](Point position) { m_hub.pointer.setPosition(position); };
    handlers.control = [this](const EncomspPdu& pdu) { m_hub.control.fromSharer(pdu); };
    handlers.clipboard = clipboardHandlers();
    handlers.closed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { end(error); }, Qt::QueuedConnection);
    };
    return handlers;
}

ClipboardHandlers SharerLeg::clipboardHandlers()
{
    constexpr std::uint64_t kRoom = 16 * 1024; // as between two clients
    return {
        .channel = {.offered = [this](const auto& formats) { m_hub.clipboardToViewer.onOffered(formats); },
            .wanted = [this](ClipboardFormat format) { return m_hub.clipboardToSharer.onWanted(format); },
            .received =
                [this](ClipboardFormat format, std::optional<Bytes> data) {
                    m_hub.clipboardToViewer.onReceived(format, std::move(data));
                }},
        .hasRoom = [this] { return m_leg->transportStatistics().bytesQueued < kRoom; },
    };
}

void SharerLeg::onCommand(GfxCommand command)
{
    if (const auto* reset = std::get_if<ResetGraphics>(&command)) {
        QMetaObject::invokeMethod(
            this, [this, size = reset->size] { Q_EMIT resized(size); }, Qt::QueuedConnection);
    }
    const bool endsFrame = std::holds_alternative<EndFrame>(command);
    m_relaySource->accept(std::move(command));
    if (!endsFrame || std::exchange(m_sawFrame, true))
        return;
    const auto tell = [this] {
        if (m_isEnded)
            return;
        m_hasPicture = true;
        Q_EMIT pictured();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

void SharerLeg::requestClipboard(ClipboardFormat format)
{
    if (m_rdp)
        m_rdp->requestClipboard(format);
}

void SharerLeg::offerClipboard(const std::vector<ClipboardFormat>& formats)
{
    if (m_rdp)
        m_rdp->offerClipboard(formats);
}

void SharerLeg::end(const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    // A transport that failed also ends RDP; its reason is the better one.
    Q_EMIT ended(m_leg->failure().value_or(error));
}

} // namespace sightline
