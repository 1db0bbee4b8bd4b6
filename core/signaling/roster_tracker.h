#pragma once

#include "core/signaling/documents.h"
#include "core/signaling/roster.h"

namespace sightline {

/// Keeps a meeting's roster up to date from the conference-info documents of the focus (RFC 4575 4.6). Pure.
class RosterTracker {
public:
    enum class Outcome {
        Applied,
        Ignored, ///< of another meeting, old, or partial while the full one is awaited
        Gap, ///< something was missed, or makes no sense: ask for the full roster
        Ended, ///< the meeting is over
    };

    /// Forgets all and waits for the full roster of this meeting; empty: of none.
    void start(const QString& meetingId);
    Outcome apply(const ConferenceInfo& update);

    bool isComplete() const { return m_isComplete; } ///< a full roster came, and nothing was missed since
    const Roster& roster() const { return m_roster; }

private:
    Roster m_roster;
    bool m_isComplete = false;
};

} // namespace sightline
