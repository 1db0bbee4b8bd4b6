#include "core/conference/invitation_book.h"

#include <algorithm>

namespace sightline {

bool InvitationBook::open(const Entry& entry, TimePoint deadline)
{
    return m_deadlines.emplace(entry, deadline).second;
}

bool InvitationBook::close(const Entry& entry)
{
    return m_deadlines.erase(entry) > 0;
}

int InvitationBook::countFrom(const QString& entity) const
{
    return static_cast<int>(std::count_if(m_deadlines.begin(), m_deadlines.end(),
        [&entity](const auto& each) { return each.first.from == entity; }));
}

template <typename Predicate> std::vector<InvitationBook::Entry> InvitationBook::takeIf(Predicate predicate)
{
    std::vector<Entry> taken;
    for (auto it = m_deadlines.begin(); it != m_deadlines.end();) {
        if (!predicate(*it)) {
            ++it;
            continue;
        }
        taken.push_back(it->first);
        it = m_deadlines.erase(it);
    }
    return taken;
}

std::vector<InvitationBook::Entry> InvitationBook::takeExpired(TimePoint now)
{
    return takeIf([now](const auto& each) { return each.second <= now; });
}

std::vector<InvitationBook::Entry> InvitationBook::takeOf(const QString& entity)
{
    return takeIf(
        [&entity](const auto& each) { return each.first.from == entity || each.first.to == entity; });
}

} // namespace sightline
