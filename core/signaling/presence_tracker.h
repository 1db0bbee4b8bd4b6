#pragma once

#include "core/signaling/documents.h"
#include "core/signaling/person.h"

namespace sightline {

/// Keeps the list of people up to date from the presence documents of the focus, as RosterTracker does for a
/// meeting. Pure.
class PresenceTracker {
public:
    enum class Outcome {
        Applied,
        Ignored, ///< old, or partial while the full list is awaited
        Gap, ///< something was missed, or makes no sense: ask for the full list
    };

    void clear(); ///< and wait for the full list
    Outcome apply(const PresenceInfo& update);

    bool isComplete() const { return m_isComplete; } ///< a full list came, and nothing was missed since
    const People& people() const { return m_people; }

private:
    People m_people;
    bool m_isComplete = false;
};

} // namespace sightline
