#pragma once

#include "core/signaling/documents.h"
#include "core/signaling/limits.h"

#include <optional>

namespace sightline {

/// The people whom a server shows to each other. Each change returns the partial list that tells the others,
/// whose version is one more than that of the change before; nothing when nothing changed. Pure.
class PresenceList {
public:
    std::optional<PresenceInfo> set(const Person& person);
    std::optional<PresenceInfo> remove(const QString& entity);

    bool contains(const QString& entity) const { return m_people.find(entity) != nullptr; }
    bool isFull() const { return m_people.persons.size() >= limits::kPeople; }
    const QList<Person>& persons() const { return m_people.persons; }
    PresenceInfo full() const { return {PresenceInfo::State::Full, m_people.version, m_people.persons, {}}; }

private:
    PresenceInfo nextPartial();

    People m_people;
};

} // namespace sightline
