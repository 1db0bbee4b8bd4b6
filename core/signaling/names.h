#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// The rules of PROTOCOL.md, "Names and values", in one place.
namespace sightline {

bool isMeetingId(QStringView text);
/// Of a participant.
bool isEntity(QStringView text);
bool isCallId(QStringView text);
bool isCapability(QByteArrayView text);

/// Trimmed; nothing when it is empty, too long or holds characters that could deceive a reader.
std::optional<QString> normalizedDisplayName(const QString& text);
/// Likewise, but may be empty.
std::optional<QString> normalizedSubject(const QString& text);

/// Of a meeting; likewise, up to 64 characters.
std::optional<QString> normalizedPasscode(const QString& text);

/// Tokens separated by spaces; nothing when one is malformed or there are too many.
std::optional<QList<QByteArray>> parseCapabilities(QByteArrayView text);

/// A message: CR LF and CR become LF, control characters but LF and tab go, as do blanks around; nothing when
/// nothing is left of it or it has more than 4096 octets of UTF-8.
std::optional<QString> normalizedMessage(const QString& text);

QString meetingEntity(QStringView meetingId);
/// The reverse; nothing when it is not the entity of a meeting.
std::optional<QString> meetingIdOf(QStringView entity);

} // namespace sightline
