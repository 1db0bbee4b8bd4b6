#pragma once

#include "ui/remote_keyboard.h"
#include "ui/remote_mouse.h"

#include <QEvent>
#include <QKeyCombination>
#include <QPointF>

#include <optional>
#include <utility>
#include <vector>

class QMouseEvent;
class QWheelEvent;

namespace sightline {

/// Takes the events of the pane that shows the remote desktop and makes input of the remote desktop of them,
/// in their order. GUI thread.
///
/// One combination always stays here: Ctrl+Alt+Enter, by which the window leaves and enters full screen.
class RemoteInput {
public:
    using Sink = std::function<void(const InputEvent&)>;
    struct Place {
        Point remote; ///< within the remote desktop, the nearest pixel
        bool isOnPicture = false;
    };
    /// From a position in the pane.
    using Locate = std::function<Place(QPointF)>;

    RemoteInput(Sink sink, Locate locate);

    /// More that stay here.
    void setKeptKeys(std::vector<QKeyCombination> keys) { m_keptKeys = std::move(keys); }
    void setKeyboardMode(RemoteKeyboard::Mode mode);
    /// Called when the pane gets the focus; its answer is what the remote lock keys shall be.
    void setLockKeySource(std::function<std::optional<LockKeys>()> source) { m_lockKeys = std::move(source); }
    void synchroniseLockKeys();

    /// True: it was input, and nothing is left to be done.
    bool onPaneEvent(QEvent& event); ///< keyboard, focus
    bool onPictureEvent(QEvent& event); ///< mouse
    void releaseAll();

private:
    bool onKey(QKeyEvent& event);
    void onMouse(const QMouseEvent& event);
    void onWheel(const QWheelEvent& event);

    Sink m_sink;
    Locate m_locate;
    std::function<std::optional<LockKeys>()> m_lockKeys;
    std::vector<QKeyCombination> m_keptKeys;
    RemoteKeyboard m_keyboard;
    RemoteMouse m_mouse;
};

} // namespace sightline
