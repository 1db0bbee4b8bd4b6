#pragma once

#include "core/rdp/clipboard_port.h"
#include "core/session/clipboard_content.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <mutex>
#include <set>

namespace sightline {

/// The two clipboards of a session, as one side sees them: ours is offered, the other one is fetched, while
/// the viewer has control and as far as the directions are allowed. Nothing is sent unless the other side
/// asks for it.
///
/// GUI thread, except the functions named on...(), which the RDP thread calls.
class ClipboardExchange : public QObject {
    Q_OBJECT
public:
    /// What the RDP end does for us; any thread.
    struct Channel {
        std::function<void(const std::vector<ClipboardFormat>&)> offer;
        std::function<void(ClipboardFormat)> request;
    };

    /// Which ways contents may go. Both sides decide for themselves; the stricter one counts.
    struct Directions {
        bool send = true;
        bool receive = true;
        bool operator==(const Directions&) const = default;
    };

    explicit ClipboardExchange(QObject* parent = nullptr);

    void attach(Channel channel);
    void setDirections(Directions directions);
    /// Whether the viewer has control. What was copied before is offered when it gets it only by the viewer's
    /// side: what the sharer copied earlier was not meant for anybody.
    void setActive(bool isActive, bool offersPresent);
    void setLocal(const ClipboardContent& content);

    void onOffered(const std::vector<ClipboardFormat>& formats);
    std::optional<Bytes> onWanted(ClipboardFormat format);
    void onReceived(ClipboardFormat format, std::optional<Bytes> data);

Q_SIGNALS:
    /// The other side copied this.
    void remoteChanged(const ClipboardContent& content);
    /// The other side copied something that did not come: too large, or not allowed there.
    void remoteRefused();

private:
    void fetch(const std::vector<ClipboardFormat>& formats);
    void take(ClipboardFormat format, const std::optional<Bytes>& data);
    void offer(const ClipboardContent& content);

    Channel m_channel;
    std::atomic_bool m_maySend = false;
    std::atomic_bool m_mayReceive = false;
    Directions m_directions;
    bool m_isActive = false;
    ClipboardContent m_local;
    std::mutex m_mutex;
    ClipboardContent m_offered; ///< guarded by m_mutex
    ClipboardContent m_fetched; ///< so far
    std::set<ClipboardFormat> m_awaited; ///< of what the other side offered last
};

class MediaLeg;

/// What a leg of `exchange` does on the RDP thread; contents leave when there is room on `leg`. Both outlive
/// it.
ClipboardHandlers clipboardHandlers(ClipboardExchange& exchange, const MediaLeg& leg);

} // namespace sightline
