#pragma once

#include "core/rdp/rdp_host.h"
#include "core/sharing/sharing_hub.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace sightline {

/// The RDP server end towards one viewer, between it and the hub: the picture, the pointer, control, input
/// and the clipboard. However the viewer is connected. Server thread.
class ViewerEnd : public QObject {
    Q_OBJECT
public:
    struct Who {
        std::uint32_t number = 0; ///< in the meeting
        QString name;
    };
    struct Path {
        std::uint64_t bytesQueued = 0; ///< below RDP
        double rate = 0; ///< octets a second; 0: unknown
    };
    using MakeHost = std::function<Result<std::unique_ptr<RdpHost>>(RdpHost::Handlers)>;

    /// `path` may be called from any thread.
    static Result<std::unique_ptr<ViewerEnd>> create(
        SharingHub& hub, const Who& who, std::function<Path()> path, const MakeHost& makeHost);
    ~ViewerEnd() override;

    /// It has acknowledged a frame.
    bool hasPicture() const { return m_hasPicture; }
    /// For an RDP client: it is told that it has to go.
    void dismiss() { m_host->dismiss(false); }
    void requestClipboard(ClipboardFormat format) { m_host->requestClipboard(format); }
    void offerClipboard(const std::vector<ClipboardFormat>& formats) { m_host->offerClipboard(formats); }

Q_SIGNALS:
    void pictured(); ///< once: the first frame is there
    void ended(const Error& error);

private:
    class Output;

    ViewerEnd(SharingHub& hub, const Who& who, std::function<Path()> path);
    RdpHost::Handlers hostHandlers();
    ClipboardHandlers clipboardHandlers();
    bool isController() const { return m_hub.control.controller() == m_who.number; }
    void onReady(const ViewerCapabilities& capabilities);
    void onAcknowledged(std::uint32_t frame);
    void leaveRelay();

    SharingHub& m_hub;
    const Who m_who;
    const std::function<Path()> m_path;
    std::atomic<Relay::ViewerId> m_viewer = 0;
    std::atomic<bool> m_isInRelay = false;
    std::atomic<std::int64_t> m_acknowledged = -1; ///< the last frame; -1: none
    bool m_sawFrame = false; ///< RDP thread
    bool m_hasPicture = false;
    std::unique_ptr<RdpHost> m_host;
};

} // namespace sightline
