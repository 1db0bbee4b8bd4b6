#include "core/conference/focus_client.h"

#include <algorithm>
#include <utility>

// What outlives the process: meetings, who is in them, and the audit log.

namespace sightline {
namespace {

/// Restored participants have no connection yet; no real one gets so high a number.
constexpr Focus::ConnectionId kFirstRestored = Focus::ConnectionId(1) << 62;

std::chrono::milliseconds until(const QDateTime& time, const QDateTime& now)
{
    return std::chrono::milliseconds(now.msecsTo(time));
}

} // namespace

void Focus::restore(const QList<StoredMeeting>& meetings, TimePoint now)
{
    for (const StoredMeeting& stored : meetings)
        restore(stored, now);
}

void Focus::restore(const StoredMeeting& stored, TimePoint now)
{
    Meeting::Options options{.id = stored.id,
        .subject = stored.subject,
        .settings = stored.settings,
        .passcodeHash = stored.passcodeHash,
        .keyHash = stored.keyHash,
        .creator = stored.creator};
    if (stored.expiresAt.isValid())
        options.expiresAt = now + until(stored.expiresAt, m_settings.wallClock());
    auto meeting = std::make_unique<Meeting>(std::move(options), now);
    meeting->setNumbers(stored.nextNumber);
    if (stored.isLocked)
        (void)meeting->modify({.meetingId = stored.id, .isLocked = true}, {});
    for (const StoredParticipant& each : stored.participants) {
        const Participant& participant = each.participant;
        if (participant.entity.isEmpty() || each.tokenHash.isEmpty()
            || m_entities.contains(participant.entity))
            continue; // an RDP client cannot come back as the one that it was
        meeting->restore(participant, each.mayView, each.isOrganizer, now);
        const ConnectionId connection = kFirstRestored + m_entities.size();
        opened(connection, now);
        Client& client = *m_clients.at(connection);
        client.entity = participant.entity;
        client.displayName = participant.displayName;
        client.capabilities = participant.capabilities;
        client.meeting = meeting.get();
        client.resumeToken = each.tokenHash;
        client.isRestored = true;
        client.absentSince = now;
        m_entities.emplace(client.entity, connection);
        m_tokens.emplace(client.resumeToken, client.entity);
        m_absent.push_back(client.entity);
    }
    // Its former sharing server may still carry it, under this entity.
    if (!stored.sharingEntity.isEmpty())
        (void)meeting->setPlace({{}, stored.sharingEntity});
    m_meetings.emplace(stored.id, std::move(meeting));
}

StoredMeeting Focus::stored(const Meeting& meeting) const
{
    const Roster& roster = meeting.roster();
    StoredMeeting stored{.id = meeting.id(),
        .subject = roster.subject,
        .settings = roster.state.settings,
        .isLocked = roster.state.isLocked,
        .passcodeHash = meeting.options().passcodeHash,
        .keyHash = meeting.options().keyHash,
        .creator = meeting.options().creator,
        .expiresAt = {},
        .nextNumber = meeting.nextNumber(),
        .sharingEntity = meeting.place().entity,
        .participants = {}};
    if (const auto expiry = meeting.options().expiresAt)
        stored.expiresAt = m_settings.wallClock().addMSecs(
            std::chrono::duration_cast<std::chrono::milliseconds>(*expiry - Clock::now()).count());
    for (const Participant& participant : roster.participants) {
        const auto connection = m_entities.find(participant.entity);
        const QByteArray token
            = connection == m_entities.end() ? QByteArray() : m_clients.at(connection->second)->resumeToken;
        stored.participants.append({participant, token, meeting.mayView(participant.entity),
            meeting.isOrganizer(participant.entity)});
    }
    return stored;
}

void Focus::saveChanges()
{
    for (const QString& id : std::exchange(m_changed, {})) {
        const auto found = m_meetings.find(id);
        if (m_settings.store && found != m_meetings.end())
            m_settings.store->save(stored(*found->second));
    }
}

QString Focus::nameOf(const Meeting& meeting, const QString& entity) const
{
    if (const Participant* const participant = meeting.roster().find(entity))
        return participant->displayName;
    const auto connection = m_entities.find(entity);
    return connection == m_entities.end() ? QString() : m_clients.at(connection->second)->displayName;
}

void Focus::audit(const Meeting& meeting, const char* event, const QString& entity, const QString& detail)
{
    if (!m_settings.store)
        return;
    m_settings.store->audit({m_settings.wallClock(), meeting.id(), QString::fromLatin1(event), entity,
        nameOf(meeting, entity), detail});
}

} // namespace sightline
