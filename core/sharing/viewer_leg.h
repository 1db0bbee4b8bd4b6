#pragma once

#include "core/media/media_leg.h"
#include "core/sharing/viewer_end.h"

#include <QObject>

#include <memory>

namespace sightline {

/// The leg of one viewer: offers it a call as a sharer does. Server thread. It is over after `ended`.
class ViewerLeg : public QObject {
    Q_OBJECT
public:
    /// `desktop` is the size that the RDP connection announces.
    static Result<std::unique_ptr<ViewerLeg>> create(EventLoop& loop, MediaTransport::Config config,
        const ViewerEnd::Who& who, Size desktop, SharingHub& hub);
    ~ViewerLeg() override;

    MediaLeg& leg() { return *m_leg; }
    ViewerEnd* end() { return m_end.get(); } ///< null before the path is there
    bool hasPicture() const { return m_end && m_end->hasPicture(); }

Q_SIGNALS:
    void pictured();
    void ended(const Error& error);

private:
    ViewerLeg(std::unique_ptr<MediaLeg> leg, const ViewerEnd::Who& who, Size desktop, SharingHub& hub);
    void onConnected();
    void finish(const Error& error);

    SharingHub& m_hub;
    const ViewerEnd::Who m_who;
    const Size m_desktop;
    std::unique_ptr<MediaLeg> m_leg;
    std::unique_ptr<SocketBridge> m_bridge;
    std::unique_ptr<ViewerEnd> m_end;
    bool m_isEnded = false;
};

} // namespace sightline
