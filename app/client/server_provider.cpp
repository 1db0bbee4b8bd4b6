#include "app/client/server_provider.h"

namespace sightline {

Result<MeetingLink> ServerProvider::address()
{
    if (m_configured)
        return *m_configured;
    if (!m_embedded) {
        ServerOptions options;
        options.port = m_port;
        options.anotherPortIfTaken = true;
        Result<std::unique_ptr<ConferenceServer>> server = ConferenceServer::start(options);
        if (!server)
            return std::move(server).error();
        m_embedded = std::move(server).value();
    }
    const QUrl local = m_embedded->localSignalingUrl();
    MeetingLink address;
    address.host = local.host();
    address.port = static_cast<quint16>(local.port(443));
    // It is our own: its certificate is the one to expect, whoever signed it.
    address.certificateFingerprint = m_embedded->fingerprint();
    return address;
}

} // namespace sightline
