#include "core/base/log.h"
#include "core/signaling/signaling_client_private.h"

// Signing in, and coming back into the meeting after the connection broke (PROTOCOL.md, "Coming back").

namespace sightline {

void SignalingClient::Private::onResponse(const SignInResponse& response, const Request::Body&)
{
    if (response.protocol != kProtocolVersion) {
        Failure failure;
        failure.code = ErrorCode::VersionMismatch;
        failure.protocol = response.protocol;
        loseConnection(failure.toError());
        return;
    }
    qCInfo(logSignaling) << "Signed in to" << response.product << "as" << response.entity;
    const bool isTheSame = response.isResumed && response.entity == entity;
    entity = response.entity;
    m_resumeToken = response.resume;
    if (!isTheSame) {
        m_callsReceived = 0;
        connection.forgetCalls();
    }
    if (!connection.isAway())
        Q_EMIT q->signedIn(entity);
    else if (isTheSame)
        onReturned(response.received); // and the full roster follows
    else
        request(AddUser{wanted.meetingId, entity, wanted.passcode, wanted.key});
}

/// We are back in the meeting after the connection broke; `callsReceived` of our call documents had arrived.
void SignalingClient::Private::onReturned(quint32 callsReceived)
{
    connection.setReady(callsReceived);
    chat.resume();
    const Roster& roster = tracker.roster();
    const Participant* const self = roster.find(entity);
    const Participant* const sharer = roster.sharer();
    // Who has begun meanwhile is not to be driven out by our return.
    const bool isReplaced = sharing == Participant::Sharing::Sharer && sharer && sharer != self;
    if (self && self->sharing != sharing && !isReplaced)
        request(ModifyEndpointMedia{wanted.meetingId, entity, sharing});
    Q_EMIT q->reconnected();
    if (isReplaced)
        loseSharing(roster);
}

/// What was refused on the way back is no request of our user. False: it was none of these.
bool SignalingClient::Private::refuseReturn(const Request::Body& request, const Error& error)
{
    const bool isJoin = std::holds_alternative<AddUser>(request);
    if (!isJoin && !std::holds_alternative<SignIn>(request))
        return false;
    if (error.code() == ErrorCode::Timeout)
        connection.retry(error);
    else if (isJoin && error.code() == ErrorCode::NotFound)
        loseConnection({error.code(), QStringLiteral("the meeting is over at the server"), error});
    else
        loseConnection(error);
    return true;
}

} // namespace sightline
