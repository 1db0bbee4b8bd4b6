#include "core/conference/focus_client.h"
#include "core/conference/random_name.h"
#include "core/conference/secrets.h"

#include <algorithm>
#include <utility>

// Meetings from their creation to their end, and the way in and out of them.

namespace sightline {
namespace {

ConferenceInfo overFor(const Meeting& meeting, ErrorCode reason)
{
    ConferenceInfo over;
    over.state = ConferenceInfo::State::Deleted;
    over.meetingId = meeting.id();
    over.version = meeting.roster().version + 1;
    over.reason = reason;
    return over;
}

} // namespace

Focus::Answer Focus::answer(Client& client, const AddConference& request, TimePoint now)
{
    if (client.meetingsCreated >= m_settings.limits.meetingsPerConnection)
        return refusal(ErrorCode::TooLarge, "this connection has created too many meetings");
    if (!makeRoomForMeeting())
        return refusal(ErrorCode::TooLarge, "the server holds too many meetings");
    ++client.meetingsCreated;
    const QString id = randomName();
    const QString key = randomName();
    Meeting::Options options{.id = id,
        .subject = request.subject,
        .settings = request.settings,
        .passcodeHash = passcodeHash(id, request.passcode),
        .keyHash = secretHash(key),
        .creator = client.entity};
    if (request.expiresIn > 0)
        options.expiresAt = now + std::chrono::seconds(request.expiresIn);
    const auto& meeting = m_meetings.emplace(id, std::make_unique<Meeting>(std::move(options), now)).first;
    m_changed.insert(id);
    audit(*meeting->second, "created", client.entity, request.subject);
    return Response::Body(AddConferenceResponse{
        .meetingId = id, .subject = request.subject, .link = linkOf(id), .organizerKey = key});
}

/// When the server is full, the meeting that nobody has been in for the longest time goes.
bool Focus::makeRoomForMeeting()
{
    if (m_meetings.size() < m_settings.limits.meetings)
        return true;
    Meeting* oldest = nullptr;
    for (const auto& [id, meeting] : m_meetings) {
        const auto since = meeting->emptySince();
        if (since && (!oldest || *since < *oldest->emptySince()))
            oldest = meeting.get();
    }
    if (!oldest)
        return false;
    endMeeting(*oldest, "forgotten");
    return true;
}

Focus::Address& Focus::addressOf(const QString& address, TimePoint now)
{
    constexpr std::size_t kAddresses = 20'000;
    const ServerLimits& limits = m_settings.limits;
    if (m_addresses.size() >= kAddresses && !m_addresses.contains(address))
        m_addresses.clear(); // more than that are no people, and forgetting costs less than remembering
    auto& entry = m_addresses[address];
    if (!entry)
        entry = std::make_unique<Address>(Address{TokenBucket(limits.joinsPerSecond, limits.joinsBurst, now),
            TokenBucket(limits.wrongPasscodesPerSecond, limits.wrongPasscodesBurst, now), now});
    entry->lastSeen = now;
    return *entry;
}

/// Each wrong one costs; who has none left is not even told whether this one was right.
Result<void> Focus::checkPasscode(
    const Meeting& meeting, const QString& address, const QString& passcode, TimePoint now)
{
    const QByteArray& expected = meeting.options().passcodeHash;
    if (expected.isEmpty())
        return {};
    if (passcode.isEmpty())
        return refusal(ErrorCode::WrongPasscode, "the meeting has a passcode");
    const ServerLimits& limits = m_settings.limits;
    TokenBucket& ofAddress = addressOf(address, now).wrongPasscodes;
    TokenBucket& ofMeeting
        = m_guesses.try_emplace(meeting.id(), limits.guessesPerSecond, limits.guessesBurst, now)
              .first->second;
    if (!ofAddress.take(1, now))
        return refusal(ErrorCode::TooOften, "too many wrong passcodes from this address");
    if (!ofMeeting.take(1, now)) {
        ofAddress.giveBack(1);
        return refusal(ErrorCode::TooOften, "too many wrong passcodes for this meeting");
    }
    if (!equalSecrets(expected, passcodeHash(meeting.id(), passcode)))
        return refusal(ErrorCode::WrongPasscode, "that is not the passcode");
    ofAddress.giveBack(1);
    ofMeeting.giveBack(1);
    return {};
}

/// What keeps somebody out who is not the organizer.
Result<void> Focus::checkDoor(Meeting& meeting, const QString& address, const AddUser& request, TimePoint now)
{
    if (!request.key.isEmpty()) {
        const bool isKey = equalSecrets(meeting.options().keyHash, secretHash(request.key));
        if (isKey)
            meeting.addOrganizer(request.user);
    }
    if (meeting.isOrganizer(request.user))
        return {};
    if (const auto passcode = checkPasscode(meeting, address, request.passcode, now); !passcode)
        return passcode.error();
    if (meeting.roster().state.isLocked)
        return refusal(ErrorCode::Locked, "the meeting is locked");
    return {};
}

Focus::Answer Focus::answer(Client& client, const AddUser& request, TimePoint now)
{
    if (request.user != client.entity)
        return notAllowed("one can only join oneself");
    if (client.meeting || client.lobby)
        return notAllowed("already in a meeting");
    if (!addressOf(client.address, now).joins.take(1, now))
        return refusal(ErrorCode::TooOften, "too many joins from this address");
    const auto found = m_meetings.find(request.meetingId);
    if (found == m_meetings.end())
        return refusal(ErrorCode::NotFound, "no such meeting");
    Meeting& meeting = *found->second;
    if (const auto door = checkDoor(meeting, client.address, request, now); !door)
        return door.error();
    const bool mustWait = !meeting.isOrganizer(client.entity)
        && (meeting.roster().state.settings.hasLobby || meeting.isBanned(client.entity));
    if (!mustWait) {
        const auto entered = enter(client, meeting);
        return entered ? Answer(Response::Body(*entered)) : Answer(entered.error());
    }
    if (meeting.isLobbyFull())
        return refusal(ErrorCode::TooLarge, "too many wait in the lobby");
    client.lobby = &meeting;
    broadcast(meeting, meeting.wait({client.entity, client.displayName}, now + m_settings.limits.lobby));
    audit(meeting, "waits", client.entity, client.displayName);
    return Response::Body(AddUserPending{meeting.id()});
}

Result<AddUserResponse> Focus::enter(Client& client, Meeting& meeting)
{
    const auto update = meeting.join(
        {.entity = client.entity, .displayName = client.displayName, .capabilities = client.capabilities},
        m_settings.limits.participants);
    if (!update)
        return update.error();
    client.meeting = &meeting;
    broadcast(meeting, *update, client.entity);
    audit(meeting, "joined", client.entity, client.address);
    tellUser(meeting, client.entity);
    considerServer(meeting, client.entity);
    return AddUserResponse{.meetingId = meeting.id(),
        .user = client.entity,
        .role = meeting.roster().find(client.entity)->role,
        .iceServers
        = iceServersFor(m_settings.iceUris, m_settings.turnSecret, client.entity, m_settings.wallClock())};
}

Focus::Answer Focus::answer(Client& client, const AdmitUser& request, TimePoint)
{
    const auto presenter = presenterOf(client, request.meetingId);
    if (!presenter)
        return presenter.error();
    Meeting& meeting = **presenter;
    if (!meeting.isWaiting(request.user))
        return refusal(ErrorCode::NotFound, "nobody of this name waits");
    audit(meeting, request.isAllowed ? "admitted" : "declined", request.user, client.displayName);
    if (!request.isAllowed) {
        refuseWaiting(meeting, request.user, refusal(ErrorCode::Declined, "a presenter said no"));
        return Response::Body(AdmitUserResponse{});
    }
    broadcast(meeting, meeting.stopWaiting(request.user));
    meeting.pardon(request.user);
    if (const auto guest = m_guests.find(request.user); guest != m_guests.end()) {
        const auto admitted = admitGuest(*guest->second);
        return admitted ? Answer(Response::Body(AdmitUserResponse{})) : Answer(admitted.error());
    }
    Client& admitted = *clientOf(request.user);
    admitted.lobby = nullptr;
    const auto entered = enter(admitted, meeting);
    if (!entered) {
        fail(admitted, admitted.lobbyRequest, entered.error());
        return entered.error();
    }
    send(admitted, Response{.id = admitted.lobbyRequest, .body = *entered});
    sendRoster(admitted);
    sendMessages(admitted);
    return Response::Body(AdmitUserResponse{});
}

void Focus::refuseWaiting(Meeting& meeting, const QString& entity, const Error& why)
{
    broadcast(meeting, meeting.stopWaiting(entity));
    if (const auto guest = m_guests.find(entity); guest != m_guests.end()) {
        m_sink.sendToSharing(guest->second->server,
            SharingAnswerRdpJoin{guest->second->joinId, {}, why.code(), why.message()});
        m_guests.erase(guest);
    } else if (Client* const client = clientOf(entity)) {
        client->lobby = nullptr;
        fail(*client, client->lobbyRequest, why);
    }
}

/// Its connection has ended, or it does not want to wait any more.
void Focus::leaveLobby(Client& client)
{
    if (Meeting* const meeting = std::exchange(client.lobby, nullptr))
        broadcast(*meeting, meeting->stopWaiting(client.entity));
}

Focus::Answer Focus::answer(Client& client, const DeleteUser& request, TimePoint now)
{
    if (client.lobby && client.lobby->id() == request.meetingId && request.user == client.entity) {
        leaveLobby(client);
        fail(client, client.lobbyRequest, refusal(ErrorCode::Cancelled, "given up"));
        return Response::Body(DeleteUserResponse{});
    }
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return notAllowed("not in this meeting");
    if (request.user == client.entity) {
        leave(client, now);
        return Response::Body(DeleteUserResponse{});
    }
    Meeting& meeting = *client.meeting;
    if (!meeting.isPresenter(client.entity))
        return notAllowed("only presenters remove others");
    if (!meeting.contains(request.user))
        return refusal(ErrorCode::NotFound, "nobody of this name is in the meeting");
    if (meeting.isOrganizer(request.user))
        return notAllowed("the organizer stays");
    meeting.ban(request.user);
    if (Client* const removed = clientOf(request.user)) {
        leave(*removed, now, "removed");
        send(*removed, overFor(meeting, ErrorCode::Removed));
    } else {
        takeOut(meeting, request.user, "removed", now);
        m_guests.erase(request.user);
    }
    return Response::Body(DeleteUserResponse{});
}

void Focus::leave(Client& client, TimePoint now, const char* event)
{
    if (!client.meeting)
        return;
    Meeting& meeting = *std::exchange(client.meeting, nullptr);
    takeOut(meeting, client.entity, event, now);
    // Its calls end with it (PROTOCOL.md, "Calls"): the others need no bye.
    client.calls.clear();
}

void Focus::takeOut(Meeting& meeting, const QString& entity, const char* event, TimePoint now)
{
    audit(meeting, event, entity);
    const bool wasSharer = meeting.roster().find(entity)->sharing == Participant::Sharing::Sharer;
    broadcast(meeting, meeting.leave(entity, now));
    for (const Participant& other : meeting.roster().participants) {
        if (Client* const peer = clientOf(other.entity))
            peer->calls.closeAll(entity);
    }
    sendToServer(meeting, SharingDeleteUser{meeting.id(), entity});
    if (wasSharer)
        tellSharer(meeting);
}

Focus::Answer Focus::answer(Client& client, const DeleteConference& request, TimePoint)
{
    if (!client.meeting || client.meeting->id() != request.meetingId)
        return notAllowed("not in this meeting");
    if (!client.meeting->isOrganizer(client.entity))
        return notAllowed("only the organizer ends the meeting");
    endMeeting(*client.meeting, "ended");
    return Response::Body(DeleteConferenceResponse{});
}

/// INVARIANT: nobody uses `meeting` afterwards.
void Focus::endMeeting(Meeting& meeting, const char* why)
{
    const QString id = meeting.id();
    audit(meeting, why, {});
    while (!meeting.roster().state.lobby.isEmpty())
        refuseWaiting(meeting, meeting.roster().state.lobby.first().entity,
            refusal(ErrorCode::NotFound, "the meeting was ended"));
    broadcast(meeting, overFor(meeting, ErrorCode::Gone));
    for (const Participant& participant : meeting.roster().participants) {
        if (Client* const client = clientOf(participant.entity)) {
            client->meeting = nullptr;
            client->calls.clear();
        }
        m_guests.erase(participant.entity);
    }
    sendToServer(meeting, SharingDeleteConference{id});
    m_guesses.erase(id);
    m_changed.remove(id);
    if (m_settings.store)
        m_settings.store->remove(id);
    m_meetings.erase(id);
}

void Focus::expireMeetings(TimePoint now)
{
    const ServerLimits& limits = m_settings.limits;
    const auto isOlder = [now](const std::optional<TimePoint>& since, std::chrono::milliseconds age) {
        return since && now - *since >= age;
    };
    QStringList over;
    for (const auto& [id, meeting] : m_meetings) {
        for (const QString& late : meeting->waitedTooLong(now))
            refuseWaiting(*meeting, late, refusal(ErrorCode::Timeout, "nobody let you in in time"));
        const auto& expiry = meeting->options().expiresAt;
        if (isOlder(meeting->emptySince(), limits.emptyMeeting)
            || isOlder(meeting->abandonedSince(), limits.abandonedMeeting) || (expiry && *expiry <= now))
            over.append(id);
    }
    for (const QString& id : over)
        endMeeting(*m_meetings.at(id), "expired");
    std::erase_if(m_addresses,
        [now](const auto& entry) { return now - entry.second->lastSeen > std::chrono::minutes(10); });
}

} // namespace sightline
