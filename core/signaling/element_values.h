#pragma once

#include "core/signaling/roster.h"

#include <QByteArray>
#include <QList>
#include <QString>

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
QList<QByteArray> readCapabilities(XmlReader& xml);
QString readEntityAttribute(XmlReader& xml, QLatin1StringView name);
QString readMeetingAttribute(XmlReader& xml, QLatin1StringView name);

/// Without the characters that XML 1.0 cannot carry.
QString xmlText(const QString& text);

} // namespace sightline
