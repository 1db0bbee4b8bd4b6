#pragma once

#include "core/signaling/roster.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

/// Values that occur in more than one document, from and to the text of elements and attributes.
namespace sightline {

class XmlReader;

/// The values of RFC 4575's media status: sendonly, recvonly, inactive.
Participant::Sharing sharingFromStatus(XmlReader& xml, QStringView status);
QString statusOf(Participant::Sharing sharing);
Participant::Role roleFromName(QStringView name); ///< of the roles/entry; what is unknown is an attendee
QString nameOf(Participant::Role role);

/// The text of the element, trimmed; fails when it is not one (PROTOCOL.md, "Names and values").
QString readDisplayName(XmlReader& xml);
QString readSubject(XmlReader& xml);
QString readPasscode(XmlReader& xml);
QList<QByteArray> readCapabilities(XmlReader& xml);
QString readEntityAttribute(XmlReader& xml, QLatin1StringView name);
QString readMeetingAttribute(XmlReader& xml, QLatin1StringView name);

/// "true" or "false"; nothing when it is missing.
std::optional<bool> optionalFlag(XmlReader& xml, QLatin1StringView name);
QString nameOf(bool flag);
/// The attributes `viewers` (ask, all) and `presenters` (organizer, everyone); nothing when missing.
std::optional<MeetingSettings::Viewers> readViewers(XmlReader& xml);
std::optional<MeetingSettings::Presenters> readPresenters(XmlReader& xml);
QString nameOf(MeetingSettings::Viewers viewers);
QString nameOf(MeetingSettings::Presenters presenters);

/// Without the characters that XML 1.0 cannot carry.
QString xmlText(const QString& text);

} // namespace sightline
