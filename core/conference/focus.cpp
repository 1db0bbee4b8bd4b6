#include "core/conference/focus.h"

#include "core/base/log.h"
#include "core/conference/focus_client.h"
#include "core/conference/random_name.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

Error notAllowed(const char* why)
{
    return {ErrorCode::NotAllowed, QString::fromLatin1(why)};
}

} // namespace

Focus::Focus(Sink& sink, Settings settings)
    : m_sink(sink)
    , m_settings(std::move(settings))
{
}

Focus::~Focus() = default;

void Focus::opened(ConnectionId connection, TimePoint now)
{
    const ServerLimits& limits = m_settings.limits;
    m_clients.emplace(connection,
        std::make_unique<Client>(Client{.connection = connection,
            .documents = TokenBucket(limits.documentsPerSecond, limits.documentsBurst, now),
            .messages = TokenBucket(limits.messagesPerSecond, limits.messagesBurst, now),
            .invitations = TokenBucket(limits.invitationsPerSecond, limits.invitationsBurst, now),
            .presenceChanges = TokenBucket(limits.presencePerSecond, limits.presenceBurst, now)}));
}

void Focus::received(ConnectionId connection, const QByteArray& text, TimePoint now)
{
    const auto found = m_clients.find(connection);
    if (found == m_clients.end() || !takeDocument(*found->second, now))
        return;
    Client& client = *found->second;
    forgetFormerToken(client);
    const Result<Document> document = parseDocument(text);
    if (!document)
        return fail(client, requestIdOf(text), document.error());
    std::visit([&](const auto& kind) { handle(client, kind, now); }, *document);
}

void Focus::receivedBinary(ConnectionId connection, TimePoint now)
{
    const auto found = m_clients.find(connection);
    if (found != m_clients.end() && takeDocument(*found->second, now))
        fail(*found->second, 0, {ErrorCode::ParseFailed, QStringLiteral("a document is a text message")});
}

void Focus::closed(ConnectionId connection, TimePoint now)
{
    const auto found = m_clients.find(connection);
    if (found == m_clients.end())
        return;
    vanish(*found->second);
    if (!keepAbsent(*found->second, now))
        remove(*found->second, now);
}

void Focus::removeExpired(TimePoint now)
{
    removeAbsent(now);
    std::erase_if(m_meetings, [&](const auto& entry) {
        const auto since = entry.second->emptySince();
        return since && now - *since >= m_settings.limits.emptyMeeting;
    });
}

bool Focus::takeDocument(Client& client, TimePoint now)
{
    if (client.isClosing)
        return false;
    if (client.documents.take(1, now))
        return true;
    fail(client, 0, {ErrorCode::TooLarge, QStringLiteral("too many documents")});
    client.isClosing = true;
    m_sink.close(client.connection, CloseReason::TooManyDocuments);
    return false;
}

void Focus::handle(Client& client, const Request& request, TimePoint now)
{
    if (client.entity.isEmpty() && !std::holds_alternative<SignIn>(request.body))
        return fail(client, request.id, notAllowed("sign in first"));
    if (const auto* signIn = std::get_if<SignIn>(&request.body);
        signIn && resume(client, request.id, *signIn))
        return; // and `client` is no more
    const Answer result
        = std::visit([&](const auto& command) { return answer(client, command, now); }, request.body);
    if (!result)
        return fail(client, request.id, result.error());
    send(client, Response{.id = request.id, .body = *result});

    follow(client, request, *result);
    if (client.isClosing)
        m_sink.close(client.connection, CloseReason::Done);
}

/// What follows a response: see the commands in PROTOCOL.md.
void Focus::follow(Client& client, const Request& request, const Response::Body& answer)
{
    const bool hasJoined = std::holds_alternative<AddUserResponse>(answer);
    if (hasJoined || std::holds_alternative<GetConferenceResponse>(answer))
        sendRoster(client);
    if (hasJoined)
        sendMessages(client);
    if (std::exchange(client.awaitsPeople, false) || std::holds_alternative<GetPresenceResponse>(answer))
        send(client, m_presence.full());
    if (std::holds_alternative<SendMessageResponse>(answer))
        deliver(client, std::get<SendMessage>(request.body));
}

void Focus::handle(Client& client, const Response& response, TimePoint)
{
    fail(client, response.id, {ErrorCode::UnknownDocument, QStringLiteral("the focus asks nothing")});
}

void Focus::handle(Client& client, const ConferenceInfo&, TimePoint)
{
    fail(client, 0, {ErrorCode::UnknownDocument, QStringLiteral("only the focus sends rosters")});
}

void Focus::handle(Client& client, const PresenceInfo&, TimePoint)
{
    fail(client, 0, {ErrorCode::UnknownDocument, QStringLiteral("only the focus sends lists of people")});
}

void Focus::handle(Client& client, const ChatMessage&, TimePoint)
{
    fail(client, 0, {ErrorCode::UnknownDocument, QStringLiteral("messages are sent by the request")});
}

Focus::Answer Focus::answer(Client& client, const SignIn& signIn, TimePoint)
{
    if (!client.entity.isEmpty())
        return notAllowed("already signed in");
    if (signIn.protocol != kProtocolVersion) {
        client.isClosing = true;
        return Response::Body(Failure::versionMismatch(signIn.protocol, m_settings.product));
    }
    client.entity = QStringLiteral("urn:sightline:user:") + randomName();
    client.displayName = signIn.displayName;
    client.capabilities = signIn.capabilities;
    m_entities.emplace(client.entity, client.connection);
    m_sink.signedIn(client.connection);
    return Response::Body(SignInResponse{.entity = client.entity,
        .protocol = kProtocolVersion,
        .product = m_settings.product,
        .resume = newToken(client)});
}

Focus::Answer Focus::answer(Client& client, const AddConference& request, TimePoint now)
{
    if (client.meetingsCreated >= m_settings.limits.meetingsPerConnection)
        return Error(ErrorCode::TooLarge, QStringLiteral("this connection has created too many meetings"));
    if (!makeRoomForMeeting())
        return Error(ErrorCode::TooLarge, QStringLiteral("the server holds too many meetings"));
    ++client.meetingsCreated;
    const QString id = randomName();
    m_meetings.emplace(id, std::make_unique<Meeting>(id, request.subject, client.entity, now));
    return Response::Body(
        AddConferenceResponse{.meetingId = id, .subject = request.subject, .link = linkOf(id)});
}

Focus::Answer Focus::answer(Client& client, const AddUser& request, TimePoint)
{
    if (request.user != client.entity)
        return notAllowed("one can only join oneself");
    if (client.meeting)
        return notAllowed("already in a meeting");
    const auto found = m_meetings.find(request.meetingId);
    if (found == m_meetings.end())
        return Error(ErrorCode::NotFound, QStringLiteral("no such meeting"));
    Meeting& meeting = *found->second;
    const auto update = meeting.join(
        {.entity = client.entity, .displayName = client.displayName, .capabilities = client.capabilities},
        m_settings.limits.participants);
    if (!update)
        return update.error();
    client.meeting = &meeting;
    broadcast(meeting, *update, client.entity);
    return Response::Body(AddUserResponse{.meetingId = meeting.id(),
        .user = client.entity,
        .role = meeting.roster().find(client.entity)->role});
}

Focus::Answer Focus::answer(Client& client, const DeleteUser& request, TimePoint now)
{
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return notAllowed("not in this meeting");
    if (request.user != client.entity)
        return notAllowed("one can only remove oneself");
    leave(client, now);
    return Response::Body(DeleteUserResponse{});
}

Focus::Answer Focus::answer(Client& client, const GetConference& request, TimePoint)
{
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return notAllowed("not in this meeting");
    return Response::Body(GetConferenceResponse{});
}

Focus::Answer Focus::answer(Client& client, const ModifyEndpointMedia& request, TimePoint)
{
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return notAllowed("not in this meeting");
    if (request.user != client.entity)
        return notAllowed("one can only change oneself");
    const auto update = client.meeting->setSharing(client.entity, request.sharing);
    if (!update)
        return update.error();
    if (!update->users.isEmpty())
        broadcast(*client.meeting, *update, {});
    return Response::Body(ModifyEndpointMediaResponse{});
}

void Focus::handle(Client& client, const CallDocument& call, TimePoint)
{
    if (client.entity.isEmpty())
        return fail(client, 0, notAllowed("sign in first"));
    ++client.callsReceived;
    if (!mayCall(client, call))
        return;
    Client* const peer = clientOf(call.to);
    CallDocument forwarded = call;
    forwarded.from = client.entity;
    sendCall(*peer, forwarded);
}

/// Keeps the book of open calls, and answers what cannot be passed on.
bool Focus::mayCall(Client& client, const CallDocument& call)
{
    const bool isOffer = std::holds_alternative<CallOffer>(call.body);
    const auto refuse = [&](ErrorCode code, const char* text) {
        sendCall(client,
            CallDocument{.from = call.to,
                .to = client.entity,
                .callId = call.callId,
                .body = CallBye{.code = code, .text = QString::fromLatin1(text)}});
        return false;
    };
    Client* const peer = clientOf(call.to);
    if (!client.meeting || !peer || peer == &client || peer->meeting != client.meeting) {
        if (isOffer || std::holds_alternative<CallAnswer>(call.body))
            return refuse(ErrorCode::Gone, "not in the meeting");
        return false;
    }
    if (isOffer && !client.calls.open(call.to, call.callId, m_settings.limits.callsPerConnection))
        return refuse(ErrorCode::Busy, "too many calls are open");
    if (std::holds_alternative<CallBye>(call.body)) {
        client.calls.close(call.to, call.callId);
        peer->calls.close(client.entity, call.callId);
    }
    return true;
}

void Focus::leave(Client& client, TimePoint now)
{
    if (!client.meeting)
        return;
    Meeting& meeting = *std::exchange(client.meeting, nullptr);
    broadcast(meeting, meeting.leave(client.entity, now), {});
    // Its calls end with it (PROTOCOL.md, "Calls"): the others need no bye.
    client.calls.clear();
    for (const Participant& other : meeting.roster().participants)
        clientOf(other.entity)->calls.closeAll(client.entity);
}

/// When the server is full, the meeting that nobody has been in for the longest time goes.
bool Focus::makeRoomForMeeting()
{
    if (m_meetings.size() < m_settings.limits.meetings)
        return true;
    auto oldest = m_meetings.end();
    for (auto it = m_meetings.begin(); it != m_meetings.end(); ++it) {
        const auto since = it->second->emptySince();
        if (since && (oldest == m_meetings.end() || *since < *oldest->second->emptySince()))
            oldest = it;
    }
    if (oldest == m_meetings.end())
        return false;
    m_meetings.erase(oldest);
    return true;
}

void Focus::fail(const Client& client, quint32 requestId, const Error& error)
{
    qCDebug(logConference) << "Refused a document of connection" << client.connection << error.message();
    Failure failure;
    failure.code = error.code();
    failure.text = error.message().left(limits::kTextLength);
    send(client, Response{.id = requestId, .body = std::move(failure)});
}

void Focus::send(const Client& client, const Document& document)
{
    m_sink.send(client.connection, serialize(document));
}

void Focus::sendRoster(const Client& client)
{
    send(client, ConferenceInfo::full(client.meeting->roster()));
}

void Focus::broadcast(const Meeting& meeting, const ConferenceInfo& update, const QString& except)
{
    const QByteArray document = serialize(update);
    for (const Participant& participant : meeting.roster().participants) {
        if (participant.entity != except)
            m_sink.send(m_entities.at(participant.entity), document);
    }
}

Focus::Client* Focus::clientOf(const QString& entity)
{
    const auto found = m_entities.find(entity);
    return found == m_entities.end() ? nullptr : m_clients.at(found->second).get();
}

MeetingLink Focus::linkOf(const QString& meetingId) const
{
    return {.host = m_settings.baseUrl.host(),
        .port = static_cast<quint16>(m_settings.baseUrl.port(443)),
        .meetingId = meetingId,
        .certificateFingerprint = m_settings.pin};
}

} // namespace sightline
