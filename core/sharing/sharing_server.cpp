#include "core/sharing/sharing_server.h"

#include "core/base/log.h"
#include "core/rdp/rdp_host.h"

#include <QMetaObject>

#include <algorithm>
#include <cstdlib>
#include <thread>
#include <utility>

namespace sightline {
namespace {

Error unknownMeeting()
{
    return {ErrorCode::NotFound, QStringLiteral("no such conference on this sharing server")};
}

/// Of the machine, over the last minute, in thousandths.
quint32 processorLoad()
{
    double average = 0;
    if (::getloadavg(&average, 1) != 1)
        return 0;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    return static_cast<quint32>(std::clamp(average / cores, 0.0, 1.0) * 1000);
}

} // namespace

SharingServer::SharingServer(SharingLimits limits, Handlers handlers, const RdpDoor::Limits& door)
    : m_limits(std::move(limits))
    , m_handlers(std::move(handlers))
    , m_door(door,
          {.notify = [this](SharingNotification::Body body) { notify(std::move(body)); },
              .seat =
                  [this](const QString& meetingId, const SharingUser& user, std::unique_ptr<RdpHost> host) {
                      SharingMeeting* const there = meeting(meetingId);
                      return there && there->seatGuest(user.entity, std::move(host)).has_value();
                  }})
{
    RdpHost::warmUp();
}

SharingServer::~SharingServer()
{
    m_meetings.clear();
}

SharingMeeting* SharingServer::meeting(const QString& id)
{
    const auto found = m_meetings.find(id);
    return found == m_meetings.end() ? nullptr : found->second.get();
}

void SharingServer::handle(
    const SharingRequest& request, const std::function<void(const SharingResponse&)>& respond)
{
    Answer answer = std::visit([this](const auto& body) { return on(body); }, request.body);
    SharingResponse response{.id = request.id};
    if (answer) {
        response.body = std::move(answer).value();
    } else {
        Failure failure;
        failure.code = answer.error().code();
        failure.text = answer.error().message();
        response.body = failure;
    }
    respond(response);
}

void SharingServer::notify(SharingNotification::Body body)
{
    const auto tell = [this, notification = SharingNotification{.body = std::move(body)}] {
        m_handlers.notify(notification);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

SharingServer::Answer SharingServer::on(const SharingAddConference& request)
{
    const auto found = m_meetings.find(request.meetingId);
    if (found != m_meetings.end() && found->second->sharingEntity() == request.sharingEntity)
        return SharingResponse::Body(SharingDone{});
    if (m_isDraining)
        return Error(ErrorCode::Busy, QStringLiteral("this sharing server is about to stop"));
    if (static_cast<int>(m_meetings.size()) >= m_limits.maxConferences)
        return Error(ErrorCode::TooLarge, QStringLiteral("this sharing server is full"));
    // A focus that has given the conference a new entity here wants to begin anew.
    m_meetings.erase(request.meetingId);
    m_meetings.emplace(request.meetingId,
        std::make_unique<SharingMeeting>(
            m_loop, request, m_limits, [this](SharingNotification::Body body) { notify(std::move(body)); }));
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingDeleteConference& request)
{
    m_meetings.erase(request.meetingId);
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingPutUser& request)
{
    SharingMeeting* const there = meeting(request.meetingId);
    if (!there)
        return unknownMeeting();
    if (auto put = there->putUser(request.user); !put)
        return put.error();
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingDeleteUser& request)
{
    SharingMeeting* const there = meeting(request.meetingId);
    if (!there)
        return unknownMeeting();
    there->deleteUser(request.entity);
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingGetConference& request)
{
    SharingMeeting* const there = meeting(request.meetingId);
    if (!there)
        return unknownMeeting();
    return SharingResponse::Body(there->describe());
}

SharingServer::Answer SharingServer::on(const SharingSetSharer& request)
{
    SharingMeeting* const there = meeting(request.meetingId);
    if (!there)
        return unknownMeeting();
    there->setSharer(request.entity);
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingCall& request)
{
    SharingMeeting* const there = meeting(request.meetingId);
    if (!there)
        return unknownMeeting();
    if (auto taken = there->takeCall(request.call); !taken)
        return taken.error();
    return SharingResponse::Body(SharingDone{});
}

SharingServer::Answer SharingServer::on(const SharingAnswerRdpJoin& request)
{
    if (m_door.answer(request))
        return SharingResponse::Body(SharingDone{});
    return Error(ErrorCode::NotFound, QStringLiteral("nobody waits for this answer"));
}

SharingServer::Answer SharingServer::on(const SharingGetLoad&)
{
    return SharingResponse::Body(SharingLoad{static_cast<quint32>(m_meetings.size()),
        static_cast<quint32>(m_limits.legs), processorLoad(), m_isDraining});
}

} // namespace sightline
