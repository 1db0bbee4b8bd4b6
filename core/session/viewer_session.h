#pragma once

#include "core/media/media_leg.h"
#include "core/rdp/rdp_viewer.h"
#include "core/session/clipboard_exchange.h"
#include "core/session/screen_feed.h"
#include "core/session/session_statistics.h"
#include "core/session/viewer_control.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace sightline {

/// Us seeing a desktop, of a sharer or a sharing server: the RDP viewer and the media leg under it, composed;
/// the picture goes to a RemoteScreen. GUI thread. Make one per call; it answers, and it is over after
/// `ended`.
class ViewerSession : public QObject {
    Q_OBJECT
public:
    /// `screen` outlives the session. Painted aside, nothing is seen before feed().show().
    static Result<std::unique_ptr<ViewerSession>> create(EventLoop& loop, MediaTransport::Config transport,
        const SessionDescription& offer, RemoteScreen& screen,
        ScreenFeed::State feed = ScreenFeed::State::Shown);
    ~ViewerSession() override;

    MediaLeg& leg() { return *m_leg; }
    const MediaLeg& leg() const { return *m_leg; }
    ViewerControl& control() { return m_control; }
    ScreenFeed& feed() { return m_feed; }
    ClipboardExchange& clipboard() { return m_clipboard; }
    bool isActive() const { return m_isActive; }
    SessionStatistics takeStatistics(); ///< rates are those since the last call
    /// Ends it from our side; the sharer sees that we left. `ended` does not come.
    void close();

Q_SIGNALS:
    void active(); ///< the first picture is there, perhaps not all of it
    void whole(); ///< all of it
    void ended(const Error& error);

private:
    ViewerSession(std::unique_ptr<MediaLeg> leg, RemoteScreen& screen, ScreenFeed::State feed);
    void onConnected();
    void onFirstPicture();
    void end(const Error& error);
    void onWholePicture();
    RdpViewer::Handlers viewerHandlers();

    RemoteScreen& m_screen;
    ScreenFeed m_feed; ///< the viewer paints into it
    ClipboardExchange m_clipboard;
    ViewerControl m_control; ///< hears the viewer
    std::unique_ptr<MediaLeg> m_leg;
    std::unique_ptr<SocketBridge> m_bridge;
    std::unique_ptr<RdpViewer> m_viewer;

    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceStatistics;
    double m_connectMs = 0;
    quint64 m_lastFrames = 0;
    quint64 m_framesBefore = 0; ///< that the screen had seen of earlier sessions
    bool m_hasPicture = false; ///< RDP thread, as the next one
    bool m_hasWholePicture = false;
    bool m_isActive = false;
    bool m_isEnded = false;
};

} // namespace sightline
