#include "core/signaling/roster_tracker.h"

#include "core/signaling/limits.h"
#include "core/signaling/partial_update.h"

#include <utility>

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
        m_roster.state = update.meeting.value_or(MeetingState());
        m_isComplete = true;
        return Outcome::Applied;
    }
    const UpdateStep step = updateStep(m_roster.version, update.version);
    if (!m_isComplete || step == UpdateStep::Old)
        return Outcome::Ignored;
    auto users = updated(m_roster.participants, update.removed, update.users, limits::kParticipants);
    m_isComplete = step == UpdateStep::Next && users;
    if (!m_isComplete)
        return Outcome::Gap;
    m_roster.subject = update.subject.value_or(m_roster.subject);
    m_roster.version = update.version;
    m_roster.participants = *std::move(users);
    m_roster.state = update.meeting.value_or(m_roster.state);
    return Outcome::Applied;
}

} // namespace sightline
