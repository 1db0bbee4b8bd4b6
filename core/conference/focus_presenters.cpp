#include "core/conference/focus_client.h"
#include "core/conference/secrets.h"

// What presenters do to a meeting and to those in it, and who shares.

namespace sightline {

Result<Meeting*> Focus::meetingOf(const Client& client, const QString& meetingId) const
{
    if (!client.meeting || client.meeting->id() != meetingId)
        return notAllowed("not in this meeting");
    return client.meeting;
}

Result<Meeting*> Focus::presenterOf(const Client& client, const QString& meetingId) const
{
    const auto meeting = meetingOf(client, meetingId);
    if (meeting && !(*meeting)->isPresenter(client.entity))
        return notAllowed("only presenters may do that");
    return meeting;
}

Focus::Answer Focus::answer(Client& client, const ModifyConference& request, TimePoint)
{
    const auto meeting = presenterOf(client, request.meetingId);
    if (!meeting)
        return meeting.error();
    const QString passcode = request.passcode.value_or(QString());
    broadcast(**meeting, (*meeting)->modify(request, passcodeHash((*meeting)->id(), passcode)));
    m_changed.insert((*meeting)->id());
    if (request.viewers)
        tellUsers(**meeting);
    if (request.isLocked)
        audit(**meeting, *request.isLocked ? "locked" : "unlocked", client.entity);
    return Response::Body(ModifyConferenceResponse{});
}

Focus::Answer Focus::answer(Client& client, const ModifyUserRoles& request, TimePoint now)
{
    const auto meeting = presenterOf(client, request.meetingId);
    if (!meeting)
        return meeting.error();
    if (!(*meeting)->contains(request.user))
        return refusal(ErrorCode::NotFound, "nobody of this name is in the meeting");
    if ((*meeting)->isOrganizer(request.user) && request.role != Participant::Role::Presenter)
        return notAllowed("the organizer stays presenter");
    broadcast(**meeting, (*meeting)->setRole(request.user, request.role, now));
    tellUser(**meeting, request.user);
    audit(**meeting, request.role == Participant::Role::Presenter ? "made presenter" : "made attendee",
        request.user, client.displayName);
    return Response::Body(ModifyUserRolesResponse{});
}

Focus::Answer Focus::answer(Client& client, const GetConference& request, TimePoint)
{
    const auto meeting = meetingOf(client, request.meetingId);
    return meeting ? Answer(Response::Body(GetConferenceResponse{})) : Answer(meeting.error());
}

Focus::Answer Focus::answer(Client& client, const ModifyEndpointMedia& request, TimePoint)
{
    const auto found = meetingOf(client, request.meetingId);
    if (!found)
        return found.error();
    if (request.user != client.entity)
        return notAllowed("one can only change oneself");
    Meeting& meeting = **found;
    const Participant* const sharer = meeting.roster().sharer();
    const QString former = sharer ? sharer->entity : QString();
    const auto update = meeting.setSharing(client.entity, request.sharing);
    if (!update)
        return update.error();
    broadcast(meeting, *update);
    const Participant* const now = meeting.roster().sharer();
    const QString current = now ? now->entity : QString();
    if (former != current) {
        if (!former.isEmpty() && !current.isEmpty())
            endCalls(former, ErrorCode::Replaced, QStringLiteral("somebody else shares now (21000)"));
        audit(
            meeting, current.isEmpty() ? "stopped sharing" : "shared", current.isEmpty() ? former : current);
        considerServer(meeting);
        tellSharer(meeting);
    }
    return Response::Body(ModifyEndpointMediaResponse{});
}

Focus::Answer Focus::answer(Client& client, const AllowView& request, TimePoint)
{
    const auto found = meetingOf(client, request.meetingId);
    if (!found)
        return found.error();
    Meeting& meeting = **found;
    const Participant* const sharer = meeting.roster().sharer();
    if (!meeting.isPresenter(client.entity) && !(sharer && sharer->entity == client.entity))
        return notAllowed("only the sharer and presenters say who may see");
    if (!meeting.contains(request.user))
        return refusal(ErrorCode::NotFound, "nobody of this name is in the meeting");
    meeting.setMayView(request.user, request.isAllowed);
    m_changed.insert(meeting.id());
    tellUser(meeting, request.user);
    audit(meeting, request.isAllowed ? "may see" : "may not see", request.user, client.displayName);
    return Response::Body(AllowViewResponse{});
}

Focus::Answer Focus::answer(Client& client, const AllowControl& request, TimePoint)
{
    const auto found = presenterOf(client, request.meetingId);
    if (!found)
        return found.error();
    Meeting& meeting = **found;
    if (!meeting.contains(request.user))
        return refusal(ErrorCode::NotFound, "nobody of this name is in the meeting");
    broadcast(meeting, meeting.setMayControl(request.user, request.isAllowed));
    tellUser(meeting, request.user);
    audit(meeting, request.isAllowed ? "control allowed" : "control muted", request.user, client.displayName);
    return Response::Body(AllowControlResponse{});
}

Focus::Answer Focus::answer(Client& client, const EndSharing& request, TimePoint)
{
    const auto found = presenterOf(client, request.meetingId);
    if (!found)
        return found.error();
    if (!(*found)->roster().sharer())
        return refusal(ErrorCode::NotFound, "nobody shares");
    stopSharing(**found, ErrorCode::EndedByPresenter, QStringLiteral("a presenter has ended the sharing"));
    return Response::Body(EndSharingResponse{});
}

void Focus::stopSharing(Meeting& meeting, ErrorCode code, const QString& text)
{
    const QString sharer = meeting.roster().sharer()->entity;
    if (const auto update = meeting.setSharing(sharer, Participant::Sharing::None))
        broadcast(meeting, *update);
    endCalls(sharer, code, text);
    audit(meeting, "sharing ended", sharer, QLatin1StringView(stableCode(code)));
    tellSharer(meeting);
}

Focus::Answer Focus::answer(Client& client, const UseServer& request, TimePoint)
{
    const auto meeting = meetingOf(client, request.meetingId);
    if (!meeting)
        return meeting.error();
    if (!useServer(**meeting))
        return notAllowed("this server has no sharing server");
    return Response::Body(UseServerResponse{});
}

} // namespace sightline
