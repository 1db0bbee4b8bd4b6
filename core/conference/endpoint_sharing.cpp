#include "core/conference/endpoint.h"

#include "core/base/log.h"
#include "core/conference/http_sharing_link.h"
#include "core/conference/local_sharing_link.h"
#include "core/conference/secrets.h"
#include "core/conference/server_metrics.h"
#include "core/conference/sharing_factory.h"
#include "core/conference/sharing_service.h"

// The role of this server for pictures, and what other servers say to it and it to them.

namespace sightline {
namespace {

SharingResponse refused(const QByteArray& request, const QString& process, const Error& error)
{
    Failure failure;
    failure.code = error.code();
    failure.text = error.message();
    return {.id = requestIdOf(request), .sender = process, .body = failure};
}

} // namespace

void Endpoint::setUpSharing(const Settings& settings)
{
    if (m_isFocus)
        setUpFocus(settings);
    else
        setUpService(settings);
}

void Endpoint::setUpFocus(const Settings& settings)
{
    m_factory = std::make_unique<SharingFactory>();
    connect(m_factory.get(), &SharingFactory::notified, this,
        [this](quint32 server, const SharingNotification::Body& body) {
            m_focus.sharingNotified(server, body, Clock::now());
            if (!m_saving.isActive() && m_focus.hasChanges())
                m_saving.start();
        });
    connect(m_factory.get(), &SharingFactory::lost, this,
        [this](quint32 server) { m_focus.sharingLost(server, Clock::now()); });
    connect(m_factory.get(), &SharingFactory::found, this,
        [this](quint32) { m_focus.sharingFound(Clock::now()); });
    if (settings.options.role == ServerOptions::Role::All) {
        auto local = std::make_unique<LocalSharingLink>(SharingLimits{});
        m_local = local.get();
        m_factory->add(std::move(local));
        m_listener->setAcceptRdp(
            [this](
                int descriptor, const QString& address) { m_local->server().acceptRdp(descriptor, address); },
            m_limits.signIn);
    }
    for (const C3pPeer& peer : settings.options.sharing)
        m_factory->add(
            std::make_unique<HttpSharingLink>(peer, m_secret, m_process, HttpSharingLink::Times{}, nullptr));
}

void Endpoint::setUpService(const Settings& settings)
{
    m_service = std::make_unique<SharingService>(SharingService::Settings{
        .focus = settings.options.focus, .secret = m_secret, .sender = m_process, .times = {}, .limits = {}});
    m_listener->setAcceptRdp(
        [this](
            int descriptor, const QString& address) { m_service->server().acceptRdp(descriptor, address); },
        m_limits.signIn);
}

std::optional<Focus::SharingId> Endpoint::pickSharing()
{
    return m_factory ? m_factory->pick() : std::nullopt;
}

void Endpoint::sendToSharing(Focus::SharingId server, const SharingRequest::Body& body)
{
    m_factory->send(server, body);
}

bool Endpoint::isOpenFor(const QByteArray& authorization) const
{
    return !m_secret.isEmpty() && equalSecrets(authorization, "Bearer " + m_secret);
}

QByteArray Endpoint::answer(const QByteArray& text)
{
    const auto document = parseSharingDocument(text);
    if (!document) {
        qCWarning(logConference).noquote()
            << "Another server is not understood:" << document.error().toString();
        return serializeSharing(refused(text, m_process, document.error()));
    }
    const auto* const request = std::get_if<SharingRequest>(&*document);
    const auto* const notification = std::get_if<SharingNotification>(&*document);
    if (request && m_service)
        return serializeSharing(m_service->receive(*request));
    if (notification && m_factory)
        return serializeSharing(m_factory->receive(*notification, m_process));
    const Error error(ErrorCode::NotAllowed, QStringLiteral("that is for a server with another role"));
    return serializeSharing(refused(text, m_process, error));
}

QByteArray Endpoint::metrics()
{
    ServerMetrics metrics;
    metrics.add("sightline_conferences", "Conferences that this server holds.", m_focus.meetingCount());
    metrics.add("sightline_participants", "Participants of all conferences.", m_focus.participantCount());
    metrics.add("sightline_connections", "Signaling connections.", m_sockets.size());
    if (m_factory) {
        metrics.add("sightline_sharing_servers", "Sharing servers of this focus.", m_factory->size());
        metrics.add("sightline_sharing_servers_alive", "Those that answer.", m_factory->aliveCount());
    }
    if (m_local)
        metrics.add(m_local->server().statistics());
    if (m_service)
        metrics.add(m_service->server().statistics());
    return metrics.toText();
}

} // namespace sightline
