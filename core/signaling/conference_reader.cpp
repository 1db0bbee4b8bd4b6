#include "core/signaling/conference_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/limits.h"
#include "core/signaling/xml_names.h"
#include "core/signaling/xml_reader.h"

namespace sightline {
namespace {

bool isCccp(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kCccp, QLatin1StringView(name));
}

bool isInfo(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kConferenceInfo, QLatin1StringView(name));
}

bool isOurs(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kSightline, QLatin1StringView(name));
}

void require(XmlReader& xml, bool isThere, const char* what)
{
    if (!isThere)
        xml.fail(QStringLiteral("%1 is missing").arg(QLatin1StringView(what)));
}

/// Of a command that is about a meeting and perhaps a participant.
struct Keys {
    QString meetingId;
    QString user;
    std::optional<Participant::Role> role;
    std::optional<Participant::Sharing> sharing;
    QString passcode;
    QString key;
    QList<IceServerInfo> iceServers;
};

void readRole(XmlReader& xml, Keys& keys)
{
    while (xml.nextChild()) {
        if (isInfo(xml, "entry"))
            keys.role = roleFromName(xml.text(limits::kTextLength).trimmed());
        else
            xml.skip();
    }
}

void readUserElement(XmlReader& xml, Keys& keys)
{
    keys.user = readEntityAttribute(xml, QLatin1StringView("entity"));
    while (xml.nextChild()) {
        if (isInfo(xml, "roles"))
            readRole(xml, keys);
        else
            xml.skip();
    }
}

void readIceServers(XmlReader& xml, Keys& keys)
{
    while (xml.nextChild()) {
        if (isOurs(xml, "server")) {
            IceServerInfo server;
            server.uri = xml.requiredAttribute(QLatin1StringView("uri"));
            server.username = xml.attribute(QLatin1StringView("username")).value_or(QString());
            server.password = xml.attribute(QLatin1StringView("password")).value_or(QString());
            keys.iceServers.append(std::move(server));
        }
        xml.skip();
    }
    if (keys.iceServers.size() > limits::kIceServers)
        xml.fail(QStringLiteral("there are more than 8 ice-servers"), ErrorCode::TooLarge);
}

void readMediaElement(XmlReader& xml, Keys& keys)
{
    QString type;
    std::optional<QString> status;
    while (xml.nextChild()) {
        if (isInfo(xml, "type"))
            type = xml.text(limits::kTextLength).trimmed();
        else if (isInfo(xml, "status"))
            status = xml.text(limits::kTextLength).trimmed();
        else
            xml.skip();
    }
    if (type != QLatin1StringView("applicationsharing"))
        xml.fail(QStringLiteral("media is not of type applicationsharing"));
    else if (!status)
        xml.fail(QStringLiteral("media has no status"));
    else
        keys.sharing = sharingFromStatus(xml, *status);
}

Keys readKeys(XmlReader& xml, const char* keysElement)
{
    const QLatin1StringView keysName(keysElement);
    const QString command = xml.name();
    Keys keys;
    while (xml.nextChild()) {
        if (isCccp(xml, keysElement)) {
            keys.meetingId = readMeetingAttribute(xml, QLatin1StringView("confEntity"));
            if (keysName != QLatin1StringView("conferenceKeys"))
                keys.user = readEntityAttribute(xml, QLatin1StringView("userEntity"));
            xml.skip();
        } else if (isInfo(xml, "user")) {
            readUserElement(xml, keys);
        } else if (isInfo(xml, "media")) {
            readMediaElement(xml, keys);
        } else if (isInfo(xml, "user-roles")) {
            readRole(xml, keys);
        } else if (isOurs(xml, "passcode")) {
            keys.passcode = readPasscode(xml);
        } else if (isOurs(xml, "key")) {
            keys.key = xml.text(limits::kNameLength).trimmed();
        } else if (isOurs(xml, "ice-servers")) {
            readIceServers(xml, keys);
        } else {
            xml.skip();
        }
    }
    if (keys.meetingId.isEmpty())
        xml.fail(QStringLiteral("%1 has no %2").arg(command, keysName));
    return keys;
}

/// What is not given has no value.
struct SettingsElement {
    std::optional<bool> isLocked;
    std::optional<bool> hasLobby;
    std::optional<MeetingSettings::Viewers> viewers;
    std::optional<MeetingSettings::Presenters> presenters;
    std::optional<QString> passcode;
    quint32 expiresIn = 0;
};

SettingsElement readSettings(XmlReader& xml)
{
    SettingsElement settings;
    settings.isLocked = optionalFlag(xml, QLatin1StringView("locked"));
    settings.hasLobby = optionalFlag(xml, QLatin1StringView("lobby"));
    settings.viewers = readViewers(xml);
    settings.presenters = readPresenters(xml);
    settings.expiresIn = xml.numberAttribute(QLatin1StringView("expires"), 0);
    if (settings.expiresIn > limits::kLongestExpiry)
        xml.fail(QStringLiteral("expires is more than 366 days"), ErrorCode::TooLarge);
    while (xml.nextChild()) {
        if (isOurs(xml, "passcode"))
            settings.passcode = readPasscode(xml);
        else
            xml.skip();
    }
    return settings;
}

struct ConferenceElement {
    QString meetingId;
    QString subject;
    QString joinUrl;
    QString appUrl;
    QString organizerKey;
    SettingsElement settings;
};

void readDescription(XmlReader& xml, ConferenceElement& conference)
{
    while (xml.nextChild()) {
        if (isInfo(xml, "subject"))
            conference.subject = readSubject(xml);
        else if (xml.is(xmlns::kConferenceInfoExtensions, QLatin1StringView("join-url")))
            conference.joinUrl = xml.text(limits::kAttributeLength);
        else if (isOurs(xml, "app-url"))
            conference.appUrl = xml.text(limits::kAttributeLength);
        else
            xml.skip();
    }
}

ConferenceElement readConference(XmlReader& xml, bool needsEntity)
{
    ConferenceElement conference;
    bool isThere = false;
    while (xml.nextChild()) {
        if (isOurs(xml, "settings")) {
            conference.settings = readSettings(xml);
            continue;
        }
        if (isOurs(xml, "organizer-key")) {
            conference.organizerKey = xml.text(limits::kNameLength).trimmed();
            continue;
        }
        if (!isInfo(xml, "conference-info")) {
            xml.skip();
            continue;
        }
        isThere = true;
        if (needsEntity)
            conference.meetingId = readMeetingAttribute(xml, QLatin1StringView("entity"));
        while (xml.nextChild()) {
            if (isInfo(xml, "conference-description"))
                readDescription(xml, conference);
            else
                xml.skip();
        }
    }
    require(xml, isThere, "conference-info");
    return conference;
}

/// One of our own commands: all that it says is in attributes.
template <typename Body> Body readMeetingCommand(XmlReader& xml)
{
    Body body;
    body.meetingId = readMeetingAttribute(xml, QLatin1StringView("meeting"));
    if constexpr (requires { body.isAllowed; }) {
        body.user = readEntityAttribute(xml, QLatin1StringView("user"));
        const auto isAllowed = optionalFlag(xml, QLatin1StringView("allow"));
        require(xml, isAllowed.has_value(), "allow");
        body.isAllowed = isAllowed.value_or(false);
    }
    xml.skip();
    return body;
}

} // namespace

// Requests

Request::Body readAddConference(XmlReader& xml)
{
    const ConferenceElement conference = readConference(xml, false);
    const SettingsElement& told = conference.settings;
    AddConference body;
    body.subject = conference.subject;
    body.settings.hasLobby = told.hasLobby.value_or(false);
    body.settings.viewers = told.viewers.value_or(MeetingSettings::Viewers::Ask);
    body.settings.presenters = told.presenters.value_or(MeetingSettings::Presenters::Organizer);
    body.passcode = told.passcode.value_or(QString());
    body.expiresIn = told.expiresIn;
    return body;
}

Request::Body readAddUser(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "conferenceKeys");
    require(xml, !keys.user.isEmpty(), "user");
    return AddUser{keys.meetingId, keys.user, keys.passcode, keys.key};
}

Request::Body readDeleteUser(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "userKeys");
    return DeleteUser{keys.meetingId, keys.user};
}

Request::Body readDeleteConference(XmlReader& xml)
{
    return DeleteConference{readKeys(xml, "conferenceKeys").meetingId};
}

Request::Body readModifyConference(XmlReader& xml)
{
    ModifyConference body;
    while (xml.nextChild()) {
        if (isCccp(xml, "conferenceKeys")) {
            body.meetingId = readMeetingAttribute(xml, QLatin1StringView("confEntity"));
            xml.skip();
        } else if (isOurs(xml, "settings")) {
            const SettingsElement settings = readSettings(xml);
            body.isLocked = settings.isLocked;
            body.hasLobby = settings.hasLobby;
            body.viewers = settings.viewers;
            body.passcode = settings.passcode;
        } else {
            xml.skip();
        }
    }
    require(xml, !body.meetingId.isEmpty(), "conferenceKeys");
    return body;
}

Request::Body readModifyUserRoles(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "userKeys");
    require(xml, keys.role.has_value(), "user-roles");
    return ModifyUserRoles{keys.meetingId, keys.user, keys.role.value_or(Participant::Role::Attendee)};
}

Request::Body readGetConference(XmlReader& xml)
{
    return GetConference{readKeys(xml, "conferenceKeys").meetingId};
}

Request::Body readModifyEndpointMedia(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "mediaKeys");
    require(xml, keys.sharing.has_value(), "media");
    return ModifyEndpointMedia{keys.meetingId, keys.user, keys.sharing.value_or(Participant::Sharing::None)};
}

Request::Body readAdmitUser(XmlReader& xml)
{
    return readMeetingCommand<AdmitUser>(xml);
}

Request::Body readAllowView(XmlReader& xml)
{
    return readMeetingCommand<AllowView>(xml);
}

Request::Body readAllowControl(XmlReader& xml)
{
    return readMeetingCommand<AllowControl>(xml);
}

Request::Body readEndSharing(XmlReader& xml)
{
    return readMeetingCommand<EndSharing>(xml);
}

Request::Body readUseServer(XmlReader& xml)
{
    return readMeetingCommand<UseServer>(xml);
}

// Responses

Response::Body readAddConferenceResponse(XmlReader& xml)
{
    const ConferenceElement conference = readConference(xml, true);
    AddConferenceResponse body{conference.meetingId, conference.subject, {}, conference.organizerKey};
    const QString url = conference.appUrl.isEmpty() ? conference.joinUrl : conference.appUrl;
    if (url.isEmpty() || xml.hasFailed())
        return body;
    if (auto link = MeetingLink::parse(url); !link)
        xml.fail(QStringLiteral("app-url or join-url is not a meeting link: %1").arg(link.error().message()));
    else if (link->meetingId != conference.meetingId)
        xml.fail(QStringLiteral("app-url or join-url leads to another meeting"));
    else
        body.link = *std::move(link);
    return body;
}

Response::Body readAddUserResponse(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "conferenceKeys");
    require(xml, !keys.user.isEmpty(), "user");
    return AddUserResponse{
        keys.meetingId, keys.user, keys.role.value_or(Participant::Role::Attendee), keys.iceServers};
}

Response::Body readAddUserPending(XmlReader& xml)
{
    return AddUserPending{readKeys(xml, "conferenceKeys").meetingId};
}

} // namespace sightline
