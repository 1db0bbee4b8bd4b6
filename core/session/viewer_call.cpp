#include "core/session/viewer_call.h"

#include "core/media/client_capabilities.h"
#include "core/session/media_servers.h"

#include <utility>

namespace sightline {

ViewerCall::ViewerCall(
    SignalingClient& signaling, const OfferedCall& offer, std::unique_ptr<ViewerSession> session)
    : m_signaling(signaling)
    , m_partner(offer.from)
    , m_callId(offer.callId)
    , m_sharerGivesControl(offer.description.capabilities.contains(kControlCapability))
    , m_session(std::move(session))
{
    connectLeg();
    connect(m_session.get(), &ViewerSession::ended, this, [this](const Error& error) {
        m_signaling.sendBye(m_partner, m_callId, error.code(), error.message());
        Q_EMIT ended(error);
    });
}

ViewerCall::~ViewerCall() = default;

Result<std::unique_ptr<ViewerCall>> ViewerCall::answer(SignalingClient& signaling, EventLoop& loop,
    RemoteScreen& screen, const OfferedCall& offer, ScreenFeed::State feed)
{
    Result<std::unique_ptr<ViewerSession>> session
        = ViewerSession::create(loop, mediaConfig(signaling.iceServers()), offer.description, screen, feed);
    if (!session) {
        signaling.sendBye(offer.from, offer.callId, session.error().code(), session.error().message());
        return session.error();
    }
    std::unique_ptr<ViewerCall> call(new ViewerCall(signaling, offer, std::move(session).value()));
    MediaLeg& leg = call->m_session->leg();
    SessionDescription answer = leg.localDescription();
    answer.sessionId = offer.description.sessionId;
    answer.capabilities = clientCapabilities();
    signaling.sendAnswer(offer.from, offer.callId, answer);
    for (const QByteArray& candidate : offer.candidates)
        leg.addRemoteCandidate(candidate);
    if (offer.endOfCandidates)
        leg.setRemoteCandidatesDone();
    return call;
}

void ViewerCall::connectLeg()
{
    MediaLeg* const leg = &m_session->leg();
    connect(leg, &MediaLeg::localCandidate, this,
        [this](const QByteArray& candidate) { m_signaling.sendCandidate(m_partner, m_callId, candidate); });
    connect(leg, &MediaLeg::localCandidatesDone, this,
        [this] { m_signaling.sendEndOfCandidates(m_partner, m_callId); });
    connect(leg, &MediaLeg::restartDescribed, this, [this](const SessionDescription& restart) {
        SessionDescription answer = restart;
        answer.capabilities = clientCapabilities();
        m_signaling.sendAnswer(m_partner, m_callId, answer);
    });
}

void ViewerCall::end(ErrorCode code, const QString& text)
{
    m_signaling.sendBye(m_partner, m_callId, code, text);
    m_session->close();
}

} // namespace sightline
