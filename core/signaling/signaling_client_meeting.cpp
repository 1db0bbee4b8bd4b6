#include "core/base/log.h"
#include "core/signaling/names.h"
#include "core/signaling/signaling_client_private.h"

#include <utility>

// Meetings: joining them, and what one may do to others in them.

namespace sightline {

/// The answer comes when somebody lets us in, or does not.
void SignalingClient::Private::onPending(quint32 requestId, const Request::Body& request)
{
    m_pending.putBack(requestId, request, limits::kLobbyTimeout + options.requestTimeout);
    if (std::get<AddUser>(request).meetingId != wanted.meetingId) {
        this->request(DeleteUser{std::get<AddUser>(request).meetingId, entity}); // we had given it up
        return;
    }
    isWaiting = true;
    Q_EMIT q->waitingInLobby();
}

/// Whether somebody else has ended our sharing.
void SignalingClient::Private::checkSharing(const Roster& before)
{
    const Participant* const former = before.find(entity);
    const Roster now = tracker.roster();
    const Participant* const self = now.find(entity);
    const bool wasSharer = former && former->sharing == Participant::Sharing::Sharer;
    const bool isSharer = self && self->sharing == Participant::Sharing::Sharer;
    // While we ask for a change ourselves the roster may tell of an older one of ours.
    if (wasSharer && !isSharer && sharing == Participant::Sharing::Sharer
        && !m_pending.contains<ModifyEndpointMedia>())
        loseSharing(now);
}

void SignalingClient::Private::loseSharing(const Roster& now)
{
    sharing = Participant::Sharing::None;
    if (now.sharer())
        Q_EMIT q->sharingEnded({ErrorCode::Replaced, QStringLiteral("somebody else shares now (21000)")});
    else
        Q_EMIT q->sharingEnded(
            {ErrorCode::EndedByPresenter, QStringLiteral("a presenter has ended the sharing")});
}

void SignalingClient::createMeeting(const QString& subject)
{
    createConference(AddConference{.subject = subject});
}

void SignalingClient::createConference(const AddConference& meeting)
{
    m_d->isCreating = !m_d->entity.isEmpty();
    AddConference request = meeting;
    request.subject = normalizedSubject(meeting.subject).value_or(QString());
    m_d->request(std::move(request));
}

void SignalingClient::joinMeeting(const QString& meetingId, const QString& passcode, const QString& key)
{
    m_d->join({meetingId, {}, normalizedPasscode(passcode).value_or(QString()), key});
}

void SignalingClient::leaveMeeting()
{
    m_d->leave();
}

void SignalingClient::setSharing(Participant::Sharing sharing)
{
    m_d->sharing = sharing;
    if (m_d->isJoined && !m_d->connection.isAway())
        m_d->request(ModifyEndpointMedia{m_d->meetingId(), m_d->entity, sharing});
}

void SignalingClient::admit(const QString& guest, bool isAllowed)
{
    m_d->requestInMeeting(AdmitUser{m_d->meetingId(), guest, isAllowed});
}

void SignalingClient::remove(const QString& participant)
{
    if (participant != m_d->entity)
        m_d->requestInMeeting(DeleteUser{m_d->meetingId(), participant});
}

void SignalingClient::setRole(const QString& participant, Participant::Role role)
{
    m_d->requestInMeeting(ModifyUserRoles{m_d->meetingId(), participant, role});
}

void SignalingClient::allowControl(const QString& participant, bool isAllowed)
{
    m_d->requestInMeeting(AllowControl{m_d->meetingId(), participant, isAllowed});
}

void SignalingClient::modifyMeeting(ModifyConference change)
{
    change.meetingId = m_d->meetingId();
    m_d->requestInMeeting(std::move(change));
}

void SignalingClient::lock(bool isLocked)
{
    modifyMeeting({.meetingId = {}, .isLocked = isLocked});
}

void SignalingClient::endSharing()
{
    m_d->requestInMeeting(EndSharing{m_d->meetingId()});
}

void SignalingClient::endMeeting()
{
    m_d->requestInMeeting(DeleteConference{m_d->meetingId()});
}

void SignalingClient::allowView(const QString& participant, bool isAllowed)
{
    m_d->requestInMeeting(AllowView{m_d->meetingId(), participant, isAllowed});
}

void SignalingClient::useServer()
{
    m_d->requestInMeeting(UseServer{m_d->meetingId()});
}

QString SignalingClient::organizerKey() const
{
    return m_d->organizerKey;
}

const QList<IceServerInfo>& SignalingClient::iceServers() const
{
    return m_d->iceServers;
}

} // namespace sightline
