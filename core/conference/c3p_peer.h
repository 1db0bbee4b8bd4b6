#pragma once

#include <QByteArray>
#include <QUrl>

namespace sightline {

/// Where another server of ours takes C3P, and how it is known.
struct C3pPeer {
    QUrl url; ///< https://HOST[:PORT]
    QByteArray pin; ///< SHA-256 of its certificate; empty: the system's trust
    bool operator==(const C3pPeer&) const = default;
};

} // namespace sightline
