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
        request(AddUser{wantedMeeting, entity});
}

/// We are back in the meeting after the connection broke; `callsReceived` of our call documents had arrived.
void SignalingClient::Private::onReturned(quint32 callsReceived)
{
    connection.setReady(callsReceived);
    chat.resume();
    const Participant* const self = tracker.roster().find(entity);
    if (self && self->sharing != sharing)
        request(ModifyEndpointMedia{wantedMeeting, entity, sharing});
    Q_EMIT q->reconnected();
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
