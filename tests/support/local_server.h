#pragma once

#include "core/conference/conference_server.h"
#include "core/signaling/meeting_link.h"

#include <QTemporaryDir>

#include <memory>

namespace sightline {

/// A server on this machine, with a certificate of its own, for one test.
struct LocalServer {
    explicit LocalServer(bool hasPresence = true, const ServerLimits& limits = {})
    {
        ServerOptions options;
        options.address = QHostAddress::LocalHost;
        options.port = 0;
        options.hasPresence = hasPresence;
        options.dataDirectory = directory.path();
        if (auto started = ConferenceServer::start(options, limits))
            server = std::move(started).value();
    }

    MeetingLink address() const
    {
        MeetingLink link;
        link.host = QStringLiteral("127.0.0.1");
        link.port = server->port();
        link.certificateFingerprint = server->fingerprint();
        return link;
    }

    QTemporaryDir directory;
    std::unique_ptr<ConferenceServer> server; ///< null: it could not start
};

} // namespace sightline
