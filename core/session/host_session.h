#pragma once

#include "core/media/media_leg.h"
#include "core/rdp/rdp_host.h"
#include "core/session/clipboard_exchange.h"
#include "core/session/host_control.h"
#include "core/session/screen_sender.h"
#include "core/session/session_statistics.h"

#include <QElapsedTimer>
#include <QObject>

#include <atomic>
#include <memory>

namespace sightline {

/// One viewer, or a sharing server for many, seeing our desktop: the screen sender, the RDP host and the
/// media leg under it, composed. GUI thread. Make one per call; it offers, and it is over after `ended`.
class HostSession : public QObject {
    Q_OBJECT
public:
    /// `desktop` is the size that the RDP connection announces; the sender follows the real one.
    static Result<std::unique_ptr<HostSession>> create(EventLoop& loop, MediaTransport::Config transport,
        ScreenSender::Config config, Size desktop, HostControl::Config control = {});
    ~HostSession() override;

    MediaLeg& leg() { return *m_leg; }
    const MediaLeg& leg() const { return *m_leg; }
    HostControl& control() { return m_control; }
    ClipboardExchange& clipboard() { return m_clipboard; }
    /// While paused the viewer gets no pixels, and its input does nothing.
    void setPaused(bool isPaused);
    /// Share something else in the same session, from the next frame on.
    void setTarget(const ShareTarget& target);
    void setExcludedWindows(const std::vector<std::uint64_t>& windows);
    bool isActive() const { return m_isActive; }
    SessionStatistics takeStatistics(); ///< rates are those since the last call
    /// Ends it from our side; the viewer sees that it stopped. `ended` does not come.
    void close();

Q_SIGNALS:
    void active(); ///< the viewer's graphics channel is open and gets the picture
    void areaChanged(const sightline::Rect& area); ///< what is shared, on the desktop; empty: minimised
    void ended(const Error& error);

private:
    HostSession(std::unique_ptr<MediaLeg> leg, ScreenSender::Config config, Size desktop,
        HostControl::Config control);
    void onConnected();
    void onReady();
    void end(const Error& error);
    void setHidden(bool isHidden);
    RdpHost::Handlers hostHandlers();
    ScreenSender::Output senderOutput();

    // In the order in which they depend on each other: the sender writes into the host, the host into the
    // bridge, the bridge into the leg's stream; and the host's acknowledgements reach the sender until the
    // host is gone.
    ClipboardExchange m_clipboard;
    HostControl m_control; ///< gets input from the host, and the area from the sender
    std::unique_ptr<MediaLeg> m_leg;
    std::unique_ptr<SocketBridge> m_bridge;
    std::unique_ptr<ScreenSender> m_sender;
    std::unique_ptr<RdpHost> m_host;
    std::atomic<ScreenSender*> m_acknowledgedTo
        = nullptr; ///< for the RDP thread, which starts before the sender

    ScreenSender::Config m_config;
    const Size m_desktop;
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceStatistics;
    double m_connectMs = 0;
    quint64 m_lastFrames = 0;
    /// To one viewer, whose acknowledgements say that it lives; those of a server say nothing of whoever
    /// controls.
    const bool m_isDirect;
    bool m_isPaused = false;
    bool m_isHidden = false; ///< the shared window is minimised: paused, for the viewer
    bool m_isActive = false;
    bool m_isEnded = false;
};

} // namespace sightline
