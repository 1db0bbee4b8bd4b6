#include "core/conference/meeting.h"

#include <algorithm>
#include <utility>

namespace sightline {

Meeting::Meeting(QString id, QString subject, QString creator, TimePoint now)
    : m_roster{.meetingId = std::move(id), .subject = std::move(subject), .version = 0, .participants = {}}
    , m_creator(std::move(creator))
    , m_emptySince(now)
{
}

Result<ConferenceInfo> Meeting::join(Participant participant, std::size_t limit)
{
    if (static_cast<std::size_t>(m_roster.participants.size()) >= limit)
        return Error(ErrorCode::TooLarge, QStringLiteral("the meeting is full"));
    participant.role
        = participant.entity == m_creator ? Participant::Role::Presenter : Participant::Role::Attendee;
    m_emptySince.reset();
    m_roster.participants.append(participant);
    ConferenceInfo update = nextPartial();
    update.users = {std::move(participant)};
    return update;
}

ConferenceInfo Meeting::leave(const QString& entity, TimePoint now)
{
    m_roster.participants.removeIf([&](const Participant& one) { return one.entity == entity; });
    if (m_roster.participants.isEmpty()) {
        m_emptySince = now;
        m_log.clear();
    }
    ConferenceInfo update = nextPartial();
    update.removed = {entity};
    return update;
}

Result<ConferenceInfo> Meeting::setSharing(const QString& entity, Participant::Sharing sharing)
{
    auto& participants = m_roster.participants;
    const bool isTaken = std::any_of(participants.cbegin(), participants.cend(), [&](const Participant& one) {
        return one.entity != entity && one.sharing == Participant::Sharing::Sharer;
    });
    if (sharing == Participant::Sharing::Sharer && isTaken)
        return Error(ErrorCode::Busy, QStringLiteral("somebody else shares in this meeting"));
    const auto self = std::find_if(participants.begin(), participants.end(),
        [&](const Participant& one) { return one.entity == entity; });
    if (self->sharing == sharing)
        return ConferenceInfo{};
    self->sharing = sharing;
    ConferenceInfo update = nextPartial();
    update.users = {*self};
    return update;
}

ConferenceInfo Meeting::nextPartial()
{
    ConferenceInfo update;
    update.state = ConferenceInfo::State::Partial;
    update.meetingId = m_roster.meetingId;
    update.version = ++m_roster.version;
    return update;
}

} // namespace sightline
