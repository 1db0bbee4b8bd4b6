#include "core/signaling/conference_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_names.h"

#include <QXmlStreamWriter>

namespace sightline {
namespace {

void begin(QXmlStreamWriter& xml, QLatin1StringView xmlNamespace, const char* name)
{
    xml.writeStartElement(xmlNamespace, QLatin1StringView(name));
}

void attribute(QXmlStreamWriter& xml, const char* name, const QString& value)
{
    xml.writeAttribute(QLatin1StringView(name), xmlText(value));
}

void textElement(QXmlStreamWriter& xml, QLatin1StringView xmlNamespace, const char* name, const QString& text)
{
    xml.writeTextElement(xmlNamespace, QLatin1StringView(name), xmlText(text));
}

void conferenceKeys(QXmlStreamWriter& xml, const QString& meetingId)
{
    xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("conferenceKeys"));
    attribute(xml, "confEntity", meetingEntity(meetingId));
}

void userKeys(QXmlStreamWriter& xml, const QString& meetingId, const QString& user)
{
    xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("userKeys"));
    attribute(xml, "confEntity", meetingEntity(meetingId));
    attribute(xml, "userEntity", user);
}

template <typename Body> void writeAllow(QXmlStreamWriter& xml, const char* name, const Body& body)
{
    xml.writeEmptyElement(xmlns::kSightline, QLatin1StringView(name));
    attribute(xml, "meeting", meetingEntity(body.meetingId));
    attribute(xml, "user", body.user);
    attribute(xml, "allow", nameOf(body.isAllowed));
}

void writeRoles(QXmlStreamWriter& xml, const char* name, Participant::Role role)
{
    begin(xml, xmlns::kConferenceInfo, name);
    textElement(xml, xmlns::kConferenceInfo, "entry", nameOf(role));
    xml.writeEndElement();
}

} // namespace

// Requests

void writeConferenceBody(QXmlStreamWriter& xml, const AddConference& body)
{
    begin(xml, xmlns::kCccp, "addConference");
    begin(xml, xmlns::kConferenceInfo, "conference-info");
    begin(xml, xmlns::kConferenceInfo, "conference-description");
    textElement(xml, xmlns::kConferenceInfo, "subject", body.subject);
    xml.writeEndElement();
    xml.writeEndElement();
    begin(xml, xmlns::kSightline, "settings");
    attribute(xml, "lobby", nameOf(body.settings.hasLobby));
    attribute(xml, "viewers", nameOf(body.settings.viewers));
    attribute(xml, "presenters", nameOf(body.settings.presenters));
    if (body.expiresIn > 0)
        attribute(xml, "expires", QString::number(body.expiresIn));
    if (!body.passcode.isEmpty())
        textElement(xml, xmlns::kSightline, "passcode", body.passcode);
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const AddUser& body)
{
    begin(xml, xmlns::kCccp, "addUser");
    conferenceKeys(xml, body.meetingId);
    xml.writeEmptyElement(xmlns::kConferenceInfo, QStringLiteral("user"));
    attribute(xml, "entity", body.user);
    if (!body.passcode.isEmpty())
        textElement(xml, xmlns::kSightline, "passcode", body.passcode);
    if (!body.key.isEmpty())
        textElement(xml, xmlns::kSightline, "key", body.key);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const DeleteUser& body)
{
    begin(xml, xmlns::kCccp, "deleteUser");
    userKeys(xml, body.meetingId, body.user);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const DeleteConference& body)
{
    begin(xml, xmlns::kCccp, "deleteConference");
    conferenceKeys(xml, body.meetingId);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const ModifyConference& body)
{
    begin(xml, xmlns::kCccp, "modifyConference");
    conferenceKeys(xml, body.meetingId);
    begin(xml, xmlns::kSightline, "settings");
    if (body.isLocked)
        attribute(xml, "locked", nameOf(*body.isLocked));
    if (body.hasLobby)
        attribute(xml, "lobby", nameOf(*body.hasLobby));
    if (body.viewers)
        attribute(xml, "viewers", nameOf(*body.viewers));
    if (body.passcode)
        textElement(xml, xmlns::kSightline, "passcode", *body.passcode);
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const ModifyUserRoles& body)
{
    begin(xml, xmlns::kCccp, "modifyUserRoles");
    userKeys(xml, body.meetingId, body.user);
    writeRoles(xml, "user-roles", body.role);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const GetConference& body)
{
    begin(xml, xmlns::kCccp, "getConference");
    conferenceKeys(xml, body.meetingId);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const ModifyEndpointMedia& body)
{
    begin(xml, xmlns::kCccp, "modifyEndpointMedia");
    xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("mediaKeys"));
    attribute(xml, "confEntity", meetingEntity(body.meetingId));
    attribute(xml, "userEntity", body.user);
    attribute(xml, "endpointEntity", body.user);
    attribute(xml, "mediaId", QStringLiteral("1"));
    begin(xml, xmlns::kConferenceInfo, "media");
    attribute(xml, "id", QStringLiteral("1"));
    textElement(xml, xmlns::kConferenceInfo, "type", QStringLiteral("applicationsharing"));
    textElement(xml, xmlns::kConferenceInfo, "status", statusOf(body.sharing));
    xml.writeEndElement();
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const AdmitUser& body)
{
    writeAllow(xml, "admitUser", body);
}

void writeConferenceBody(QXmlStreamWriter& xml, const AllowView& body)
{
    writeAllow(xml, "allowView", body);
}

void writeConferenceBody(QXmlStreamWriter& xml, const AllowControl& body)
{
    writeAllow(xml, "allowControl", body);
}

void writeConferenceBody(QXmlStreamWriter& xml, const EndSharing& body)
{
    xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("endSharing"));
    attribute(xml, "meeting", meetingEntity(body.meetingId));
}

void writeConferenceBody(QXmlStreamWriter& xml, const UseServer& body)
{
    xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("useServer"));
    attribute(xml, "meeting", meetingEntity(body.meetingId));
}

// Responses

void writeConferenceBody(QXmlStreamWriter& xml, const AddConferenceResponse& body)
{
    begin(xml, xmlns::kCccp, "addConference");
    begin(xml, xmlns::kConferenceInfo, "conference-info");
    attribute(xml, "entity", meetingEntity(body.meetingId));
    begin(xml, xmlns::kConferenceInfo, "conference-description");
    textElement(xml, xmlns::kConferenceInfo, "subject", body.subject);
    if (body.link) {
        textElement(xml, xmlns::kConferenceInfoExtensions, "join-url", body.link->toWebLink());
        textElement(xml, xmlns::kSightline, "app-url", body.link->toAppLink());
    }
    xml.writeEndElement();
    xml.writeEndElement();
    if (!body.organizerKey.isEmpty())
        textElement(xml, xmlns::kSightline, "organizer-key", body.organizerKey);
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const AddUserResponse& body)
{
    begin(xml, xmlns::kCccp, "addUser");
    conferenceKeys(xml, body.meetingId);
    begin(xml, xmlns::kConferenceInfo, "user");
    attribute(xml, "entity", body.user);
    writeRoles(xml, "roles", body.role);
    xml.writeEndElement();
    if (!body.iceServers.isEmpty())
        begin(xml, xmlns::kSightline, "ice-servers");
    for (const IceServerInfo& server : body.iceServers) {
        xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("server"));
        attribute(xml, "uri", server.uri);
        if (!server.username.isEmpty())
            attribute(xml, "username", server.username);
        if (!server.password.isEmpty())
            attribute(xml, "password", server.password);
    }
    if (!body.iceServers.isEmpty())
        xml.writeEndElement();
    xml.writeEndElement();
}

void writeConferenceBody(QXmlStreamWriter& xml, const AddUserPending& body)
{
    begin(xml, xmlns::kCccp, "addUser");
    conferenceKeys(xml, body.meetingId);
    xml.writeEndElement();
}

} // namespace sightline
