#include "core/signaling/presence_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_choice.h"
#include "core/signaling/xml_names.h"
#include "core/signaling/xml_reader.h"

#include <QSet>
#include <QXmlStreamWriter>

namespace sightline {
namespace {

bool isOurs(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kSightline, QLatin1StringView(name));
}

Person::Availability readAvailability(XmlReader& xml)
{
    const QString name = xml.requiredAttribute(QLatin1StringView("availability"));
    if (name == QLatin1StringView("in-meeting"))
        return Person::Availability::InMeeting;
    if (name != QLatin1StringView("available"))
        xml.fail(QStringLiteral("availability is neither available nor in-meeting"));
    return Person::Availability::Available;
}

void readPerson(XmlReader& xml, PresenceInfo& info)
{
    Person person;
    person.entity = readEntityAttribute(xml, QLatin1StringView("entity"));
    const bool isRemoved = xml.attribute(QLatin1StringView("state")) == QStringLiteral("deleted");
    if (!isRemoved)
        person.availability = readAvailability(xml);
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            person.displayName = readDisplayName(xml);
        else
            xml.skip();
    }
    if (isRemoved)
        info.removed.append(person.entity);
    else if (person.displayName.isEmpty())
        xml.fail(QStringLiteral("person has no display-name"));
    else
        info.people.append(std::move(person));
    if (info.people.size() > limits::kPeople || info.removed.size() > limits::kPeople)
        xml.fail(QStringLiteral("the presence has more than 800 people"), ErrorCode::TooLarge);
}

void checkPeople(XmlReader& xml, const PresenceInfo& info)
{
    QSet<QString> entities(info.removed.cbegin(), info.removed.cend());
    for (const Person& person : info.people)
        entities.insert(person.entity);
    if (entities.size() != info.people.size() + info.removed.size())
        xml.fail(QStringLiteral("the presence names a person twice"));
    if (info.state == PresenceInfo::State::Full && !info.removed.isEmpty())
        xml.fail(QStringLiteral("a full presence has a deleted person"));
}

std::optional<MeetingLink> readLink(XmlReader& xml, const QString& meetingId)
{
    auto link = MeetingLink::parse(xml.text(limits::kAttributeLength));
    if (link && link->meetingId == meetingId)
        return *std::move(link);
    xml.fail(QStringLiteral("app-url is not a link to the meeting"));
    return {};
}

InvitationDocument::Body readInvite(XmlReader& xml)
{
    Invite body;
    body.meetingId = readMeetingAttribute(xml, QLatin1StringView("meeting"));
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            body.senderName = readDisplayName(xml);
        else if (isOurs(xml, "subject"))
            body.subject = readSubject(xml);
        else if (isOurs(xml, "app-url"))
            body.link = readLink(xml, body.meetingId);
        else
            xml.skip();
    }
    return body;
}

InvitationDocument::Body readAccept(XmlReader& xml)
{
    InviteAccept body{readEntityAttribute(xml, QLatin1StringView("participant"))};
    xml.skip();
    return body;
}

template <typename Body> InvitationDocument::Body readEnd(XmlReader& xml)
{
    const ErrorCode code = errorCodeFromName(xml.requiredAttribute(QLatin1StringView("code")));
    return Body{code, xml.text(limits::kTextLength)};
}

constexpr std::array<Choice<InvitationDocument::Body>, 4> kInvitationBodies{{
    {xmlns::kSightline, "invite", readInvite},
    {xmlns::kSightline, "accept", readAccept},
    {xmlns::kSightline, "decline", readEnd<InviteDecline>},
    {xmlns::kSightline, "cancel", readEnd<InviteCancel>},
}};

void begin(QXmlStreamWriter& xml, const char* root)
{
    xml.writeDefaultNamespace(xmlns::kSightline);
    xml.writeStartElement(xmlns::kSightline, QLatin1StringView(root));
}

void textElement(QXmlStreamWriter& xml, const char* name, const QString& text)
{
    xml.writeTextElement(xmlns::kSightline, QLatin1StringView(name), xmlText(text));
}

/// Writes the body of an invitation, of whichever kind it is.
struct BodyWriter {
    QXmlStreamWriter& xml;

    void operator()(const Invite& body) const
    {
        xml.writeStartElement(xmlns::kSightline, QStringLiteral("invite"));
        xml.writeAttribute(QStringLiteral("meeting"), meetingEntity(body.meetingId));
        if (!body.senderName.isEmpty())
            textElement(xml, "display-name", body.senderName);
        if (!body.subject.isEmpty())
            textElement(xml, "subject", body.subject);
        if (body.link)
            textElement(xml, "app-url", body.link->toAppLink());
        xml.writeEndElement();
    }
    void operator()(const InviteAccept& body) const
    {
        xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("accept"));
        xml.writeAttribute(QStringLiteral("participant"), xmlText(body.participant));
    }
    void operator()(const InviteDecline& body) const { writeEnd("decline", body.code, body.text); }
    void operator()(const InviteCancel& body) const { writeEnd("cancel", body.code, body.text); }

    void writeEnd(const char* name, ErrorCode code, const QString& text) const
    {
        xml.writeStartElement(xmlns::kSightline, QLatin1StringView(name));
        xml.writeAttribute(QStringLiteral("code"), QLatin1StringView(stableCode(code)));
        xml.writeCharacters(xmlText(text.left(limits::kTextLength)));
        xml.writeEndElement();
    }
};

QDateTime readTime(XmlReader& xml)
{
    const QString text = xml.requiredAttribute(QLatin1StringView("time"));
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    constexpr int kLastYear = 9998; // what RFC 3339 can write, whatever is added to it
    const bool isTime = text.endsWith(u'Z') && time.isValid() && time.timeSpec() == Qt::UTC
        && time.date().year() > 0 && time.date().year() <= kLastYear;
    if (!isTime)
        xml.fail(QStringLiteral("message has a time that is not one of RFC 3339 in UTC"));
    return isTime ? time : QDateTime();
}

QString readMessageText(XmlReader& xml)
{
    const QString raw = xml.text(limits::kMessageSize);
    if (raw.toUtf8().size() > limits::kMessageSize) {
        xml.fail(QStringLiteral("the message has more than 4096 octets"), ErrorCode::TooLarge);
        return {};
    }
    const auto text = normalizedMessage(raw);
    if (!text)
        xml.fail(QStringLiteral("the message is empty"));
    return text.value_or(QString());
}

} // namespace

QString nameOf(Person::Availability availability)
{
    return availability == Person::Availability::InMeeting ? QStringLiteral("in-meeting")
                                                           : QStringLiteral("available");
}

Request::Body readSetPresence(XmlReader& xml)
{
    SetPresence body{readAvailability(xml)};
    xml.skip();
    return body;
}

Request::Body readGetPresence(XmlReader& xml)
{
    xml.skip();
    return GetPresence{};
}

Request::Body readSendMessage(XmlReader& xml)
{
    SendMessage body;
    body.meetingId = readMeetingAttribute(xml, QLatin1StringView("meeting"));
    while (xml.nextChild()) {
        if (isOurs(xml, "text"))
            body.text = readMessageText(xml);
        else
            xml.skip();
    }
    if (body.text.isEmpty())
        xml.fail(QStringLiteral("text is missing"));
    return body;
}

PresenceInfo readPresence(XmlReader& xml)
{
    PresenceInfo info;
    const QString state = xml.attribute(QLatin1StringView("state")).value_or(QStringLiteral("full"));
    if (state == QLatin1StringView("partial"))
        info.state = PresenceInfo::State::Partial;
    else if (state != QLatin1StringView("full"))
        xml.fail(QStringLiteral("presence has an unknown state"));
    info.version = xml.numberAttribute(QLatin1StringView("version"));
    while (xml.nextChild()) {
        if (isOurs(xml, "person"))
            readPerson(xml, info);
        else
            xml.skip();
    }
    checkPeople(xml, info);
    return info;
}

void writePresence(QXmlStreamWriter& xml, const PresenceInfo& info)
{
    begin(xml, "presence");
    const bool isFull = info.state == PresenceInfo::State::Full;
    xml.writeAttribute(QStringLiteral("state"), isFull ? QStringLiteral("full") : QStringLiteral("partial"));
    xml.writeAttribute(QStringLiteral("version"), QString::number(info.version));
    for (const QString& entity : info.removed) {
        xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("person"));
        xml.writeAttribute(QStringLiteral("entity"), xmlText(entity));
        xml.writeAttribute(QStringLiteral("state"), QStringLiteral("deleted"));
    }
    for (const Person& person : info.people) {
        xml.writeStartElement(xmlns::kSightline, QStringLiteral("person"));
        xml.writeAttribute(QStringLiteral("entity"), xmlText(person.entity));
        xml.writeAttribute(QStringLiteral("availability"), nameOf(person.availability));
        textElement(xml, "display-name", person.displayName);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

InvitationDocument readInvitation(XmlReader& xml)
{
    InvitationDocument invitation;
    invitation.id = xml.requiredAttribute(QLatin1StringView("id"));
    if (!isCallId(invitation.id))
        xml.fail(QStringLiteral("invitation has a malformed id"));
    invitation.to = readEntityAttribute(xml, QLatin1StringView("to"));
    if (xml.attribute(QLatin1StringView("from")))
        invitation.from = readEntityAttribute(xml, QLatin1StringView("from"));
    invitation.body = readChoice(xml, kInvitationBodies);
    return invitation;
}

void writeInvitation(QXmlStreamWriter& xml, const InvitationDocument& invitation)
{
    begin(xml, "invitation");
    xml.writeAttribute(QStringLiteral("id"), xmlText(invitation.id));
    if (!invitation.from.isEmpty())
        xml.writeAttribute(QStringLiteral("from"), xmlText(invitation.from));
    xml.writeAttribute(QStringLiteral("to"), xmlText(invitation.to));
    std::visit(BodyWriter{xml}, invitation.body);
    xml.writeEndElement();
}

ChatMessage readMessage(XmlReader& xml)
{
    ChatMessage message;
    message.meetingId = readMeetingAttribute(xml, QLatin1StringView("meeting"));
    message.number = xml.numberAttribute(QLatin1StringView("number"));
    message.from = readEntityAttribute(xml, QLatin1StringView("from"));
    message.time = readTime(xml);
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            message.senderName = readDisplayName(xml);
        else if (isOurs(xml, "text"))
            message.text = readMessageText(xml);
        else
            xml.skip();
    }
    if (message.senderName.isEmpty() || message.text.isEmpty())
        xml.fail(QStringLiteral("message has no display-name or no text"));
    return message;
}

void writeMessage(QXmlStreamWriter& xml, const ChatMessage& message)
{
    begin(xml, "message");
    xml.writeAttribute(QStringLiteral("meeting"), meetingEntity(message.meetingId));
    xml.writeAttribute(QStringLiteral("number"), QString::number(message.number));
    xml.writeAttribute(QStringLiteral("from"), xmlText(message.from));
    xml.writeAttribute(QStringLiteral("time"), message.time.toString(Qt::ISODateWithMs));
    textElement(xml, "display-name", message.senderName);
    textElement(xml, "text", message.text);
    xml.writeEndElement();
}

} // namespace sightline
