#pragma once

#include "core/base/result.h"
#include "core/conference/server_limits.h"
#include "core/conference/server_options.h"

#include <QByteArray>
#include <QUrl>

#include <memory>

namespace sightline {

/// A running server: the focus behind its one HTTPS port, on a thread of its own. `sightline-server` is
/// nothing but one of these; the app starts one when no other server is configured.
///
/// Owned by one thread of any kind (no event loop is needed there). What it tells never changes once it runs.
class ConferenceServer {
public:
    /// Listens before it returns. PortInUse, FileFailed (certificate, data directory) or InvalidArgument.
    static Result<std::unique_ptr<ConferenceServer>> start(
        const ServerOptions& options, const ServerLimits& limits = {});

    ~ConferenceServer(); ///< stop()
    ConferenceServer(const ConferenceServer&) = delete;
    ConferenceServer& operator=(const ConferenceServer&) = delete;

    /// Closes every connection, then the port; returns when the thread has ended.
    void stop();

    quint16 port() const;
    /// SHA-256 of the certificate, 32 octets.
    QByteArray fingerprint() const;
    /// True when the certificate is one that the server made for itself, so that links must pin it.
    bool isSelfSigned() const;
    /// https://HOST[:PORT] that links carry: the public URL, else this machine's address.
    QUrl baseUrl() const;
    /// wss: for a client on this machine: the loopback address unless the server listens elsewhere only.
    QUrl localSignalingUrl() const;

private:
    class Private;
    explicit ConferenceServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
