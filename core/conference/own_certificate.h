#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

namespace sightline {

/// Makes an ECDSA P-256 key and a self-signed certificate for it, valid for twenty years, with `names` (host
/// names and IP addresses) as subjectAltName. Returns both as PEM, the key first.
Result<QByteArray> makeOwnCertificate(const QStringList& names);

/// Ok when the first private key of `keyPem` belongs to the first certificate of `certificatePem`.
Result<void> checkKeyMatches(const QByteArray& certificatePem, const QByteArray& keyPem);

} // namespace sightline
