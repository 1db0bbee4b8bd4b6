#include "core/transport/security_code.h"

#include <QCryptographicHash>

#include <algorithm>

namespace sightline {

namespace {

constexpr int kRounds = 5000;
constexpr int kGroups = 5;
constexpr qsizetype kOctetsPerGroup = 6; // so many that 10000 divides their range nearly evenly
constexpr quint64 kGroupRange = 10000;

} // namespace

QString securityCode(const QByteArray& fingerprint, const QByteArray& otherFingerprint)
{
    const auto& [low, high] = std::minmax(fingerprint, otherFingerprint);
    const QByteArray seed = "Sightline security code 1\n" + low + '\n' + high;
    QByteArray digest = QCryptographicHash::hash(seed, QCryptographicHash::Sha256);
    for (int i = 0; i < kRounds; ++i)
        digest = QCryptographicHash::hash(digest + seed, QCryptographicHash::Sha256);

    QString code;
    for (int group = 0; group < kGroups; ++group) {
        quint64 number = 0;
        for (const char octet : digest.mid(group * kOctetsPerGroup, kOctetsPerGroup))
            number = number << 8 | static_cast<unsigned char>(octet);
        if (group > 0)
            code += QLatin1Char(' ');
        code += QStringLiteral("%1").arg(number % kGroupRange, 4, 10, QLatin1Char('0'));
    }
    return code;
}

} // namespace sightline
