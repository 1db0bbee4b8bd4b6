#include "core/conference/secrets.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

namespace sightline {
namespace {

constexpr int kPasscodeRounds = 4096;
constexpr int kHashSize = 32;
constexpr qint64 kCredentialSeconds = 12 * 3600;

} // namespace

QByteArray secretHash(const QString& secret)
{
    return QCryptographicHash::hash(secret.toUtf8(), QCryptographicHash::Sha256);
}

QByteArray passcodeHash(const QString& meetingId, const QString& passcode)
{
    if (passcode.isEmpty())
        return {};
    return QPasswordDigestor::deriveKeyPbkdf2(
        QCryptographicHash::Sha256, passcode.toUtf8(), meetingId.toLatin1(), kPasscodeRounds, kHashSize);
}

bool equalSecrets(const QByteArray& a, const QByteArray& b)
{
    // Hashed first: the length and the place of a difference tell nothing then.
    const QByteArray left = QCryptographicHash::hash(a, QCryptographicHash::Sha256);
    const QByteArray right = QCryptographicHash::hash(b, QCryptographicHash::Sha256);
    unsigned difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    return difference == 0;
}

QList<IceServerInfo> iceServersFor(
    const QStringList& uris, const QByteArray& secret, const QString& user, const QDateTime& now)
{
    QList<IceServerInfo> servers;
    const QString name = QStringLiteral("%1:%2")
                             .arg(now.toSecsSinceEpoch() + kCredentialSeconds)
                             .arg(user.section(u':', -1));
    const QByteArray password
        = QMessageAuthenticationCode::hash(name.toUtf8(), secret, QCryptographicHash::Sha1).toBase64();
    for (const QString& uri : uris) {
        const bool isTurn = uri.startsWith(QLatin1StringView("turn"));
        if (isTurn && !secret.isEmpty())
            servers.append({uri, name, QString::fromLatin1(password)});
        else
            servers.append({uri, {}, {}});
    }
    return servers;
}

} // namespace sightline
