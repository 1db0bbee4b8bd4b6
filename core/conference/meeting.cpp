#include "core/conference/meeting.h"

#include <algorithm>
#include <utility>

namespace sightline {

using Role = Participant::Role;
using Sharing = Participant::Sharing;

Meeting::Meeting(Options options, TimePoint now)
    : m_options(std::move(options))
    , m_emptySince(now)
    , m_abandonedSince(now)
{
    m_roster.meetingId = m_options.id;
    m_roster.subject = m_options.subject;
    m_roster.state.settings = m_options.settings;
    m_roster.state.settings.hasPasscode = !m_options.passcodeHash.isEmpty();
    if (!m_options.creator.isEmpty())
        m_organizers.insert(m_options.creator);
}

bool Meeting::isPresenter(const QString& entity) const
{
    const Participant* const found = m_roster.find(entity);
    return found && found->role == Role::Presenter;
}

Participant& Meeting::participant(const QString& entity)
{
    return *std::find_if(m_roster.participants.begin(), m_roster.participants.end(),
        [&](const Participant& one) { return one.entity == entity; });
}

void Meeting::notePresenters(TimePoint now)
{
    const bool hasPresenter = std::any_of(m_roster.participants.cbegin(), m_roster.participants.cend(),
        [](const Participant& one) { return one.role == Role::Presenter; });
    if (hasPresenter)
        m_abandonedSince.reset();
    else if (!m_abandonedSince)
        m_abandonedSince = now;
}

Result<ConferenceInfo> Meeting::join(Participant participant, std::size_t limit)
{
    if (static_cast<std::size_t>(m_roster.participants.size()) >= limit)
        return Error(ErrorCode::TooLarge, QStringLiteral("the meeting is full"));
    const bool isPresenter = isOrganizer(participant.entity)
        || m_roster.state.settings.presenters == MeetingSettings::Presenters::Everyone;
    participant.role = isPresenter ? Role::Presenter : Role::Attendee;
    participant.number = m_nextNumber++;
    m_emptySince.reset();
    m_roster.participants.append(participant);
    if (isPresenter)
        m_abandonedSince.reset();
    return changed(participant);
}

void Meeting::restore(const Participant& participant, bool mayView, bool isOrganizer, TimePoint now)
{
    m_roster.participants.append(participant);
    if (isOrganizer)
        m_organizers.insert(participant.entity);
    setMayView(participant.entity, mayView);
    m_emptySince.reset();
    notePresenters(now);
}

ConferenceInfo Meeting::leave(const QString& entity, TimePoint now)
{
    m_roster.participants.removeIf([&](const Participant& one) { return one.entity == entity; });
    m_viewers.remove(entity);
    if (m_roster.participants.isEmpty()) {
        m_emptySince = now;
        m_log.clear();
    }
    notePresenters(now);
    ConferenceInfo update = nextPartial();
    update.removed = {entity};
    if (m_roster.state.controller == entity) {
        m_roster.state.controller.clear();
        update.meeting = m_roster.state;
    }
    return update;
}

Result<ConferenceInfo> Meeting::setSharing(const QString& entity, Sharing sharing)
{
    Participant& self = participant(entity);
    const Participant* const former = m_roster.sharer();
    const bool isTakenOver = sharing == Sharing::Sharer && former && former != &self;
    if (isTakenOver && self.role != Role::Presenter)
        return Error(ErrorCode::Busy, QStringLiteral("somebody else shares in this meeting"));
    if (self.sharing == sharing)
        return ConferenceInfo{};
    const bool isOtherSharer = sharing == Sharing::Sharer || self.sharing == Sharing::Sharer;
    ConferenceInfo update;
    if (isTakenOver) {
        Participant& replaced = participant(QString(former->entity));
        replaced.sharing = Sharing::None;
        update.users = {replaced};
    }
    self.sharing = sharing;
    update.users.append(self);
    if (isOtherSharer)
        m_viewers.clear(); // they were the former sharer's
    if (isOtherSharer && !std::exchange(m_roster.state.controller, {}).isEmpty())
        update.meeting = m_roster.state;
    ConferenceInfo stamped = nextPartial();
    stamped.users = update.users;
    stamped.meeting = update.meeting;
    return stamped;
}

ConferenceInfo Meeting::setRole(const QString& entity, Role role, TimePoint now)
{
    Participant& one = participant(entity);
    if (one.role == role)
        return {};
    one.role = role;
    notePresenters(now);
    return changed(one);
}

ConferenceInfo Meeting::setMayControl(const QString& entity, bool mayControl)
{
    Participant& one = participant(entity);
    if (one.mayControl == mayControl)
        return {};
    one.mayControl = mayControl;
    return changed(one);
}

bool Meeting::isWaiting(const QString& entity) const
{
    return m_deadlines.contains(entity);
}

ConferenceInfo Meeting::wait(const LobbyGuest& guest, TimePoint until)
{
    m_roster.state.lobby.append(guest);
    m_deadlines.insert(guest.entity, until);
    return stateChanged();
}

ConferenceInfo Meeting::stopWaiting(const QString& entity)
{
    m_roster.state.lobby.removeIf([&](const LobbyGuest& one) { return one.entity == entity; });
    m_deadlines.remove(entity);
    return stateChanged();
}

QStringList Meeting::waitedTooLong(TimePoint now) const
{
    QStringList late;
    for (auto it = m_deadlines.cbegin(); it != m_deadlines.cend(); ++it) {
        if (it.value() <= now)
            late.append(it.key());
    }
    return late;
}

ConferenceInfo Meeting::modify(const ModifyConference& change, const QByteArray& passcodeHash)
{
    const MeetingState before = m_roster.state;
    MeetingState& state = m_roster.state;
    state.isLocked = change.isLocked.value_or(state.isLocked);
    state.settings.hasLobby = change.hasLobby.value_or(state.settings.hasLobby);
    state.settings.viewers = change.viewers.value_or(state.settings.viewers);
    if (change.passcode) {
        m_options.passcodeHash = passcodeHash;
        state.settings.hasPasscode = !passcodeHash.isEmpty();
    }
    return state == before ? ConferenceInfo{} : stateChanged();
}

ConferenceInfo Meeting::setController(const QString& entity)
{
    if (m_roster.state.controller == entity)
        return {};
    m_roster.state.controller = entity;
    return stateChanged();
}

ConferenceInfo Meeting::setPlace(SharingPlace place)
{
    m_place = std::move(place);
    m_roster.state.sharingServer = m_place.entity;
    m_roster.state.controller.clear();
    return stateChanged();
}

bool Meeting::mayView(const QString& entity) const
{
    return m_roster.state.settings.viewers == MeetingSettings::Viewers::All || m_viewers.contains(entity);
}

void Meeting::setMayView(const QString& entity, bool mayView)
{
    if (mayView)
        m_viewers.insert(entity);
    else
        m_viewers.remove(entity);
}

ConferenceInfo Meeting::nextPartial()
{
    ConferenceInfo update;
    update.state = ConferenceInfo::State::Partial;
    update.meetingId = m_roster.meetingId;
    if (++m_roster.version == 0)
        ++m_roster.version; // 0 stands for no change
    update.version = m_roster.version;
    return update;
}

ConferenceInfo Meeting::stateChanged()
{
    ConferenceInfo update = nextPartial();
    update.meeting = m_roster.state;
    return update;
}

ConferenceInfo Meeting::changed(const Participant& participant)
{
    ConferenceInfo update = nextPartial();
    update.users = {participant};
    return update;
}

} // namespace sightline
