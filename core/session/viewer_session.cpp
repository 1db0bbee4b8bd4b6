#include "core/session/viewer_session.h"

#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace sightline {

ViewerSession::ViewerSession(std::unique_ptr<MediaLeg> leg, RemoteScreen& screen, ScreenFeed::State feed)
    : m_screen(screen)
    , m_feed(screen, feed)
    , m_control({[this](const EncomspPdu& pdu) {
                     if (m_viewer)
                         m_viewer->sendControl(pdu);
                 },
          [this](const InputEvent& event) {
              if (m_viewer)
                  m_viewer->sendInput(event);
          }})
    , m_leg(std::move(leg))
    , m_lastFrames(screen.framesPainted())
    , m_framesBefore(m_lastFrames)
{
    m_clipboard.attach({[this](const auto& formats) {
                            if (m_viewer)
                                m_viewer->offerClipboard(formats);
                        },
        [this](ClipboardFormat format) {
            if (m_viewer)
                m_viewer->requestClipboard(format);
        }});
    m_sinceStart.start();
    m_sinceStatistics.start();
    connect(m_leg.get(), &MediaLeg::connected, this, &ViewerSession::onConnected);
    connect(m_leg.get(), &MediaLeg::failed, this, &ViewerSession::end);
}

Result<std::unique_ptr<ViewerSession>> ViewerSession::create(EventLoop& loop,
    MediaTransport::Config transport, const SessionDescription& offer, RemoteScreen& screen,
    ScreenFeed::State feed)
{
    Result<std::unique_ptr<MediaLeg>> leg
        = MediaLeg::create(loop, SessionDescription::Role::Viewer, std::move(transport));
    if (!leg)
        return std::move(leg).error();
    if (Result<void> set = (*leg)->setRemoteDescription(offer); !set)
        return std::move(set).error();
    return std::unique_ptr<ViewerSession>(new ViewerSession(std::move(leg).value(), screen, feed));
}

ViewerSession::~ViewerSession()
{
    close();
}

void ViewerSession::close()
{
    m_isEnded = true;
    m_isActive = false;
    m_feed.finish();
    m_control.close();
    m_leg->close();
    m_viewer.reset();
    m_bridge.reset();
}

void ViewerSession::onConnected()
{
    if (m_isEnded || m_viewer)
        return;
    Result<SocketBridge::Ends> ends = m_leg->openBridge();
    if (!ends)
        return end(ends.error());
    m_bridge = std::move(ends->bridge);
    Result<std::unique_ptr<RdpViewer>> viewer = RdpViewer::create(ends->fd, viewerHandlers());
    if (!viewer)
        return end(viewer.error());
    m_viewer = std::move(viewer).value();
}

RdpViewer::Handlers ViewerSession::viewerHandlers()
{
    // On the RDP thread; the screen is made for that, the session is told by message.
    RdpViewer::Handlers handlers;
    handlers.resized = [this](Size size, const Rects& monitors) { m_feed.resize(size, monitors); };
    handlers.painted = [this](const PictureView& screen, const Rects& dirty) {
        m_feed.paint(screen, dirty);
        if (!std::exchange(m_hasPicture, true))
            QMetaObject::invokeMethod(this, &ViewerSession::onFirstPicture, Qt::QueuedConnection);
        if (!m_hasWholePicture && m_feed.isWhole()) {
            m_hasWholePicture = true;
            QMetaObject::invokeMethod(this, &ViewerSession::onWholePicture, Qt::QueuedConnection);
        }
    };
    handlers.cursorShape = [this](const CursorShape& shape) { m_feed.setCursorShape(shape); };
    handlers.cursorPosition = [this](Point position) { m_feed.setCursorPosition(position); };
    handlers.clipboard = clipboardHandlers(m_clipboard, *m_leg);
    handlers.control = [this](const EncomspPdu& pdu) { m_control.handlePdu(pdu); };
    handlers.closed = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this, [this, error] { end(error); }, Qt::QueuedConnection);
    };
    return handlers;
}

void ViewerSession::onFirstPicture()
{
    if (m_isEnded)
        return;
    m_isActive = true;
    m_connectMs = static_cast<double>(m_sinceStart.elapsed());
    qCInfo(logSession) << "The first picture came after" << m_connectMs << "ms";
    Q_EMIT active();
}

void ViewerSession::onWholePicture()
{
    if (!m_isEnded)
        Q_EMIT whole();
}

void ViewerSession::end(const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_isActive = false;
    m_control.close();
    // A transport that failed also ends RDP; its reason is the better one.
    Q_EMIT ended(m_leg->failure().value_or(error));
}

SessionStatistics ViewerSession::takeStatistics()
{
    SessionStatistics statistics;
    statistics.state = m_isEnded ? QStringLiteral("ended")
        : m_isActive             ? QStringLiteral("connected")
                                 : QStringLiteral("connecting");
    statistics.add(*m_leg);
    statistics.connectMs = m_connectMs;
    statistics.control = controlName(m_control.state());
    const quint64 frames = m_screen.framesPainted();
    const double elapsed = std::max(static_cast<double>(m_sinceStatistics.restart()), 1.0);
    statistics.frames = frames - m_framesBefore;
    statistics.framesPerSecond = static_cast<double>(frames - m_lastFrames) * 1000.0 / elapsed;
    m_lastFrames = frames;
    return statistics;
}

} // namespace sightline
