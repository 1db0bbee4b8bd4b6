#pragma once

#include "core/session/clipboard_exchange.h"

#include <QObject>
#include <QPointer>

namespace sightline {

class SharingSide;
class ViewingSide;

/// What the ui does about the clipboard, of the session that is on: while the viewer has control the two
/// desktops share one. GUI thread.
class SessionClipboard : public QObject {
    Q_OBJECT
public:
    SessionClipboard(SharingSide& sharing, ViewingSide& viewing);

    /// Which ways contents may go, also in the sessions to come.
    void setDirections(ClipboardExchange::Directions directions);
    ClipboardExchange::Directions directions() const { return m_directions; }

    /// What this desktop's clipboard holds now; to be told while isShared().
    void setLocal(const ClipboardContent& content);
    bool isShared() const { return m_isShared; }
    /// Whether what this desktop's clipboard holds when it begins to be shared is meant to be told too: the
    /// viewer's. What a sharer copied before was not meant for anybody.
    bool sharesPresent() const;

Q_SIGNALS:
    void sharedChanged(); ///< isShared()
    void remoteChanged(const ClipboardContent& content); ///< the other side copied this
    void remoteRefused(); ///< the other side copied something that did not come

private:
    void update();
    void adopt(ClipboardExchange* exchange);

    SharingSide& m_sharing;
    ViewingSide& m_viewing;
    ClipboardExchange::Directions m_directions;
    QPointer<ClipboardExchange> m_exchange; ///< of the session that is on
    bool m_isShared = false;
};

} // namespace sightline
