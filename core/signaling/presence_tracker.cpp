#include "core/signaling/presence_tracker.h"

#include "core/signaling/limits.h"

#include <algorithm>

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
    // Versions wrap, so they are compared by their distance.
    const auto distance = static_cast<qint32>(update.version - m_people.version);
    if (!m_isComplete || distance <= 0)
        return Outcome::Ignored;
    if (distance != 1 || !applyPartial(update)) {
        m_isComplete = false;
        return Outcome::Gap;
    }
    return Outcome::Applied;
}

bool PresenceTracker::applyPartial(const PresenceInfo& update)
{
    People next = m_people;
    next.version = update.version;
    for (const QString& entity : update.removed)
        next.persons.removeIf([&entity](const Person& each) { return each.entity == entity; });
    for (const Person& person : update.people) {
        const auto known = std::find_if(next.persons.begin(), next.persons.end(),
            [&person](const Person& each) { return each.entity == person.entity; });
        if (known != next.persons.end())
            *known = person;
        else
            next.persons.append(person);
    }
    if (next.persons.size() > limits::kPeople)
        return false;
    m_people = std::move(next);
    return true;
}

} // namespace sightline
