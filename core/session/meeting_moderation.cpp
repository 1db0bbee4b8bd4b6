#include "core/session/meeting_moderation.h"

#include "core/signaling/signaling_client.h"

#include <utility>

namespace sightline {

MeetingModeration::MeetingModeration(SignalingClient& signaling)
    : m_signaling(signaling)
{
    connect(&signaling, &SignalingClient::rosterChanged, this, [this](const Roster& roster) {
        if (std::exchange(m_guests, roster.state.lobby) != roster.state.lobby)
            Q_EMIT guestsChanged();
    });
}

bool MeetingModeration::isPresenter() const
{
    const Participant* const self = m_signaling.roster().find(m_signaling.entity());
    return self && self->role == Participant::Role::Presenter;
}

bool MeetingModeration::isOrganizer() const
{
    return isPresenter() && !m_signaling.organizerKey().isEmpty();
}

void MeetingModeration::letIn(const QString& guest)
{
    m_signaling.admit(guest, true);
}

void MeetingModeration::turnAway(const QString& guest)
{
    m_signaling.admit(guest, false);
}

void MeetingModeration::remove(const QString& participant)
{
    m_signaling.remove(participant);
}

void MeetingModeration::setRole(const QString& participant, Participant::Role role)
{
    m_signaling.setRole(participant, role);
}

void MeetingModeration::allowControl(const QString& participant, bool isAllowed)
{
    m_signaling.allowControl(participant, isAllowed);
}

void MeetingModeration::lock(bool isLocked)
{
    m_signaling.lock(isLocked);
}

void MeetingModeration::setLobby(bool hasLobby)
{
    m_signaling.modifyMeeting({.meetingId = {}, .hasLobby = hasLobby});
}

void MeetingModeration::setEverybodySees(bool isSo)
{
    m_signaling.modifyMeeting(
        {.meetingId = {}, .viewers = isSo ? MeetingSettings::Viewers::All : MeetingSettings::Viewers::Ask});
}

void MeetingModeration::setPasscode(const QString& passcode)
{
    m_signaling.modifyMeeting({.meetingId = {}, .passcode = passcode});
}

void MeetingModeration::endSharing()
{
    m_signaling.endSharing();
}

void MeetingModeration::endMeeting()
{
    m_signaling.endMeeting();
}

} // namespace sightline
