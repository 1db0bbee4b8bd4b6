#include "core/base/log.h"
#include "core/conference/focus_client.h"
#include "core/conference/random_name.h"
#include "core/conference/secrets.h"

#include <algorithm>
#include <utility>

// Which server carries a meeting's picture, what it is told, and what it tells (SHARING.md).

namespace sightline {

bool Focus::needsServer(const Meeting& meeting) const
{
    const auto& participants = meeting.roster().participants;
    const bool isAnyIndirect = std::any_of(participants.begin(), participants.end(),
        [](const Participant& one) { return !one.capabilities.contains("direct"); });
    constexpr qsizetype kTooManyForDirect = 3;
    return meeting.roster().sharer() && (participants.size() >= kTooManyForDirect || isAnyIndirect);
}

void Focus::considerServer(Meeting& meeting, const QString& except)
{
    if (meeting.place().entity.isEmpty() && needsServer(meeting))
        useServer(meeting, except);
}

/// False: there is none. A meeting that has one keeps it. `except` gets the whole roster anyway.
bool Focus::useServer(Meeting& meeting, const QString& except)
{
    if (meeting.place().server)
        return true;
    const auto server = m_sink.pickSharing();
    if (!server)
        return false;
    const auto update = meeting.setPlace({server, QStringLiteral("urn:sightline:sharing:") + randomName()});
    fillServer(meeting);
    broadcast(meeting, update, except);
    audit(meeting, "uses server", {}, QString::number(*server));
    return true;
}

/// Everything that a sharing server must know of a meeting, from nothing.
void Focus::fillServer(const Meeting& meeting)
{
    sendToServer(meeting, SharingAddConference{meeting.id(), meeting.place().entity});
    tellSharer(meeting);
}

void Focus::sendToServer(const Meeting& meeting, const SharingRequest::Body& body)
{
    if (meeting.place().server)
        m_sink.sendToSharing(*meeting.place().server, body);
}

SharingUser Focus::sharingUser(const Meeting& meeting, const Participant& participant) const
{
    return {.entity = participant.entity,
        .number = participant.number,
        .displayName = participant.displayName,
        .role = participant.role,
        .capabilities = participant.capabilities,
        .mayView = meeting.mayView(participant.entity),
        .mayControl = participant.mayControl,
        .mayShare = participant.sharing == Participant::Sharing::Sharer};
}

void Focus::tellUser(const Meeting& meeting, const QString& entity)
{
    sendToServer(meeting, SharingPutUser{meeting.id(), sharingUser(meeting, *meeting.roster().find(entity))});
}

void Focus::tellUsers(const Meeting& meeting)
{
    for (const Participant& participant : meeting.roster().participants)
        tellUser(meeting, participant.entity);
}

/// The rights of everybody change with who shares.
void Focus::tellSharer(const Meeting& meeting)
{
    tellUsers(meeting);
    const Participant* const sharer = meeting.roster().sharer();
    sendToServer(meeting, SharingSetSharer{meeting.id(), sharer ? sharer->entity : QString()});
}

void Focus::sharingLost(SharingId server, TimePoint now)
{
    for (const auto& [id, meeting] : m_meetings) {
        if (meeting->place().server != server)
            continue;
        qCWarning(logConference).noquote() << "Meeting" << id << "loses its sharing server";
        // To one that drains; a dead one hears nothing.
        sendToServer(*meeting, SharingDeleteConference{id});
        dropGuestsOf(*meeting, now);
        meeting->losePlace();
        useServer(*meeting);
    }
}

void Focus::sharingFound(TimePoint)
{
    for (const auto& [id, meeting] : m_meetings) {
        const bool hadOne = !meeting->place().entity.isEmpty();
        if (!meeting->place().server && (hadOne || needsServer(*meeting)))
            useServer(*meeting);
    }
}

/// RDP clients are connected to the server that their meeting has left.
void Focus::dropGuestsOf(const Meeting& meeting, TimePoint now)
{
    QStringList gone;
    for (const auto& [entity, guest] : m_guests) {
        if (guest->meeting == &meeting)
            gone.append(entity);
    }
    for (const QString& entity : gone) {
        Meeting& theirs = *m_guests.at(entity)->meeting;
        if (theirs.contains(entity))
            takeOut(theirs, entity, "left", now);
        else
            broadcast(theirs, theirs.stopWaiting(entity));
        m_guests.erase(entity);
    }
}

// Notifications

void Focus::sharingNotified(SharingId server, const SharingNotification::Body& notification, TimePoint now)
{
    std::visit([&](const auto& body) { onSharing(server, body, now); }, notification);
}

/// Nothing when this server does not have the meeting (any more).
Meeting* Focus::meetingOn(SharingId server, const QString& meetingId)
{
    const auto found = m_meetings.find(meetingId);
    return found != m_meetings.end() && found->second->place().server == server ? found->second.get()
                                                                                : nullptr;
}

void Focus::onSharing(SharingId server, const SharingMedia& media, TimePoint)
{
    Meeting* const meeting = meetingOn(server, media.meetingId);
    if (!meeting || !meeting->contains(media.entity))
        return;
    if (media.media == Participant::Sharing::Viewer)
        audit(*meeting, "sees", media.entity);
    // Participants with a client of ours say it themselves.
    if (m_guests.contains(media.entity) && media.media != Participant::Sharing::Sharer) {
        if (const auto update = meeting->setSharing(media.entity, media.media))
            broadcast(*meeting, *update);
    }
}

void Focus::onSharing(SharingId server, const SharingController& controller, TimePoint)
{
    Meeting* const meeting = meetingOn(server, controller.meetingId);
    if (!meeting || !(controller.entity.isEmpty() || meeting->contains(controller.entity)))
        return;
    const ConferenceInfo update = meeting->setController(controller.entity);
    broadcast(*meeting, update);
    if (update.version != 0)
        audit(*meeting, controller.entity.isEmpty() ? "nobody controls" : "controls", controller.entity);
}

void Focus::onSharing(SharingId server, const SharingCall& call, TimePoint)
{
    Meeting* const meeting = meetingOn(server, call.meetingId);
    Client* const client = clientOf(call.call.to);
    if (!meeting || !client || client->meeting != meeting || call.call.from != meeting->place().entity)
        return;
    if (std::holds_alternative<CallBye>(call.call.body))
        client->calls.close(call.call.from, call.call.callId);
    sendCall(*client, call.call);
}

void Focus::onSharing(SharingId server, const SharingRdpJoin& join, TimePoint now)
{
    const auto guest = letKnock(server, join, now);
    if (!guest) {
        m_sink.sendToSharing(
            server, SharingAnswerRdpJoin{join.joinId, {}, guest.error().code(), guest.error().message()});
        return;
    }
    Meeting& meeting = *(*guest)->meeting;
    const QString entity = (*guest)->entity;
    if (meeting.roster().state.settings.hasLobby) {
        broadcast(meeting, meeting.wait({entity, join.displayName}, now + m_settings.limits.lobby));
        audit(meeting, "waits", entity, join.displayName);
        return;
    }
    if (const auto admitted = admitGuest(**guest); !admitted) {
        m_sink.sendToSharing(server,
            SharingAnswerRdpJoin{join.joinId, {}, admitted.error().code(), admitted.error().message()});
        m_guests.erase(entity);
    }
}

/// Checks what may keep an RDP client out, and brings its meeting to the server where it is.
Result<Focus::Guest*> Focus::letKnock(SharingId server, const SharingRdpJoin& join, TimePoint now)
{
    if (!addressOf(join.address, now).joins.take(1, now))
        return refusal(ErrorCode::TooOften, "too many joins from this address");
    const auto found = m_meetings.find(join.meetingId);
    if (found == m_meetings.end())
        return refusal(ErrorCode::NotFound, "no such meeting");
    Meeting& meeting = *found->second;
    if (const auto passcode = checkPasscode(meeting, join.address, join.passcode, now); !passcode)
        return passcode.error();
    if (meeting.roster().state.isLocked)
        return refusal(ErrorCode::Locked, "the meeting is locked");
    if (meeting.roster().state.settings.hasLobby && meeting.isLobbyFull())
        return refusal(ErrorCode::TooLarge, "too many wait in the lobby");
    if (!useServer(meeting) || meeting.place().server != server)
        return refusal(ErrorCode::Moved, "the meeting is on another server");
    auto guest = std::make_unique<Guest>(Guest{server, join.joinId,
        QStringLiteral("urn:sightline:user:") + randomName(), join.displayName, &meeting});
    return m_guests.emplace(guest->entity, std::move(guest)).first->second.get();
}

Result<void> Focus::admitGuest(Guest& guest)
{
    Meeting& meeting = *guest.meeting;
    const auto update = meeting.join(
        {.entity = guest.entity, .displayName = guest.displayName}, m_settings.limits.participants);
    if (!update)
        return update.error();
    broadcast(meeting, *update);
    audit(meeting, "joined", guest.entity, QStringLiteral("RDP"));
    tellUser(meeting, guest.entity);
    m_sink.sendToSharing(guest.server,
        SharingAnswerRdpJoin{guest.joinId, sharingUser(meeting, *meeting.roster().find(guest.entity))});
    return {};
}

void Focus::onSharing(SharingId server, const SharingRdpGone& gone, TimePoint now)
{
    const auto found = std::find_if(m_guests.begin(), m_guests.end(), [&](const auto& entry) {
        const Guest& guest = *entry.second;
        return guest.server == server
            && (gone.entity.isEmpty() ? guest.joinId == gone.joinId : guest.entity == gone.entity);
    });
    if (found == m_guests.end())
        return;
    Meeting& meeting = *found->second->meeting;
    const QString entity = found->first;
    m_guests.erase(found);
    if (meeting.contains(entity))
        takeOut(meeting, entity, "left", now);
    else
        broadcast(meeting, meeting.stopWaiting(entity));
}

} // namespace sightline
