#pragma once

#include "core/base/clock.h"

#include <QString>

#include <map>
#include <tuple>
#include <vector>

namespace sightline {

/// The invitations of a server that nobody has answered yet. Pure.
class InvitationBook {
public:
    struct Entry {
        QString from;
        QString to;
        QString id; ///< the inviting one's; unique between the two
        auto operator<=>(const Entry& other) const
        {
            return std::tie(from, to, id) <=> std::tie(other.from, other.to, other.id);
        }
        bool operator==(const Entry&) const = default;
    };

    /// False when there is one like it.
    bool open(const Entry& entry, TimePoint deadline);
    /// False when there is none like it (any more).
    bool close(const Entry& entry);
    int countFrom(const QString& entity) const;
    bool isEmpty() const { return m_deadlines.empty(); }

    /// Takes out those whose time is up, or all of somebody who has gone.
    std::vector<Entry> takeExpired(TimePoint now);
    std::vector<Entry> takeOf(const QString& entity);

private:
    template <typename Predicate> std::vector<Entry> takeIf(Predicate predicate);

    std::map<Entry, TimePoint> m_deadlines;
};

} // namespace sightline
