#pragma once

#include <QByteArray>

/// The grammars of single SDP values that come from a stranger.
namespace sightline {

bool isIceUfrag(QByteArrayView text); ///< RFC 8839 5.4: 4 to 256 ice-char
bool isIcePwd(QByteArrayView text); ///< RFC 8839 5.4: 22 to 256 ice-char
/// RFC 8122 5: 32 pairs of hexadecimal digits with colons, upper case.
bool isSha256Fingerprint(QByteArrayView text);
/// RFC 8839 5.1, from "candidate:" on; extensions and transports of any name.
bool isCandidate(QByteArrayView text);
/// "candidate:..." from that, from "a=candidate:..." or from the value alone.
QByteArray canonicalCandidate(const QByteArray& text);

} // namespace sightline
