#include "core/signaling/roster.h"

#include <algorithm>

namespace sightline {

const Participant* Roster::find(const QString& entity) const
{
    const auto found = std::find_if(participants.begin(), participants.end(),
        [&entity](const Participant& each) { return each.entity == entity; });
    return found == participants.end() ? nullptr : &*found;
}

const Participant* Roster::sharer() const
{
    const auto found = std::find_if(participants.begin(), participants.end(),
        [](const Participant& each) { return each.sharing == Participant::Sharing::Sharer; });
    return found == participants.end() ? nullptr : &*found;
}

} // namespace sightline
