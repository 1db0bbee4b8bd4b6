#include "core/signaling/roster_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_names.h"
#include "core/signaling/xml_reader.h"

#include <QSet>
#include <QXmlStreamWriter>

#include <array>

namespace sightline {
namespace {

bool isInfo(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kConferenceInfo, QLatin1StringView(name));
}

bool isOurs(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kSightline, QLatin1StringView(name));
}

void readMedia(XmlReader& xml, Participant& user)
{
    QString type;
    QString status;
    while (xml.nextChild()) {
        if (isInfo(xml, "type"))
            type = xml.text(limits::kTextLength).trimmed();
        else if (isInfo(xml, "status"))
            status = xml.text(limits::kTextLength).trimmed();
        else
            xml.skip();
    }
    if (!xml.hasFailed() && type == QLatin1StringView("applicationsharing"))
        user.sharing = sharingFromStatus(xml, status);
}

void readEndpoint(XmlReader& xml, Participant& user)
{
    while (xml.nextChild()) {
        if (isInfo(xml, "media"))
            readMedia(xml, user);
        else if (isOurs(xml, "capabilities"))
            user.capabilities = readCapabilities(xml);
        else
            xml.skip();
    }
}

void readRoles(XmlReader& xml, Participant& user)
{
    while (xml.nextChild()) {
        if (isInfo(xml, "entry"))
            user.role = roleFromName(xml.text(limits::kTextLength).trimmed());
        else
            xml.skip();
    }
}

void readParticipant(XmlReader& xml, Participant& user)
{
    user.number = xml.numberAttribute(QLatin1StringView("number"), 0);
    user.mayControl = optionalFlag(xml, QLatin1StringView("may-control")).value_or(true);
    xml.skip();
}

QString readOptionalEntity(XmlReader& xml, QLatin1StringView name)
{
    return xml.attribute(name) ? readEntityAttribute(xml, name) : QString();
}

MeetingState readMeeting(XmlReader& xml)
{
    MeetingState state;
    state.sharingServer = readOptionalEntity(xml, QLatin1StringView("sharing-server"));
    state.controller = readOptionalEntity(xml, QLatin1StringView("controller"));
    state.isLocked = optionalFlag(xml, QLatin1StringView("locked")).value_or(false);
    state.settings.hasLobby = optionalFlag(xml, QLatin1StringView("lobby")).value_or(false);
    state.settings.hasPasscode = optionalFlag(xml, QLatin1StringView("passcode")).value_or(false);
    state.settings.viewers = readViewers(xml).value_or(MeetingSettings::Viewers::Ask);
    state.settings.presenters = readPresenters(xml).value_or(MeetingSettings::Presenters::Organizer);
    while (xml.nextChild()) {
        if (!isOurs(xml, "waiting")) {
            xml.skip();
            continue;
        }
        LobbyGuest guest;
        guest.entity = readEntityAttribute(xml, QLatin1StringView("entity"));
        while (xml.nextChild()) {
            if (isOurs(xml, "display-name"))
                guest.displayName = readDisplayName(xml);
            else
                xml.skip();
        }
        state.lobby.append(std::move(guest));
        if (state.lobby.size() > limits::kLobby)
            xml.fail(QStringLiteral("more than 100 wait in the lobby"), ErrorCode::TooLarge);
    }
    return state;
}

void readUser(XmlReader& xml, ConferenceInfo& info)
{
    Participant user;
    user.entity = readEntityAttribute(xml, QLatin1StringView("entity"));
    const QString state = xml.attribute(QLatin1StringView("state")).value_or(QStringLiteral("full"));
    while (xml.nextChild()) {
        if (isInfo(xml, "display-text"))
            user.displayName = readDisplayName(xml);
        else if (isInfo(xml, "roles"))
            readRoles(xml, user);
        else if (isInfo(xml, "endpoint"))
            readEndpoint(xml, user);
        else if (isOurs(xml, "participant"))
            readParticipant(xml, user);
        else
            xml.skip();
    }
    if (state == QLatin1StringView("deleted"))
        info.removed.append(user.entity);
    else if (state != QLatin1StringView("full"))
        xml.fail(QStringLiteral("user has a state that is neither full nor deleted"));
    else if (user.displayName.isEmpty())
        xml.fail(QStringLiteral("user has no display-text"));
    else
        info.users.append(std::move(user));
    if (info.users.size() > limits::kParticipants || info.removed.size() > limits::kParticipants)
        xml.fail(QStringLiteral("the roster has more than 250 participants"), ErrorCode::TooLarge);
}

void checkUsers(XmlReader& xml, const ConferenceInfo& info)
{
    QSet<QString> entities;
    for (const Participant& user : info.users)
        entities.insert(user.entity);
    for (const QString& entity : info.removed)
        entities.insert(entity);
    if (entities.size() != info.users.size() + info.removed.size())
        xml.fail(QStringLiteral("the roster names a user twice"));
    if (info.state == ConferenceInfo::State::Full && !info.removed.isEmpty())
        xml.fail(QStringLiteral("a full roster has a deleted user"));
}

ConferenceInfo::State readState(XmlReader& xml)
{
    const QString state = xml.attribute(QLatin1StringView("state")).value_or(QStringLiteral("full"));
    if (state == QLatin1StringView("partial"))
        return ConferenceInfo::State::Partial;
    if (state == QLatin1StringView("deleted"))
        return ConferenceInfo::State::Deleted;
    if (state != QLatin1StringView("full"))
        xml.fail(QStringLiteral("conference-info has an unknown state"));
    return ConferenceInfo::State::Full;
}

void readDescription(XmlReader& xml, ConferenceInfo& info)
{
    while (xml.nextChild()) {
        if (isInfo(xml, "subject"))
            info.subject = readSubject(xml);
        else
            xml.skip();
    }
}

void writeUser(QXmlStreamWriter& xml, const Participant& user)
{
    const QString info = xmlns::kConferenceInfo;
    xml.writeStartElement(info, QStringLiteral("user"));
    xml.writeAttribute(QStringLiteral("entity"), xmlText(user.entity));
    xml.writeTextElement(info, QStringLiteral("display-text"), xmlText(user.displayName));
    xml.writeStartElement(info, QStringLiteral("roles"));
    xml.writeTextElement(info, QStringLiteral("entry"), nameOf(user.role));
    xml.writeEndElement();
    xml.writeStartElement(info, QStringLiteral("endpoint"));
    xml.writeAttribute(QStringLiteral("entity"), xmlText(user.entity));
    xml.writeAttribute(QStringLiteral("session-type"), QStringLiteral("applicationsharing"));
    xml.writeTextElement(info, QStringLiteral("status"), QStringLiteral("connected"));
    if (!user.capabilities.isEmpty()) {
        const QString tokens = QString::fromLatin1(user.capabilities.join(' '));
        xml.writeTextElement(xmlns::kSightline, QStringLiteral("capabilities"), xmlText(tokens));
    }
    if (user.sharing != Participant::Sharing::None) {
        xml.writeStartElement(info, QStringLiteral("media"));
        xml.writeAttribute(QStringLiteral("id"), QStringLiteral("1"));
        xml.writeTextElement(info, QStringLiteral("type"), QStringLiteral("applicationsharing"));
        xml.writeTextElement(info, QStringLiteral("status"), statusOf(user.sharing));
        xml.writeEndElement();
    }
    xml.writeEndElement();
    if (user.number > 0 || !user.mayControl) {
        xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("participant"));
        xml.writeAttribute(QStringLiteral("number"), QString::number(user.number));
        xml.writeAttribute(QStringLiteral("may-control"), nameOf(user.mayControl));
    }
    xml.writeEndElement();
}

void writeMeeting(QXmlStreamWriter& xml, const MeetingState& state)
{
    xml.writeStartElement(xmlns::kSightline, QStringLiteral("meeting"));
    if (!state.sharingServer.isEmpty())
        xml.writeAttribute(QStringLiteral("sharing-server"), xmlText(state.sharingServer));
    if (!state.controller.isEmpty())
        xml.writeAttribute(QStringLiteral("controller"), xmlText(state.controller));
    xml.writeAttribute(QStringLiteral("locked"), nameOf(state.isLocked));
    xml.writeAttribute(QStringLiteral("lobby"), nameOf(state.settings.hasLobby));
    xml.writeAttribute(QStringLiteral("viewers"), nameOf(state.settings.viewers));
    xml.writeAttribute(QStringLiteral("presenters"), nameOf(state.settings.presenters));
    xml.writeAttribute(QStringLiteral("passcode"), nameOf(state.settings.hasPasscode));
    for (const LobbyGuest& guest : state.lobby) {
        xml.writeStartElement(xmlns::kSightline, QStringLiteral("waiting"));
        xml.writeAttribute(QStringLiteral("entity"), xmlText(guest.entity));
        xml.writeTextElement(xmlns::kSightline, QStringLiteral("display-name"), xmlText(guest.displayName));
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

void writeUsers(QXmlStreamWriter& xml, const ConferenceInfo& info, const QString& state)
{
    const QString infoNamespace = xmlns::kConferenceInfo;
    xml.writeStartElement(infoNamespace, QStringLiteral("users"));
    xml.writeAttribute(QStringLiteral("state"), state);
    for (const QString& entity : info.removed) {
        xml.writeEmptyElement(infoNamespace, QStringLiteral("user"));
        xml.writeAttribute(QStringLiteral("entity"), xmlText(entity));
        xml.writeAttribute(QStringLiteral("state"), QStringLiteral("deleted"));
    }
    for (const Participant& user : info.users)
        writeUser(xml, user);
    xml.writeEndElement();
}

} // namespace

ConferenceInfo readConferenceInfo(XmlReader& xml)
{
    ConferenceInfo info;
    info.state = readState(xml);
    info.meetingId = readMeetingAttribute(xml, QLatin1StringView("entity"));
    info.version = xml.numberAttribute(QLatin1StringView("version"));
    if (info.state == ConferenceInfo::State::Full) {
        info.subject = QString();
        info.meeting = MeetingState();
    }
    while (xml.nextChild()) {
        if (isInfo(xml, "conference-description")) {
            readDescription(xml, info);
        } else if (isOurs(xml, "meeting") && info.state != ConferenceInfo::State::Deleted) {
            info.meeting = readMeeting(xml);
        } else if (isOurs(xml, "reason") && info.state == ConferenceInfo::State::Deleted) {
            info.reason = errorCodeFromName(xml.requiredAttribute(QLatin1StringView("code")));
            xml.skip();
        } else if (isInfo(xml, "users") && info.state != ConferenceInfo::State::Deleted) {
            while (xml.nextChild()) {
                if (isInfo(xml, "user"))
                    readUser(xml, info);
                else
                    xml.skip();
            }
        } else {
            xml.skip();
        }
    }
    checkUsers(xml, info);
    return info;
}

void writeConferenceInfo(QXmlStreamWriter& xml, const ConferenceInfo& info)
{
    const QString infoNamespace = xmlns::kConferenceInfo;
    constexpr std::array kStates{"full", "partial", "deleted"};
    const QString state = QLatin1StringView(kStates[static_cast<std::size_t>(info.state)]);
    xml.writeDefaultNamespace(infoNamespace);
    xml.writeNamespace(xmlns::kSightline, QStringLiteral("sl"));
    xml.writeStartElement(infoNamespace, QStringLiteral("conference-info"));
    xml.writeAttribute(QStringLiteral("entity"), meetingEntity(info.meetingId));
    xml.writeAttribute(QStringLiteral("state"), state);
    xml.writeAttribute(QStringLiteral("version"), QString::number(info.version));
    if (info.subject) {
        xml.writeStartElement(infoNamespace, QStringLiteral("conference-description"));
        xml.writeTextElement(infoNamespace, QStringLiteral("subject"), xmlText(*info.subject));
        xml.writeEndElement();
    }
    if (info.state == ConferenceInfo::State::Full) {
        xml.writeStartElement(infoNamespace, QStringLiteral("conference-state"));
        xml.writeTextElement(infoNamespace, QStringLiteral("user-count"), QString::number(info.users.size()));
        xml.writeEndElement();
    }
    if (info.meeting && info.state != ConferenceInfo::State::Deleted)
        writeMeeting(xml, *info.meeting);
    if (info.state == ConferenceInfo::State::Deleted && info.reason != ErrorCode::Gone) {
        xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("reason"));
        xml.writeAttribute(QStringLiteral("code"), QLatin1StringView(stableCode(info.reason)));
    }
    if (info.state != ConferenceInfo::State::Deleted)
        writeUsers(xml, info, state);
    xml.writeEndElement();
}

} // namespace sightline
