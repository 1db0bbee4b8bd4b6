#pragma once

#include "core/signaling/documents.h"

class QXmlStreamWriter;

/// The documents of "Presence", "Invitations" and "Messages" (PROTOCOL.md) from and to XML. The readers are
/// at the root element; errors stay in the reader.
namespace sightline {

class XmlReader;

PresenceInfo readPresence(XmlReader& xml);
void writePresence(QXmlStreamWriter& xml, const PresenceInfo& info);

InvitationDocument readInvitation(XmlReader& xml);
void writeInvitation(QXmlStreamWriter& xml, const InvitationDocument& invitation);

ChatMessage readMessage(XmlReader& xml);
void writeMessage(QXmlStreamWriter& xml, const ChatMessage& message);

// The commands among them; the readers are at the element of the command.
Request::Body readSetPresence(XmlReader& xml);
Request::Body readGetPresence(XmlReader& xml);
Request::Body readSendMessage(XmlReader& xml);
QString nameOf(Person::Availability availability);

} // namespace sightline
