#pragma once

#include "core/media/media_leg.h"
#include "core/rdp/rdp_source.h"
#include "core/sharing/sharing_hub.h"

#include <QObject>

#include <memory>

namespace sightline {

/// The leg of whoever shares: answers its call as a viewer does, and gives what comes to the hub. Server
/// thread. It is over after `ended`.
class SharerLeg : public QObject {
    Q_OBJECT
public:
    static Result<std::unique_ptr<SharerLeg>> create(
        EventLoop& loop, MediaTransport::Config config, const SessionDescription& offer, SharingHub& hub);
    ~SharerLeg() override;

    MediaLeg& leg() { return *m_leg; }
    /// Whether its picture has come.
    bool hasPicture() const { return m_hasPicture; }
    void requestClipboard(ClipboardFormat format);
    void offerClipboard(const std::vector<ClipboardFormat>& formats);
    void close(); ///< `ended` does not come

Q_SIGNALS:
    void resized(sightline::Size size);
    void pictured(); ///< the first whole frame is in the relay
    void ended(const Error& error);

private:
    SharerLeg(std::unique_ptr<MediaLeg> leg, SharingHub& hub);
    void onConnected();
    void onCommand(GfxCommand command);
    RdpSource::Handlers sourceHandlers();
    ClipboardHandlers clipboardHandlers();
    void end(const Error& error);

    SharingHub& m_hub;
    // In the order in which they depend on each other: the RDP end writes into the relay's source.
    std::unique_ptr<MediaLeg> m_leg;
    std::unique_ptr<SocketBridge> m_bridge;
    std::unique_ptr<RelaySource> m_relaySource;
    std::unique_ptr<RdpSource> m_rdp;
    bool m_sawFrame = false; ///< RDP thread
    bool m_hasPicture = false;
    bool m_isEnded = false;
};

} // namespace sightline
