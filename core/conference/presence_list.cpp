#include "core/conference/presence_list.h"

#include <algorithm>

namespace sightline {

std::optional<PresenceInfo> PresenceList::set(const Person& person)
{
    auto& persons = m_people.persons;
    const auto known = std::find_if(persons.begin(), persons.end(),
        [&person](const Person& each) { return each.entity == person.entity; });
    if (known == persons.end())
        persons.append(person);
    else if (*known == person)
        return std::nullopt;
    else
        *known = person;
    PresenceInfo update = nextPartial();
    update.people = {person};
    return update;
}

std::optional<PresenceInfo> PresenceList::remove(const QString& entity)
{
    if (m_people.persons.removeIf([&entity](const Person& each) { return each.entity == entity; }) == 0)
        return std::nullopt;
    PresenceInfo update = nextPartial();
    update.removed = {entity};
    return update;
}

PresenceInfo PresenceList::nextPartial()
{
    return {PresenceInfo::State::Partial, ++m_people.version, {}, {}};
}

} // namespace sightline
