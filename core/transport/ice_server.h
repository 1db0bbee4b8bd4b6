#pragma once

#include <QString>

#include <cstdint>

namespace sightline {

/// A server that helps ICE through address translation: STUN (RFC 8489), or TURN (RFC 8656) when a user is
/// given.
struct IceServer {
    QString host;
    std::uint16_t port = 3478;
    QString user; ///< empty: STUN only
    QString password;
    bool turnOverTcp = false;
};

} // namespace sightline
