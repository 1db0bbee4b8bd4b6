#pragma once

#include <QByteArray>

#include <cstdint>
#include <vector>

namespace sightline {

/// One side's half of an ICE restart (RFC 8445 2.4, RFC 8839 4.4.1.1): new credentials and all candidates, in
/// an offer or answer of the same call. The answer repeats the offer's generation, so that an answer to an
/// offer that a later one has replaced is recognised.
struct IceRestart {
    std::uint32_t generation = 0; ///< 1 or more, growing within a call; what the call began with is 0
    QByteArray iceUfrag;
    QByteArray icePwd;
    std::vector<QByteArray> candidates; ///< candidate-attributes (RFC 8839 5.1); none follow
};

} // namespace sightline
