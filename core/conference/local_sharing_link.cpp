#include "core/conference/local_sharing_link.h"

#include "core/base/log.h"

namespace sightline {

LocalSharingLink::LocalSharingLink(const SharingLimits& limits, QObject* parent)
    : SharingLink(parent)
    , m_server(limits,
          {.notify = [this](const SharingNotification& notification) { Q_EMIT notified(notification.body); }})
{
}

void LocalSharingLink::send(const SharingRequest::Body& body)
{
    m_server.handle({.id = ++m_lastId, .body = body}, [](const SharingResponse& response) {
        if (const auto* const failure = std::get_if<Failure>(&response.body))
            qCInfo(logConference).noquote() << "The sharing server refused:" << failure->text;
    });
}

} // namespace sightline
