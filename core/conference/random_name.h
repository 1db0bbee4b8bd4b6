#pragma once

#include <QByteArray>
#include <QRandomGenerator>
#include <QString>

#include <array>

namespace sightline {

/// 192 bits of the system's secure random numbers, base64url: nobody guesses it.
inline QString randomName()
{
    std::array<quint32, 6> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    const QByteArray bytes(reinterpret_cast<const char*>(words.data()), sizeof(words));
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace sightline
