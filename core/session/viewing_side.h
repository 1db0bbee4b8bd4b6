#pragma once

#include "core/session/offered_call.h"
#include "core/session/viewer_call.h"
#include "core/signaling/roster.h"
#include "core/signaling/signaling_client.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace sightline {

/// Somebody else's desktop offered to us: the invitation, and once it is accepted the call in which we see
/// it.
///
/// The picture may come from the sharer, and later through the sharing server of the conference: then the new
/// call paints aside until its picture is whole, takes over, and the former one ends. A call with the server
/// that breaks, or a direct one that cannot be, leaves the last picture there until the server calls.
/// GUI thread.
class ViewingSide : public QObject {
    Q_OBJECT
public:
    enum class State { Off, Invited, Connecting, Active };

    ViewingSide(SignalingClient& signaling, EventLoop& loop, RemoteScreen& screen, QObject* parent = nullptr);
    ~ViewingSide() override;

    void onRosterChanged(const Roster& roster);
    void onOffer(OfferedCall offer, bool acceptAtOnce);
    void onRestart(const QString& from, const QString& callId, const SessionDescription& offer);
    void onCandidate(const QString& from, const QString& callId, const QByteArray& candidate);
    void onEndOfCandidates(const QString& from, const QString& callId);
    /// Also of calls that are not ours: a sharer who does not let us in says so without an offer.
    void onBye(const QString& from, const QString& callId, const Error& reason);
    /// The server carries no media, or not for us: what waits for it is over.
    void onServerRefused(const Error& error);

    void accept();
    void decline();
    void stop();
    /// The meeting is over: an invitation nobody answered is void.
    void withdrawInvitation();

    State state() const { return m_state; }
    /// That we see, or are going to; null also while the picture stands because its call is gone.
    ViewerSession* session() const { return m_current ? &m_current->session() : nullptr; }
    QString partner() const; ///< the sharer's entity; empty: nobody
    /// What we see comes through the server, or will when it is back.
    bool isThroughServer() const;
    /// The picture stands until the server calls.
    bool isWaiting() const { return m_waiting.isActive(); }
    bool canAskForControl() const { return m_current && m_current->canAskForControl(); }

Q_SIGNALS:
    void stateChanged();
    void interruptionChanged(); ///< of the session's path, or isWaiting()
    void invitationReceived(const QString& sharer);
    void invitationWithdrawn();
    void controlChanged(); ///< also pause, by the sharer
    void sessionChanged(); ///< session(); what is seen goes on
    /// The two ends found no path: the server has been asked to carry the picture.
    void serverAskedFor();
    void ended(const Error& error);

private:
    bool isServer(const QString& entity) const;
    ViewerCall* callOf(const QString& from, const QString& callId) const;
    Result<std::unique_ptr<ViewerCall>> answer(const OfferedCall& offer, ScreenFeed::State feed);
    void takeServersOffer(const OfferedCall& offer);
    void connectCurrent();
    void takeOver();
    void dropNext(ErrorCode code, const QString& text);
    void onCallEnded(ViewerCall* call, const Error& error);
    void onCurrentEnded(const Error& error);
    bool shouldWait(const Error& error, bool wasThroughServer);
    void wait(const Error& error, bool wasThroughServer);
    void finish(const Error& reason);
    void bury(std::unique_ptr<ViewerCall> call);
    void setState(State state);

    SignalingClient& m_signaling;
    EventLoop& m_loop;
    RemoteScreen& m_screen;
    State m_state = State::Off;
    std::optional<OfferedCall> m_invitation;
    std::unique_ptr<ViewerCall> m_current;
    std::unique_ptr<ViewerCall> m_next; ///< through the server, not seen yet
    QTimer m_patience; ///< for what is missing of the next one's first picture
    QTimer m_waiting;
    Error m_whyWaiting{ErrorCode::ConnectionLost, {}};
    ControlState m_formerControl = ControlState::None; ///< when we began to wait
    QString m_accepted; ///< the sharer whose desktop we agreed to see, until it is over
    bool m_wasThroughServer = false;
    QStringList m_over; ///< the calls that we had last
};

} // namespace sightline
