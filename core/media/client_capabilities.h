#pragma once

#include <QByteArray>
#include <QList>

namespace sightline {

/// A sharer whose desktop can be controlled, a viewer that can control one.
inline const QByteArray kControlCapability = QByteArrayLiteral("control");

/// Its media may come from another participant, and not from a server alone.
inline const QByteArray kDirectCapability = QByteArrayLiteral("direct");

/// What this client can do, as it tells in the roster and in its descriptions (PROTOCOL.md, capabilities).
inline QList<QByteArray> clientCapabilities()
{
    return {"rtp-stream-1", "rdp-graphics", "remotefx", "planar", "dtls-srtp-gcm", kDirectCapability,
        kControlCapability};
}

/// Whether a direct session with a client of these capabilities can work at all.
inline bool canShareWith(const QList<QByteArray>& capabilities)
{
    return capabilities.contains("rtp-stream-1") && capabilities.contains("rdp-graphics");
}

} // namespace sightline
