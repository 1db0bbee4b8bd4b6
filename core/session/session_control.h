#pragma once

#include "core/session/control_state.h"
#include "core/signaling/roster.h"

#include <QObject>

namespace sightline {

class SharingSide;
class SignalingClient;
class ViewingSide;

/// What the ui does about control, of the session that is on: as the viewer ask for it and use it, as the
/// sharer give and take it, and pause. What does not fit the moment does nothing. GUI thread.
class SessionControl : public QObject {
    Q_OBJECT
public:
    SessionControl(SignalingClient& signaling, SharingSide& sharing, ViewingSide& viewing);

    // The viewer's.
    void request();
    void release(); ///< also takes a request back
    /// Goes out at once while control is granted, and is dropped otherwise. Positions are pixels of the
    /// picture.
    void sendInput(const InputEvent& event);

    // The sharer's.
    /// Answers `requested`, or gives it unasked; `failed` when that cannot be.
    void grant();
    void deny();
    void revoke();
    void setPolicy(ControlPolicy policy);
    /// That takes control back, from now on.
    void setTakeBackHotkey(const Hotkey& hotkey);
    const Hotkey& takeBackHotkey() const;
    /// While a viewer controls this desktop; else Works.
    HotkeyState hotkeyState() const;
    /// Until resume(), or the end of sharing: nothing new leaves, the viewer is told, and its input does
    /// nothing.
    void pause();
    void resume();

    /// Of the viewer, whoever that is.
    ControlState state() const;
    bool isPaused() const;
    /// As a viewer: the sharer offers control. As the sharer: the viewer can use it.
    bool isAvailable() const;

Q_SIGNALS:
    void changed(); ///< what the getters say
    /// The viewer asks; void again when state() is None.
    void requested(const Participant& viewer);
    /// Control could not be given, or this desktop cannot be controlled any more; viewing goes on.
    void failed(const Error& error);

private:
    SharingSide& m_sharing;
    ViewingSide& m_viewing;
};

} // namespace sightline
