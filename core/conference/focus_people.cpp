#include "core/conference/focus_client.h"

#include <utility>

namespace sightline {
namespace {

Error tooOften(const char* why)
{
    return {ErrorCode::TooOften, QString::fromLatin1(why)};
}

} // namespace

// Presence

Focus::Answer Focus::answer(Client& client, const SetPresence& request, TimePoint now)
{
    if (!m_settings.hasPresence)
        return Error(ErrorCode::NotAllowed, QStringLiteral("this server shows nobody to anybody"));
    if (!client.presenceChanges.take(1, now))
        return tooOften("too many changes of presence");
    const bool isNew = !m_presence.contains(client.entity);
    if (isNew && m_presence.isFull())
        return Error(ErrorCode::TooLarge, QStringLiteral("the list of people is full"));
    client.awaitsPeople = isNew;
    if (const auto update = m_presence.set({client.entity, client.displayName, request.availability}))
        sendToPeople(*update, isNew ? client.entity : QString());
    return Response::Body(SetPresenceResponse{});
}

Focus::Answer Focus::answer(Client& client, const GetPresence&, TimePoint now)
{
    if (!m_presence.contains(client.entity))
        return Error(ErrorCode::NotAllowed, QStringLiteral("who wants to see others lets itself be seen"));
    if (!client.presenceChanges.take(1, now))
        return tooOften("too many questions for the list of people");
    return Response::Body(GetPresenceResponse{});
}

void Focus::sendToPeople(const PresenceInfo& update, const QString& except)
{
    const QByteArray document = serialize(update);
    for (const Person& person : m_presence.persons()) {
        if (person.entity != except)
            m_sink.send(m_entities.at(person.entity), document);
    }
}

void Focus::vanish(Client& client)
{
    const auto update = m_presence.remove(client.entity);
    if (!update)
        return;
    sendToPeople(*update, {});
    for (const auto& entry : m_invitations.takeOf(client.entity))
        endInvitation(entry, {ErrorCode::Gone, QStringLiteral("the other person has left")});
}

// Invitations

void Focus::handle(Client& client, const InvitationDocument& invitation, TimePoint now)
{
    if (client.entity.isEmpty())
        return fail(client, 0, {ErrorCode::NotAllowed, QStringLiteral("sign in first")});
    const Result<void> passed
        = std::visit([&](const auto& body) { return pass(client, invitation, body, now); }, invitation.body);
    if (passed)
        return;
    InvitationDocument refusal{invitation.to, client.entity, invitation.id, {}};
    const QString text = passed.error().message();
    // Who invites is declined, who answers is told that there is nothing to answer.
    if (std::holds_alternative<Invite>(invitation.body))
        refusal.body = InviteDecline{passed.error().code(), text};
    else
        refusal.body = InviteCancel{passed.error().code(), text};
    send(client, refusal);
}

Result<void> Focus::pass(
    Client& client, const InvitationDocument& invitation, const Invite& invite, TimePoint now)
{
    const InvitationBook::Entry entry{client.entity, invitation.to, invitation.id};
    if (!m_presence.contains(client.entity))
        return Error(ErrorCode::NotAllowed, QStringLiteral("who wants to invite lets itself be seen"));
    if (!m_presence.contains(invitation.to) || invitation.to == client.entity)
        return Error(ErrorCode::Gone, QStringLiteral("no such person is here"));
    const auto meeting = m_meetings.find(invite.meetingId);
    if (meeting == m_meetings.end())
        return Error(ErrorCode::NotFound, QStringLiteral("no such meeting"));
    if (m_invitations.countFrom(client.entity) >= m_settings.limits.invitationsPerConnection)
        return Error(ErrorCode::TooLarge, QStringLiteral("too many invitations are open"));
    if (!client.invitations.take(1, now))
        return tooOften("too many invitations");
    if (!m_invitations.open(entry, now + m_settings.limits.invitation))
        return Error(ErrorCode::InvalidArgument, QStringLiteral("there is an invitation of this name"));
    send(*clientOf(invitation.to),
        InvitationDocument{client.entity, invitation.to, invitation.id,
            Invite{
                invite.meetingId, client.displayName, meeting->second->subject(), linkOf(invite.meetingId)}});
    return {};
}

Result<void> Focus::pass(
    Client& client, const InvitationDocument& invitation, const InviteAccept& accept, TimePoint)
{
    if (!m_invitations.close({invitation.to, client.entity, invitation.id}))
        return Error(ErrorCode::Gone, QStringLiteral("no such invitation is open"));
    send(*clientOf(invitation.to), InvitationDocument{client.entity, invitation.to, invitation.id, accept});
    return {};
}

Result<void> Focus::pass(
    Client& client, const InvitationDocument& invitation, const InviteDecline& decline, TimePoint)
{
    // Of one that is over nobody wants to hear.
    if (m_invitations.close({invitation.to, client.entity, invitation.id}))
        send(*clientOf(invitation.to),
            InvitationDocument{client.entity, invitation.to, invitation.id, decline});
    return {};
}

Result<void> Focus::pass(
    Client& client, const InvitationDocument& invitation, const InviteCancel& cancel, TimePoint)
{
    if (m_invitations.close({client.entity, invitation.to, invitation.id}))
        send(*clientOf(invitation.to),
            InvitationDocument{client.entity, invitation.to, invitation.id, cancel});
    return {};
}

void Focus::expireInvitations(TimePoint now)
{
    for (const auto& entry : m_invitations.takeExpired(now))
        endInvitation(entry, {ErrorCode::Timeout, QStringLiteral("nobody answered in time")});
}

/// Tells those of the two who are still there.
void Focus::endInvitation(const InvitationBook::Entry& entry, const Error& why)
{
    if (const Client* const inviter = clientOf(entry.from))
        send(*inviter,
            InvitationDocument{entry.to, entry.from, entry.id, InviteDecline{why.code(), why.message()}});
    if (const Client* const invited = clientOf(entry.to))
        send(*invited,
            InvitationDocument{entry.from, entry.to, entry.id, InviteCancel{why.code(), why.message()}});
}

// Messages

Focus::Answer Focus::answer(Client& client, const SendMessage& request, TimePoint now)
{
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return Error(ErrorCode::NotAllowed, QStringLiteral("not in this meeting"));
    if (!client.messages.take(1, now))
        return tooOften("too many messages");
    return Response::Body(SendMessageResponse{});
}

/// After the response, so that the sender knows that it was taken before it sees it among the others.
void Focus::deliver(Client& client, const SendMessage& request)
{
    const ChatMessage& message = client.meeting->log().add({.meetingId = client.meeting->id(),
        .from = client.entity,
        .senderName = client.displayName,
        .time = m_settings.wallClock(),
        .text = request.text});
    const QByteArray document = serialize(message);
    for (const Participant& participant : client.meeting->roster().participants) {
        if (const Client* const reader = clientOf(participant.entity))
            m_sink.send(reader->connection, document);
    }
}

void Focus::sendMessages(const Client& client)
{
    for (const ChatMessage& message : client.meeting->log().messages())
        send(client, message);
}

} // namespace sightline
