#pragma once

#include <QString>

namespace sightline {

/// How the packets travel, for people and for --stats.
struct TransportPath {
    enum class Kind { Unknown, Direct, Relay };
    enum class Protocol { Unknown, Udp, Tcp };
    Kind kind = Kind::Unknown;
    Protocol protocol = Protocol::Unknown;
    QString local; ///< "10.0.0.1:5000"
    QString remote;
};

} // namespace sightline
