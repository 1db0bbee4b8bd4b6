#pragma once

#include <QByteArray>
#include <QString>

namespace sightline {

/// The code that two people read to each other to know that nobody sits between them (design.md, D3): 20
/// digits in five groups, derived from both certificates' fingerprints, in whichever order they are given.
///
/// It is stretched: somebody in between would have to find, while the session is being set up, two
/// certificates whose codes collide, and every try costs thousands of hashes (some milliseconds for us, once
/// per session).
QString securityCode(const QByteArray& fingerprint, const QByteArray& otherFingerprint);

} // namespace sightline
