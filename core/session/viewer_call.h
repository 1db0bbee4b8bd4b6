#pragma once

#include "core/session/offered_call.h"
#include "core/session/viewer_session.h"
#include "core/signaling/signaling_client.h"

#include <QObject>

#include <memory>

namespace sightline {

/// A call that we have answered: the session in which we see a desktop, and what its two ends tell each other
/// through the server. GUI thread. It is over after `ended`, which the other side knows then.
class ViewerCall : public QObject {
    Q_OBJECT
public:
    /// Answers. `screen` outlives the call.
    static Result<std::unique_ptr<ViewerCall>> answer(SignalingClient& signaling, EventLoop& loop,
        RemoteScreen& screen, const OfferedCall& offer, ScreenFeed::State feed);
    ~ViewerCall() override;

    ViewerSession& session() { return *m_session; }
    const QString& callId() const { return m_callId; }
    const QString& partner() const { return m_partner; }
    bool is(const QString& from, const QString& callId) const
    {
        return from == m_partner && callId == m_callId;
    }
    bool canAskForControl() const { return m_sharerGivesControl; }

    void onRestart(const SessionDescription& offer) { m_session->leg().setRemoteRestart(offer); }
    void onCandidate(const QByteArray& candidate) { m_session->leg().addRemoteCandidate(candidate); }
    void onEndOfCandidates() { m_session->leg().setRemoteCandidatesDone(); }
    /// Ends it from our side, and says why. `ended` does not come.
    void end(ErrorCode code, const QString& text);
    /// The other side has ended it. `ended` does not come.
    void close() { m_session->close(); }

Q_SIGNALS:
    void ended(const Error& error);

private:
    ViewerCall(SignalingClient& signaling, const OfferedCall& offer, std::unique_ptr<ViewerSession> session);
    void connectLeg();

    SignalingClient& m_signaling;
    const QString m_partner;
    const QString m_callId;
    const bool m_sharerGivesControl;
    std::unique_ptr<ViewerSession> m_session;
};

} // namespace sightline
