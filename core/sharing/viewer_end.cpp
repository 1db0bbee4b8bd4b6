#include "core/sharing/viewer_end.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {

/// Writes into the host, which outlives it: the relay lets go of it first.
class ViewerEnd::Output : public RelayOutput {
public:
    Output(RdpHost& host, std::function<Path()> path)
        : m_host(host)
        , m_path(std::move(path))
    {
    }

    void send(const std::shared_ptr<const GfxMessage>& message) override { m_host.accept(message); }
    void paint(const PictureView& output, const Rects& dirty, std::uint32_t frame) override
    {
        m_host.paint(output, dirty, frame);
    }
    void outputResized(Size size) override { m_host.resize(size); }
    std::size_t queuedBytes() const override
    {
        return m_host.queuedBytes() + static_cast<std::size_t>(m_path().bytesQueued);
    }
    double pathRate() const override { return m_path().rate; }

private:
    RdpHost& m_host;
    const std::function<Path()> m_path;
};

ViewerEnd::ViewerEnd(SharingHub& hub, const Who& who, std::function<Path()> path)
    : m_hub(hub)
    , m_who(who)
    , m_path(std::move(path))
{
}

Result<std::unique_ptr<ViewerEnd>> ViewerEnd::create(
    SharingHub& hub, const Who& who, std::function<Path()> path, const MakeHost& makeHost)
{
    std::unique_ptr<ViewerEnd> end(new ViewerEnd(hub, who, std::move(path)));
    auto host = makeHost(end->hostHandlers());
    if (!host)
        return std::move(host).error();
    end->m_host = std::move(host).value();
    ViewerEnd* const self = end.get();
    connect(&hub.pointer, &PointerRelay::shapeChanged, self, [self] {
        if (const auto shape = self->m_hub.pointer.shape())
            self->m_host->setCursorShape(*shape);
    });
    connect(&hub.pointer, &PointerRelay::positionChanged, self, [self] {
        if (const auto position = self->m_hub.pointer.position())
            self->m_host->setCursorPosition(*position);
    });
    return end;
}

ViewerEnd::~ViewerEnd()
{
    m_hub.control.removeViewer(m_who.number);
    leaveRelay();
    m_host.reset();
}

void ViewerEnd::leaveRelay()
{
    if (m_isInRelay.exchange(false))
        m_hub.relay.removeViewer(m_viewer);
}

RdpHost::Handlers ViewerEnd::hostHandlers()
{
    // On the RDP thread; the hub is made for that, this end is told by message.
    RdpHost::Handlers handlers;
    handlers.ready = [this](const ViewerCapabilities& capabilities) {
        QMetaObject::invokeMethod(
            this, [this, capabilities] { onReady(capabilities); }, Qt::QueuedConnection);
    };
    handlers.frameAcknowledged = [this](std::uint32_t frame) { onAcknowledged(frame); };
    handlers.refreshRequested = [this](const Rects&) {
        if (m_isInRelay)
            m_hub.relay.refreshRequested(m_viewer);
    };
    handlers.input = [this](const InputEvent& event) { m_hub.control.inputFromViewer(m_who.number, event); };
    handlers.control = [this](const EncomspPdu& pdu) { m_hub.control.fromViewer(m_who.number, pdu); };
    handlers.clipboard = clipboardHandlers();
    handlers.closed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT ended(error); }, Qt::QueuedConnection);
    };
    handlers.drained = [this] {
        if (m_isInRelay)
            m_hub.relay.drained(m_viewer);
    };
    return handlers;
}

ClipboardHandlers ViewerEnd::clipboardHandlers()
{
    constexpr std::uint64_t kRoom = 16 * 1024; // as between two clients
    return {
        .channel = {.offered =
                        [this](const auto& formats) {
                            if (isController())
                                m_hub.clipboardToSharer.onOffered(formats);
                        },
            .wanted =
                [this](ClipboardFormat format) {
                    return isController() ? m_hub.clipboardToViewer.onWanted(format) : std::nullopt;
                },
            .received =
                [this](ClipboardFormat format, std::optional<Bytes> data) {
                    if (isController())
                        m_hub.clipboardToSharer.onReceived(format, std::move(data));
                }},
        .hasRoom = [this] { return m_path().bytesQueued < kRoom; },
    };
}

void ViewerEnd::onReady(const ViewerCapabilities& capabilities)
{
    // What was on its way to an earlier channel must not come on this one.
    leaveRelay();
    m_acknowledged = -1;
    m_host->startShared();
    m_viewer
        = m_hub.relay.addViewer({.abilities = capabilities.abilities(), .isClassic = capabilities.isClassic},
            std::make_shared<Output>(*m_host, m_path));
    m_isInRelay = true;
    // A quick viewer was before us.
    if (const std::int64_t frame = m_acknowledged; frame >= 0)
        m_hub.relay.acknowledged(m_viewer, static_cast<std::uint32_t>(frame));
    if (const auto shape = m_hub.pointer.shape())
        m_host->setCursorShape(*shape);
    m_hub.control.addViewer(
        m_who.number, m_who.name, [host = m_host.get()](const EncomspPdu& pdu) { host->sendControl(pdu); });
}

void ViewerEnd::onAcknowledged(std::uint32_t frame)
{
    m_acknowledged = frame;
    if (m_isInRelay)
        m_hub.relay.acknowledged(m_viewer, frame);
    if (std::exchange(m_sawFrame, true))
        return;
    const auto tell = [this] {
        m_hasPicture = true;
        Q_EMIT pictured();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

} // namespace sightline
