#pragma once

#include "core/signaling/conference_documents.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

/// What the server keeps of secrets, and how it compares them. Pure.
namespace sightline {

/// SHA-256, for secrets that nobody can guess: keys and tokens.
QByteArray secretHash(const QString& secret);

/// Of a passcode, which can be guessed: slow on purpose, and another one in each meeting. Empty for none.
QByteArray passcodeHash(const QString& meetingId, const QString& passcode);

/// Takes as long wherever they differ.
bool equalSecrets(const QByteArray& a, const QByteArray& b);

/// TURN servers with credentials that are good until `now` + 12 hours (the REST scheme that coturn calls
/// use-auth-secret). Of other URIs, as they are.
QList<IceServerInfo> iceServersFor(
    const QStringList& uris, const QByteArray& secret, const QString& user, const QDateTime& now);

} // namespace sightline
