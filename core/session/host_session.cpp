#include "core/session/host_session.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {
HostSession::HostSession(
    std::unique_ptr<MediaLeg> leg, ScreenSender::Config config, Size desktop, HostControl::Config control)
    : m_control(control,
        [this](const EncomspPdu& pdu) {
            if (m_host)
                m_host->sendControl(pdu);
        })
    , m_leg(std::move(leg))
    , m_config(std::move(config))
    , m_desktop(desktop)
    , m_isDirect(control.introducesViewers)
    , m_isPaused(control.isPaused)
{
    m_clipboard.attach({[this](const auto& formats) {
                            if (m_host)
                                m_host->offerClipboard(formats);
                        },
        [this](ClipboardFormat format) {
            if (m_host)
                m_host->requestClipboard(format);
        }});
    m_sinceStart.start();
    m_sinceStatistics.start();
    connect(m_leg.get(), &MediaLeg::connected, this, &HostSession::onConnected);
    connect(m_leg.get(), &MediaLeg::failed, this, &HostSession::end);
}

Result<std::unique_ptr<HostSession>> HostSession::create(EventLoop& loop, MediaTransport::Config transport,
    ScreenSender::Config config, Size desktop, HostControl::Config control)
{
    Result<std::unique_ptr<MediaLeg>> leg
        = MediaLeg::create(loop, SessionDescription::Role::Sharer, std::move(transport));
    if (!leg)
        return std::move(leg).error();
    return std::unique_ptr<HostSession>(
        new HostSession(std::move(leg).value(), std::move(config), desktop, std::move(control)));
}

HostSession::~HostSession()
{
    close();
}

void HostSession::close()
{
    m_isEnded = true;
    m_isActive = false;
    m_control.close();
    if (m_sender)
        m_sender->stop();
    m_leg->close();
    m_host.reset();
    m_sender.reset();
    m_bridge.reset();
}

void HostSession::onConnected()
{
    if (m_isEnded || m_host)
        return;
    Result<SocketBridge::Ends> ends = m_leg->openBridge();
    if (!ends)
        return end(ends.error());
    m_bridge = std::move(ends->bridge);
    Result<std::unique_ptr<RdpHost>> host = RdpHost::create(ends->fd, m_desktop, hostHandlers());
    if (!host)
        return end(host.error());
    m_host = std::move(host).value();
    m_sender = std::make_unique<ScreenSender>(m_config, senderOutput());
    m_sender->setPaused(m_isPaused);
    m_acknowledgedTo = m_sender.get();
    m_sender->start();
    // `ready` may have come before there was a sender to tell.
    if (m_isActive)
        m_sender->restart();
}

RdpHost::Handlers HostSession::hostHandlers()
{
    // On the RDP thread. What concerns the session hops to its own thread; acknowledgements go to the sender
    // directly, because the next frame may be waiting for them. The sender outlives the host.
    RdpHost::Handlers handlers;
    handlers.ready = [this](const ViewerCapabilities& capabilities) {
        const auto take = [this, abilities = capabilities.abilities()] {
            if (m_sender)
                m_sender->setViewer(abilities);
            onReady();
        };
        QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
    };
    handlers.refreshRequested = [this](const Rects& areas) {
        if (ScreenSender* const sender = m_acknowledgedTo.load())
            sender->refresh(areas);
    };
    handlers.input = [this](const InputEvent& event) { m_control.handleInput(event); };
    handlers.clipboard = clipboardHandlers(m_clipboard, *m_leg);
    handlers.control = [this](const EncomspPdu& pdu) { m_control.handlePdu(pdu); };
    handlers.frameAcknowledged = [this](std::uint32_t frame) {
        if (m_isDirect)
            m_control.heard();
        if (ScreenSender* const sender = m_acknowledgedTo.load())
            sender->acknowledge(frame);
    };
    handlers.closed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { end(error); }, Qt::QueuedConnection);
    };
    return handlers;
}

ScreenSender::Output HostSession::senderOutput()
{
    ScreenSender::Output output;
    output.graphics = m_host.get();
    output.cursorShape = [this](const CursorShape& shape) { m_host->setCursorShape(shape); };
    output.cursorPosition = [this](Point position) { m_host->setCursorPosition(position); };
    output.areaChanged = [this](const Rect& area) {
        m_control.setArea(area);
        QMetaObject::invokeMethod(
            this, [this, area] { Q_EMIT areaChanged(area); }, Qt::QueuedConnection);
    };
    output.hiddenChanged = [this](bool isHidden) {
        QMetaObject::invokeMethod(
            this, [this, isHidden] { setHidden(isHidden); }, Qt::QueuedConnection);
    };
    output.path = [this] {
        const TransportStatistics transport = m_leg->transportStatistics();
        m_host->setPathRate(transport.deliveryRate);
        return FramePacer::Path{.roundTrip = transport.roundTrip,
            .deliveryRate = transport.deliveryRate,
            .bytesQueued = transport.bytesQueued + m_host->queuedBytes(),
            .compression = m_host->compression()};
    };
    output.failed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { end(error); }, Qt::QueuedConnection);
    };
    return output;
}

void HostSession::onReady()
{
    if (m_isEnded)
        return;
    if (m_sender)
        m_sender->restart();
    m_control.start();
    if (std::exchange(m_isActive, true))
        return;
    m_connectMs = static_cast<double>(m_sinceStart.elapsed());
    qCInfo(logSession) << "The viewer sees the desktop after" << m_connectMs << "ms";
    Q_EMIT active();
}

void HostSession::end(const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_isActive = false;
    m_control.close();
    // A transport that failed also ends RDP; its reason is the better one.
    Q_EMIT ended(m_leg->failure().value_or(error));
}

void HostSession::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    m_control.setPaused(m_isPaused || m_isHidden);
    if (m_sender)
        m_sender->setPaused(isPaused);
}

void HostSession::setHidden(bool isHidden)
{
    m_isHidden = isHidden;
    m_control.setPaused(m_isPaused || m_isHidden);
    if (isHidden)
        Q_EMIT areaChanged({});
}

void HostSession::setTarget(const ShareTarget& target)
{
    m_config.target = target;
    if (m_sender)
        m_sender->setTarget(target);
}

void HostSession::setExcludedWindows(const std::vector<std::uint64_t>& windows)
{
    m_config.excludedWindows = windows;
    if (m_sender)
        m_sender->setExcludedWindows(windows);
}

SessionStatistics HostSession::takeStatistics()
{
    SessionStatistics statistics;
    statistics.state = m_isEnded ? QStringLiteral("ended")
        : m_isActive             ? QStringLiteral("connected")
                                 : QStringLiteral("connecting");
    statistics.add(*m_leg);
    statistics.connectMs = m_connectMs;
    statistics.control = controlName(m_control.state());
    const ControlGate::Counts input = m_control.counts();
    statistics.inputInjected = input.injected;
    statistics.inputDropped = input.dropped + (m_host ? m_host->inputRejected() : 0);
    if (m_sender) {
        const ScreenSender::Statistics sender = m_sender->statistics();
        const double elapsed = std::max(static_cast<double>(m_sinceStatistics.restart()), 1.0);
        statistics.frames = sender.frames;
        statistics.framesPerSecond = static_cast<double>(sender.frames - m_lastFrames) * 1000.0 / elapsed;
        statistics.frameLatencyMs = std::chrono::duration<double, std::milli>(sender.latency).count();
        m_lastFrames = sender.frames;
    }
    return statistics;
}

} // namespace sightline
