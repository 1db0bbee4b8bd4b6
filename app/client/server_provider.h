#pragma once

#include "core/base/result.h"
#include "core/conference/conference_server.h"
#include "core/signaling/meeting_link.h"

#include <memory>
#include <optional>

namespace sightline {

/// Where meetings are made: the server that was configured, or one of our own on this machine, started when
/// it is first needed and ended with this object.
class ServerProvider {
public:
    ServerProvider(std::optional<MeetingLink> configured, quint16 port)
        : m_configured(std::move(configured))
        , m_port(port)
    {
    }

    /// Another one from now on; nothing: our own. Ours goes on, if it runs: somebody may be on it.
    void configure(std::optional<MeetingLink> server) { m_configured = std::move(server); }

    /// The server's address with an empty meeting id. Errors as for ConferenceServer::start.
    Result<MeetingLink> address();

private:
    std::optional<MeetingLink> m_configured;
    const quint16 m_port;
    std::unique_ptr<ConferenceServer> m_embedded;
};

} // namespace sightline
