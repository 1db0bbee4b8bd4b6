#include "core/signaling/roster_tracker.h"

#include "core/signaling/limits.h"

#include <algorithm>

namespace sightline {

void RosterTracker::start(const QString& meetingId)
{
    m_roster = {};
    m_roster.meetingId = meetingId;
    m_isComplete = false;
}

RosterTracker::Outcome RosterTracker::apply(const ConferenceInfo& update)
{
    if (m_roster.meetingId.isEmpty() || update.meetingId != m_roster.meetingId)
        return Outcome::Ignored;
    if (update.state == ConferenceInfo::State::Deleted) {
        start({});
        return Outcome::Ended;
    }
    if (update.state == ConferenceInfo::State::Full) {
        m_roster.subject = update.subject.value_or(QString());
        m_roster.version = update.version;
        m_roster.participants = update.users;
        m_isComplete = true;
        return Outcome::Applied;
    }
    // Versions wrap, so they are compared by their distance.
    const auto distance = static_cast<qint32>(update.version - m_roster.version);
    if (!m_isComplete || distance <= 0)
        return Outcome::Ignored;
    if (distance != 1 || !applyPartial(update)) {
        m_isComplete = false;
        return Outcome::Gap;
    }
    return Outcome::Applied;
}

bool RosterTracker::applyPartial(const ConferenceInfo& update)
{
    Roster next = m_roster;
    next.version = update.version;
    next.subject = update.subject.value_or(next.subject);
    for (const QString& entity : update.removed) {
        const auto isRemoved = [&entity](const Participant& each) { return each.entity == entity; };
        next.participants.removeIf(isRemoved);
    }
    for (const Participant& user : update.users) {
        const auto known = std::find_if(next.participants.begin(), next.participants.end(),
            [&user](const Participant& each) { return each.entity == user.entity; });
        if (known != next.participants.end())
            *known = user;
        else
            next.participants.append(user);
    }
    if (next.participants.size() > limits::kParticipants)
        return false;
    m_roster = std::move(next);
    return true;
}

} // namespace sightline
