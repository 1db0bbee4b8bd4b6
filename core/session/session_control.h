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
    /// Answers `requested`, or gives it unasked, and takes it from another viewer; `failed` when that cannot
    /// be. Without a name: to the first who asks, or to the only viewer.
    void grant(const QString& viewer = {});
    void deny(const QString& viewer = {});
    void revoke(); ///< from whoever controls
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

    /// As a viewer: ours. As the sharer: somebody controls; or else somebody asks.
    ControlState state() const;
    QString controller() const; ///< who controls what is shared, by entity; empty: its sharer alone
    QStringList asking() const; ///< As the sharer: who waits for an answer, in the order in which they asked
    bool isPaused() const;
    /// As a viewer: the sharer offers control. As the sharer: the viewer can use it.
    bool isAvailable() const;

Q_SIGNALS:
    void changed(); ///< what the getters say
    /// A viewer asks; void again when it is not among asking().
    void requested(const Participant& viewer);
    /// Control could not be given, or this desktop cannot be controlled any more; viewing goes on.
    void failed(const Error& error);

private:
    SignalingClient& m_signaling;
    SharingSide& m_sharing;
    ViewingSide& m_viewing;
};

} // namespace sightline
