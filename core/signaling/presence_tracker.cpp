#include "core/signaling/presence_tracker.h"

#include "core/signaling/limits.h"
#include "core/signaling/partial_update.h"

#include <utility>

namespace sightline {

void PresenceTracker::clear()
{
    m_people = {};
    m_isComplete = false;
}

PresenceTracker::Outcome PresenceTracker::apply(const PresenceInfo& update)
{
    if (update.state == PresenceInfo::State::Full) {
        m_people = {update.version, update.people};
        m_isComplete = true;
        return Outcome::Applied;
    }
    const UpdateStep step = updateStep(m_people.version, update.version);
    if (!m_isComplete || step == UpdateStep::Old)
        return Outcome::Ignored;
    auto persons = updated(m_people.persons, update.removed, update.people, limits::kPeople);
    m_isComplete = step == UpdateStep::Next && persons;
    if (!m_isComplete)
        return Outcome::Gap;
    m_people = {update.version, *std::move(persons)};
    return Outcome::Applied;
}

} // namespace sightline
