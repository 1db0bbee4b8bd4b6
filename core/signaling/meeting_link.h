#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace sightline {

/// A meeting's address (design.md, 6): https://HOST[:PORT]/m/ID for everybody,
/// sightline://HOST[:PORT]/m/ID?fp=SHA256 for the app, which also pins the certificate that a server made for
/// itself.
struct MeetingLink {
    QString host;
    quint16 port = 443;
    QString meetingId; ///< base64url, 128 bits or more
    QByteArray
        certificateFingerprint; ///< SHA-256 of the server's certificate, 32 octets; empty: trusted as usual

    /// InvalidLink with a message that says what is wrong with it.
    static Result<MeetingLink> parse(const QString& text);

    /// A server's address is a link without a meeting: https://HOST[:PORT], or with ?fp=SHA256 to pin its
    /// certificate; a whole link to any meeting there will do. The result's meetingId is empty.
    static Result<MeetingLink> parseServer(const QString& text);

    QString toWebLink() const; ///< https:, without the pin
    QString toAppLink() const; ///< sightline:, with the pin when there is one
    QUrl signalingUrl() const; ///< wss: of the server

    bool operator==(const MeetingLink&) const = default;
};

} // namespace sightline
