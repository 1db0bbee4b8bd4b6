#pragma once

#include "core/rdp/clipboard_port.h"

#include <QObject>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace sightline {

/// One way of a clipboard through the server: what one side has copied is fetched at once, kept, and offered
/// to the other one, which fetches it when somebody pastes. Server thread, except the functions named
/// on...(), which RDP threads call.
class ClipboardRelay : public QObject {
    Q_OBJECT
public:
    explicit ClipboardRelay(QObject* parent = nullptr);

    /// Between whom from now on: `request` asks the copying side, `offer` tells the pasting one. What was
    /// kept is forgotten, and the former pasting side is told that there is nothing.
    void connectSides(std::function<void(ClipboardFormat)> request,
        std::function<void(const std::vector<ClipboardFormat>&)> offer);
    void disconnectSides();

    /// The copying side's.
    void onOffered(const std::vector<ClipboardFormat>& formats);
    void onReceived(ClipboardFormat format, std::optional<Bytes> data);
    /// The pasting side's.
    std::optional<Bytes> onWanted(ClipboardFormat format);

private:
    void fetch(const std::vector<ClipboardFormat>& formats);
    void take(ClipboardFormat format, std::optional<Bytes> data);
    void forget();

    std::function<void(ClipboardFormat)> m_request;
    std::function<void(const std::vector<ClipboardFormat>&)> m_offer;
    std::set<ClipboardFormat> m_awaited;
    std::mutex m_mutex;
    std::map<ClipboardFormat, Bytes> m_kept; ///< guarded by m_mutex
};

} // namespace sightline
