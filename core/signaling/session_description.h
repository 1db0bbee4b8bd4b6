#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sightline {

/// The body of an offer or answer: one m=applicationsharing section (RFC 8866, MS-SDPEXT 3.1.5.18), DTLS-SRTP
/// keyed (RFC 5763), with what the client can do. A value; toSdp and parse are exact inverses for what parse
/// accepts.
struct SessionDescription {
    enum class Role { Sharer, Viewer };
    enum class Setup { ActPass, Active, Passive };

    Role role = Role::Sharer;
    Setup setup = Setup::ActPass;
    quint32 sessionId = 1; ///< x-applicationsharing-session-id
    QByteArray iceUfrag;
    QByteArray icePwd;
    QByteArray fingerprint; ///< SHA-256, upper-case hex with colons
    QList<QByteArray> candidates; ///< candidate-attribute values; more may trickle in later (RFC 8840)
    bool endOfCandidates = false;
    quint32 iceRestart = 0; ///< which one of the call this is of (RFC 8839 4.4.1.1); 0: of its beginning
    QList<QByteArray> capabilities; ///< tokens that PROTOCOL.md lists; unknown ones are kept and ignored

    QByteArray toSdp() const;
    /// ParseFailed, TooLarge, with the line's number in the message.
    static Result<SessionDescription> parse(const QByteArray& sdp);

    bool operator==(const SessionDescription&) const = default;
};

} // namespace sightline
