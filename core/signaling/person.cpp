#include "core/signaling/person.h"

#include <algorithm>

namespace sightline {

const Person* People::find(const QString& entity) const
{
    const auto found = std::find_if(
        persons.begin(), persons.end(), [&entity](const Person& each) { return each.entity == entity; });
    return found == persons.end() ? nullptr : &*found;
}

} // namespace sightline
