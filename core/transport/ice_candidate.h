#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <cstdint>

namespace sightline {

/// One address at which the peer may be reached: a candidate-attribute of SDP (RFC 8839 5.1; TCP: RFC
/// 6544 4.5).
struct IceCandidate {
    enum class Type { Host, ServerReflexive, PeerReflexive, Relayed };
    enum class Transport { Udp, TcpActive, TcpPassive, TcpSimultaneousOpen };

    static constexpr qsizetype kMaxLength = 512;

    QByteArray foundation;
    Transport transport = Transport::Udp;
    std::uint32_t priority = 0;
    QByteArray address; ///< an IPv4 or IPv6 literal: names are not resolved on a stranger's behalf
    std::uint16_t port = 0;
    Type type = Type::Host;

    /// "candidate:..." without "a=". The component has to be 1, as RTCP shares RTP's. Unknown extensions are
    /// skipped. ParseFailed for everything that the grammar does not allow, and for addresses that no single
    /// host has.
    static Result<IceCandidate> parse(const QByteArray& text);

    bool operator==(const IceCandidate&) const = default;
};

} // namespace sightline
