#include "core/signaling/signaling_client.h"

#include "core/base/log.h"
#include "core/signaling/ice_syntax.h"
#include "core/signaling/names.h"
#include "core/signaling/signaling_client_private.h"

#include <QTimer>

#include <utility>

namespace sightline {

SignalingClient::Private::Private(SignalingClient* client)
    : q(client)
    , calls([this](const Document& document) { connection.sendCall(serialize(document)); })
    , chat([this](const SendMessage& message) { request(message); })
{
    connect(&connection, &ReconnectingConnection::opened, this, &Private::onOpened);
    connect(&connection, &ReconnectingConnection::documentReceived, this, &Private::onDocument);
    connect(&connection, &ReconnectingConnection::interrupted, q, [this](const Error& error) {
        m_pending.clear();
        chat.interrupt();
        Q_EMIT q->connectionInterrupted(error);
    });
    connect(&connection, &ReconnectingConnection::failed, this, &Private::loseConnection);
    connect(&m_pending, &PendingRequests::timedOut, this, [this](const Request::Body& body) {
        refuseRequest(body, {ErrorCode::Timeout, QStringLiteral("the server did not answer in time")});
    });
    connect(&calls, &CallExchange::offerReceived, q, &SignalingClient::offerReceived);
    connect(&calls, &CallExchange::answerReceived, q, &SignalingClient::answerReceived);
    connect(&calls, &CallExchange::candidateReceived, q, &SignalingClient::candidateReceived);
    connect(&calls, &CallExchange::endOfCandidatesReceived, q, &SignalingClient::endOfCandidatesReceived);
    connect(&calls, &CallExchange::byeReceived, q, &SignalingClient::byeReceived);
}

void SignalingClient::Private::reset()
{
    entity.clear();
    forgetMeeting();
    m_pending.clear();
    m_resumeToken.clear();
    m_callsReceived = 0;
}

void SignalingClient::Private::forgetMeeting()
{
    wanted = {};
    isCreating = false;
    isJoined = false;
    isWaiting = false;
    sharing = Participant::Sharing::None;
    connection.setPersistent(false);
    tracker.start({});
    calls.stop();
    chat.stop();
}

// Requests

void SignalingClient::Private::request(Request::Body body)
{
    if (entity.isEmpty() && !std::holds_alternative<SignIn>(body)) {
        const Error error(ErrorCode::NotAllowed, purposeOf(body) + QStringLiteral(": not signed in"));
        QTimer::singleShot(0, this, [this, error] { Q_EMIT q->requestFailed(error); });
        return;
    }
    connection.send(serialize(m_pending.add(std::move(body), options.requestTimeout)));
}

void SignalingClient::Private::join(AddUser meeting)
{
    wanted = std::move(meeting);
    wanted.user = entity;
    isJoined = false;
    isWaiting = false;
    iceServers.clear();
    request(wanted);
}

void SignalingClient::Private::leave()
{
    // One that we have asked to join and got no answer from yet is left when the answer comes.
    if (!meetingId().isEmpty())
        request(DeleteUser{meetingId(), entity});
    else if (isWaiting)
        request(DeleteUser{wanted.meetingId, entity});
    forgetMeeting();
}

void SignalingClient::Private::refuseRequest(const Request::Body& request, const Error& cause)
{
    const Error error(cause.code(), purposeOf(request), cause);
    if (connection.isAway() && refuseReturn(request, error))
        return;
    if (std::holds_alternative<SignIn>(request)) {
        const bool isVersion = cause.code() == ErrorCode::VersionMismatch;
        loseConnection(isVersion ? cause : Error(ErrorCode::ConnectFailed, purposeOf(request), cause));
        return;
    }
    const auto* join = std::get_if<AddUser>(&request);
    if (join && join->meetingId != wanted.meetingId)
        return; // we had given it up
    if (join) {
        isWaiting = isWaiting && cause.code() == ErrorCode::Timeout; // else it knows
        leave();
    }
    if (std::holds_alternative<AddConference>(request) && !std::exchange(isCreating, false))
        return;
    if (std::holds_alternative<SendMessage>(request))
        return chat.refuse(error);
    const auto* const departure = std::get_if<DeleteUser>(&request);
    if (departure && departure->user == entity) {
        qCInfo(logSignaling) << "Not left cleanly:" << cause.toString();
        return;
    }
    if (std::holds_alternative<GetConference>(request)) {
        // Without it the roster would stay as it is for ever.
        leave();
        Q_EMIT q->meetingEnded(error);
        return;
    }
    if (std::holds_alternative<UseServer>(request)) {
        Q_EMIT q->serverRefused(error);
        return;
    }
    const auto* const media = std::get_if<ModifyEndpointMedia>(&request);
    if (media && media->sharing == Participant::Sharing::Sharer)
        Q_EMIT q->sharingRefused(error);
    Q_EMIT q->requestFailed(error);
}

// The connection

void SignalingClient::Private::onOpened()
{
    request(SignIn{kProtocolVersion, QStringLiteral("Sightline/" SIGHTLINE_VERSION), options.displayName,
        options.capabilities, m_resumeToken, m_callsReceived});
}

void SignalingClient::Private::onDocument(const QByteArray& text)
{
    const auto document = parseDocument(text);
    if (!document) {
        m_unreadable.add(Clock::now());
        qCDebug(logSignaling) << "Not understood:" << document.error().toString();
        // An answer that cannot be read is an answer all the same.
        if (const auto request = m_pending.take(requestIdOf(text)))
            refuseRequest(*request, document.error());
        return;
    }
    std::visit([this](const auto& each) { handle(each); }, *document);
}

void SignalingClient::Private::loseConnection(const Error& error)
{
    qCInfo(logSignaling) << "No connection to the server:" << error.toString();
    connection.close();
    reset();
    Q_EMIT q->connectionFailed(error);
}

// Responses

void SignalingClient::Private::handle(const Response& response)
{
    const auto request = m_pending.take(response.id);
    if (!request) {
        m_unreadable.add(Clock::now());
        return;
    }
    if (std::holds_alternative<AddUserPending>(response.body) && std::holds_alternative<AddUser>(*request))
        return onPending(response.id, *request);
    if (response.body.index() != request->index() && !std::holds_alternative<Failure>(response.body))
        return refuseRequest(
            *request, {ErrorCode::ParseFailed, QStringLiteral("the server answered another question")});
    std::visit([this, &request](const auto& body) { onResponse(body, *request); }, response.body);
}

void SignalingClient::Private::onResponse(const AddConferenceResponse& response, const Request::Body&)
{
    if (!std::exchange(isCreating, false))
        return; // given up meanwhile; nobody will ever join it
    MeetingLink link{options.url.host(), static_cast<quint16>(options.url.port(443)), response.meetingId,
        options.pinnedFingerprint};
    organizerKey = response.organizerKey;
    join({response.meetingId, {}, {}, response.organizerKey});
    Q_EMIT q->meetingCreated(response.link.value_or(link));
}

void SignalingClient::Private::onResponse(const AddUserResponse& response, const Request::Body& request)
{
    const QString meetingId = std::get<AddUser>(request).meetingId;
    if (response.meetingId != meetingId) {
        refuseRequest(
            request, {ErrorCode::ParseFailed, QStringLiteral("the server answered for another meeting")});
    } else if (meetingId != wanted.meetingId) {
        this->request(DeleteUser{meetingId, entity});
    } else {
        isWaiting = false;
        iceServers = response.iceServers;
        tracker.start(meetingId);
        QTimer::singleShot(options.requestTimeout, this, [this, meetingId] {
            if (!isJoined && wanted.meetingId == meetingId && tracker.roster().meetingId == meetingId)
                refuseRequest(
                    AddUser{meetingId, entity}, {ErrorCode::Timeout, QStringLiteral("no roster came")});
        });
    }
}

// Roster

void SignalingClient::Private::handle(const ConferenceInfo& info)
{
    const Roster before = tracker.roster();
    switch (tracker.apply(info)) {
    case RosterTracker::Outcome::Applied:
        onRosterApplied(before);
        break;
    case RosterTracker::Outcome::Gap:
        qCInfo(logSignaling) << "Missed something of the roster, asking for all of it";
        request(GetConference{info.meetingId});
        break;
    case RosterTracker::Outcome::Ended:
        if (info.reason == ErrorCode::Removed)
            endMeeting(info.reason, QStringLiteral("a presenter has taken us out of the meeting"));
        else
            endMeeting(ErrorCode::Gone, QStringLiteral("the meeting was ended"));
        break;
    case RosterTracker::Outcome::Ignored:
        break;
    }
}

void SignalingClient::Private::onRosterApplied(const Roster& before)
{
    const Roster now = tracker.roster();
    if (!now.find(entity)) {
        endMeeting(ErrorCode::Gone, QStringLiteral("we were taken out of the meeting"));
        return;
    }
    for (const Participant& each : before.participants) {
        if (!now.find(each.entity))
            calls.forget(each.entity);
    }
    if (connection.isAway()) { // the server had forgotten us
        calls.start(entity);
        onReturned(0);
    }
    if (isJoined) {
        Q_EMIT q->rosterChanged(now);
        checkSharing(before);
        return;
    }
    isJoined = true;
    calls.start(entity);
    chat.start(now.meetingId);
    connection.setPersistent(true);
    Q_EMIT q->joined(now);
}

void SignalingClient::Private::endMeeting(ErrorCode code, const QString& why)
{
    forgetMeeting();
    Q_EMIT q->meetingEnded({code, why});
}

// SignalingClient

SignalingClient::SignalingClient(QObject* parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this))
{
}

SignalingClient::~SignalingClient()
{
    disconnectFromServer();
}

void SignalingClient::connectToServer(const Options& options)
{
    disconnectFromServer();
    const auto name = normalizedDisplayName(options.displayName);
    const bool isUsable = name && options.url.isValid() && options.url.scheme() == QLatin1StringView("wss")
        && !options.url.host().isEmpty();
    m_d->options = options;
    m_d->options.displayName = name.value_or(QString());
    if (isUsable) {
        m_d->connection.open({{options.url, options.pinnedFingerprint, options.connectTimeout,
                                  options.pingInterval, options.silenceTimeout},
            options.reconnectFor});
        return;
    }
    const Error error(ErrorCode::InvalidArgument,
        name ? QStringLiteral("the server's address is not usable")
             : QStringLiteral("the display name is not usable"));
    QTimer::singleShot(0, this, [this, error] { Q_EMIT connectionFailed(error); });
}

void SignalingClient::disconnectFromServer()
{
    m_d->leave();
    m_d->connection.close();
    m_d->reset();
}

void SignalingClient::checkConnection()
{
    m_d->connection.check();
}

void SignalingClient::sendOffer(const QString& to, const QString& callId, const SessionDescription& offer)
{
    m_d->calls.sendOffer(to, callId, offer);
}

void SignalingClient::sendAnswer(const QString& to, const QString& callId, const SessionDescription& answer)
{
    m_d->calls.sendAnswer(to, callId, answer);
}

void SignalingClient::sendCandidate(const QString& to, const QString& callId, const QByteArray& candidate)
{
    m_d->calls.sendCandidates(to, callId, {{canonicalCandidate(candidate)}, false});
}

void SignalingClient::sendEndOfCandidates(const QString& to, const QString& callId)
{
    m_d->calls.sendCandidates(to, callId, {{}, true});
}

void SignalingClient::sendBye(const QString& to, const QString& callId, ErrorCode code, const QString& text)
{
    m_d->calls.sendBye(to, callId, code, text);
}

MeetingChat& SignalingClient::chat()
{
    return m_d->chat;
}

QString SignalingClient::entity() const
{
    return m_d->entity;
}

const Roster& SignalingClient::roster() const
{
    return m_d->tracker.roster();
}

} // namespace sightline
