#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/conference/message_log.h"
#include "core/signaling/documents.h"

#include <optional>

namespace sightline {

/// One meeting: who is in it and what they may do. Each change returns the partial roster that tells the
/// others (RFC 4575 4.6), whose version is one more than that of the change before. Pure.
class Meeting {
public:
    Meeting(QString id, QString subject, QString creator, TimePoint now);

    const QString& id() const { return m_roster.meetingId; }
    const QString& subject() const { return m_roster.subject; }
    const Roster& roster() const { return m_roster; }
    bool contains(const QString& entity) const { return m_roster.find(entity) != nullptr; }

    /// The creator becomes presenter, everybody else attendee; `participant.role` is not asked. TooLarge when
    /// `limit` participants are in it. INVARIANT: nobody joins twice.
    Result<ConferenceInfo> join(Participant participant, std::size_t limit);
    /// INVARIANT: `entity` is in the meeting, here and below.
    ConferenceInfo leave(const QString& entity, TimePoint now);
    /// Busy when somebody else shares. A document without users: nothing changed, nobody need be told.
    Result<ConferenceInfo> setSharing(const QString& entity, Participant::Sharing sharing);

    MessageLog& log() { return m_log; }

    /// Since when nobody is in it; nothing while somebody is.
    std::optional<TimePoint> emptySince() const { return m_emptySince; }

private:
    ConferenceInfo nextPartial();

    Roster m_roster;
    QString m_creator;
    MessageLog m_log; ///< empty while nobody is in the meeting
    std::optional<TimePoint> m_emptySince;
};

} // namespace sightline
