#pragma once

#include "core/session/viewer_session.h"
#include "core/signaling/signaling_client.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace sightline {

/// Somebody else's desktop offered to us: the invitation, and the session once it is accepted. GUI thread.
class ViewingSide : public QObject {
    Q_OBJECT
public:
    enum class State { Off, Invited, Connecting, Active };

    ViewingSide(SignalingClient& signaling, EventLoop& loop, RemoteScreen& screen, QObject* parent = nullptr);
    ~ViewingSide() override;

    void onOffer(
        const QString& from, const QString& callId, const SessionDescription& offer, bool acceptAtOnce);
    void onCandidate(const QString& from, const QString& callId, const QByteArray& candidate);
    void onEndOfCandidates(const QString& from, const QString& callId);
    /// Also of calls that are not ours: a sharer who does not let us in says so without an offer.
    void onBye(const QString& from, const QString& callId, const Error& reason);

    void accept();
    void decline();
    void stop();
    /// The meeting is over: an invitation nobody answered is void.
    void withdrawInvitation();

    State state() const { return m_state; }
    ViewerSession* session() const { return m_session.get(); }
    QString partner() const { return m_partner; } ///< the sharer's entity; empty: nobody
    bool canAskForControl() const { return m_session && m_sharerGivesControl; }

Q_SIGNALS:
    void stateChanged();
    void interruptionChanged(); ///< of the session's path
    void invitationReceived(const QString& from);
    void invitationWithdrawn();
    void controlChanged(); ///< also pause, by the sharer
    void ended(const Error& error);

private:
    /// What an invitation brought before it is answered.
    struct Pending {
        SessionDescription offer;
        QList<QByteArray> candidates;
        bool endOfCandidates = false;
    };

    void connectLeg(MediaLeg& leg);
    void endCall(const Error& reason, bool tellPartner);
    void setState(State state);
    bool isOurs(const QString& from, const QString& callId) const;

    SignalingClient& m_signaling;
    EventLoop& m_loop;
    RemoteScreen& m_screen;
    State m_state = State::Off;
    std::optional<Pending> m_pending;
    std::unique_ptr<ViewerSession> m_session;
    QString m_partner;
    QString m_callId;
    bool m_sharerGivesControl = false;
};

} // namespace sightline
