#include "core/conference/focus.h"

#include "core/base/log.h"
#include "core/conference/focus_client.h"
#include "core/conference/random_name.h"

#include <algorithm>
#include <utility>

namespace sightline {
Focus::Focus(Sink& sink, Settings settings)
    : m_sink(sink)
    , m_settings(std::move(settings))
{
}

Focus::~Focus() = default;

void Focus::opened(ConnectionId connection, TimePoint now, const QString& address)
{
    const ServerLimits& limits = m_settings.limits;
    m_clients.emplace(connection,
        std::make_unique<Client>(Client{.connection = connection,
            .documents = TokenBucket(limits.documentsPerSecond, limits.documentsBurst, now),
            .messages = TokenBucket(limits.messagesPerSecond, limits.messagesBurst, now),
            .invitations = TokenBucket(limits.invitationsPerSecond, limits.invitationsBurst, now),
            .presenceChanges = TokenBucket(limits.presencePerSecond, limits.presenceBurst, now),
            .address = address}));
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
    leaveLobby(*found->second);
    if (!keepAbsent(*found->second, now))
        remove(*found->second, now);
}

void Focus::removeExpired(TimePoint now)
{
    removeAbsent(now);
    expireMeetings(now);
}

std::size_t Focus::participantCount() const
{
    std::size_t count = 0;
    for (const auto& [id, meeting] : m_meetings)
        count += static_cast<std::size_t>(meeting->roster().participants.size());
    return count;
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
    if (std::holds_alternative<AddUserPending>(*result))
        client.lobbyRequest = request.id;
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

void Focus::handle(Client& client, const CallDocument& call, TimePoint)
{
    if (client.entity.isEmpty())
        return fail(client, 0, notAllowed("sign in first"));
    ++client.callsReceived;
    if (!mayCall(client, call))
        return;
    CallDocument forwarded = call;
    forwarded.from = client.entity;
    if (Client* const peer = clientOf(call.to))
        sendCall(*peer, forwarded);
    else
        sendToServer(*client.meeting, SharingCall{client.meeting->id(), forwarded});
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
    const bool isForServer = client.meeting && client.meeting->place().entity == call.to;
    const bool isForPeer = client.meeting && peer && peer != &client && peer->meeting == client.meeting;
    if (!isForServer && !isForPeer) {
        if (isOffer || std::holds_alternative<CallAnswer>(call.body))
            return refuse(ErrorCode::Gone, "not in the meeting");
        return false;
    }
    if (isOffer && !client.calls.open(call.to, call.callId, m_settings.limits.callsPerConnection))
        return refuse(ErrorCode::Busy, "too many calls are open");
    if (std::holds_alternative<CallBye>(call.body)) {
        client.calls.close(call.to, call.callId);
        if (peer)
            peer->calls.close(client.entity, call.callId);
    }
    return true;
}

/// The calls that somebody has offered to other participants end, and both sides are told.
void Focus::endCalls(const QString& entity, ErrorCode code, const QString& text)
{
    Client* const caller = clientOf(entity);
    if (!caller)
        return;
    for (const auto& [peer, callId] : caller->calls.all()) {
        const CallBye bye{code, text};
        Client* const other = clientOf(peer);
        if (!other)
            continue; // the sharing server ends its legs itself
        sendCall(*caller, {peer, entity, callId, bye});
        sendCall(*other, {entity, peer, callId, bye});
        caller->calls.close(peer, callId);
    }
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
    if (update.version == 0)
        return;
    m_changed.insert(meeting.id());
    const QByteArray document = serialize(update);
    for (const Participant& participant : meeting.roster().participants) {
        const auto found = m_entities.find(participant.entity); // RDP clients have no connection here
        if (participant.entity != except && found != m_entities.end())
            m_sink.send(found->second, document);
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
