#include "core/conference/sharing_service.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {

SharingService::SharingService(const Settings& settings, QObject* parent)
    : QObject(parent)
    , m_sender(settings.sender)
    , m_server(settings.limits,
          {.notify = [this](const SharingNotification& notification) { notify(notification); }})
    , m_client(settings.focus, settings.secret, settings.times)
{
    connect(&m_client, &C3pClient::answered, this, [](const SharingResponse& response) {
        if (const auto* const failure = std::get_if<Failure>(&response.body))
            qCWarning(logConference).noquote() << "The focus refused:" << failure->text;
    });
    m_watch.setInterval(settings.silence);
    m_watch.setSingleShot(true);
    connect(&m_watch, &QTimer::timeout, this, [this] {
        qCWarning(logConference) << "The focus has fallen silent";
        endAll();
    });
}

SharingResponse SharingService::receive(const SharingRequest& request)
{
    m_watch.start();
    if (request.sender != m_focus) {
        // What another process of the focus has told is what nobody answers for any more.
        m_focus = request.sender;
        m_lastAnswer = {};
        endAll();
    }
    if (request.id == m_lastAnswer.id)
        return m_lastAnswer;
    SharingResponse answer{.id = request.id, .sender = m_sender, .body = Failure{}};
    if (request.id < m_lastAnswer.id) {
        answer.body = Failure{ErrorCode::InvalidArgument, QStringLiteral("an old request"), {}, 0, {}};
        return answer;
    }
    m_server.handle(request, [&answer](const SharingResponse& response) { answer.body = response.body; });
    if (const auto* const add = std::get_if<SharingAddConference>(&request.body);
        add && !std::holds_alternative<Failure>(answer.body))
        m_conferences.insert(add->meetingId);
    if (const auto* const end = std::get_if<SharingDeleteConference>(&request.body))
        m_conferences.remove(end->meetingId);
    m_lastAnswer = answer;
    checkDrained();
    return answer;
}

void SharingService::notify(const SharingNotification& notification)
{
    const bool isTaken = m_client.post([this, body = notification.body](quint32 id) {
        return serializeSharing(SharingNotification{.id = id, .sender = m_sender, .body = body});
    });
    if (!isTaken)
        qCWarning(logConference) << "The focus does not take what happens here";
}

void SharingService::endAll()
{
    for (const QString& meetingId : std::exchange(m_conferences, {}))
        m_server.handle({.id = 1, .body = SharingDeleteConference{meetingId}}, [](const SharingResponse&) {});
    m_client.clear();
}

void SharingService::drain()
{
    m_isDraining = true;
    m_server.setDraining(true);
    checkDrained();
}

void SharingService::checkDrained()
{
    if (m_isDraining && m_conferences.isEmpty())
        QMetaObject::invokeMethod(this, &SharingService::drained, Qt::QueuedConnection);
}

} // namespace sightline
