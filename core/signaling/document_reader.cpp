#include "core/signaling/documents.h"

#include "core/signaling/call_xml.h"
#include "core/signaling/element_values.h"
#include "core/signaling/limits.h"
#include "core/signaling/presence_xml.h"
#include "core/signaling/roster_xml.h"
#include "core/signaling/xml_choice.h"
#include "core/signaling/xml_names.h"
#include "core/signaling/xml_reader.h"

#include <array>

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

QString boundedAttribute(XmlReader& xml, const char* name)
{
    const QString value = xml.attribute(QLatin1StringView(name)).value_or(QString());
    if (value.size() > limits::kNameLength)
        xml.fail(QStringLiteral("%1 is too long").arg(QLatin1StringView(name)), ErrorCode::TooLarge);
    return value;
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
    Participant::Role role = Participant::Role::Attendee;
    std::optional<Participant::Sharing> sharing;
};

void readUserElement(XmlReader& xml, Keys& keys)
{
    keys.user = readEntityAttribute(xml, QLatin1StringView("entity"));
    while (xml.nextChild()) {
        if (!isInfo(xml, "roles")) {
            xml.skip();
            continue;
        }
        while (xml.nextChild()) {
            if (isInfo(xml, "entry"))
                keys.role = roleFromName(xml.text(limits::kTextLength).trimmed());
            else
                xml.skip();
        }
    }
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
        } else {
            xml.skip();
        }
    }
    if (keys.meetingId.isEmpty())
        xml.fail(QStringLiteral("%1 has no %2").arg(command, keysName));
    return keys;
}

struct ConferenceElement {
    QString meetingId;
    QString subject;
    QString joinUrl;
    QString appUrl;
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

// Requests

Request::Body readSignIn(XmlReader& xml)
{
    SignIn body;
    body.protocol = xml.numberAttribute(QLatin1StringView("protocol"));
    if (body.protocol != kProtocolVersion) {
        // Whatever another version writes here, it must come to know that it is another version.
        body.product
            = xml.attribute(QLatin1StringView("product")).value_or(QString()).left(limits::kNameLength);
        xml.skip();
        return body;
    }
    body.product = boundedAttribute(xml, "product");
    body.resume = boundedAttribute(xml, "resume");
    body.received = xml.numberAttribute(QLatin1StringView("received"), 0);
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            body.displayName = readDisplayName(xml);
        else if (isOurs(xml, "capabilities"))
            body.capabilities = readCapabilities(xml);
        else
            xml.skip();
    }
    require(xml, !body.displayName.isEmpty(), "display-name");
    return body;
}

Request::Body readAddConference(XmlReader& xml)
{
    return AddConference{readConference(xml, false).subject};
}

Request::Body readAddUser(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "conferenceKeys");
    require(xml, !keys.user.isEmpty(), "user");
    return AddUser{keys.meetingId, keys.user};
}

Request::Body readDeleteUser(XmlReader& xml)
{
    const Keys keys = readKeys(xml, "userKeys");
    return DeleteUser{keys.meetingId, keys.user};
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

// Responses

Response::Body readSignInResponse(XmlReader& xml)
{
    SignInResponse body;
    body.protocol = xml.numberAttribute(QLatin1StringView("protocol"));
    body.product = boundedAttribute(xml, "product");
    body.entity = readEntityAttribute(xml, QLatin1StringView("entity"));
    body.resume = boundedAttribute(xml, "resume");
    body.isResumed = xml.attribute(QLatin1StringView("resumed")) == QLatin1StringView("true");
    body.received = xml.numberAttribute(QLatin1StringView("received"), 0);
    xml.skip();
    return body;
}

Response::Body readAddConferenceResponse(XmlReader& xml)
{
    const ConferenceElement conference = readConference(xml, true);
    AddConferenceResponse body{conference.meetingId, conference.subject, {}};
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
    return AddUserResponse{keys.meetingId, keys.user, keys.role};
}

template <typename Body> Response::Body readEmptyResponse(XmlReader& xml)
{
    xml.skip();
    return Body{};
}

Response::Body readFailure(XmlReader& xml)
{
    Failure body;
    body.code = errorCodeFromName(xml.requiredAttribute(QLatin1StringView("code")));
    const QString update = boundedAttribute(xml, "update");
    if (update == QLatin1StringView("client"))
        body.update = Failure::Update::Client;
    else if (update == QLatin1StringView("server"))
        body.update = Failure::Update::Server;
    body.protocol = xml.numberAttribute(QLatin1StringView("protocol"), 0);
    body.product = boundedAttribute(xml, "product");
    while (xml.nextChild()) {
        if (isOurs(xml, "text"))
            body.text = xml.text(limits::kTextLength);
        else
            xml.skip();
    }
    return body;
}

constexpr std::array<Choice<Request::Body>, 9> kRequests{{
    {xmlns::kSightline, "signIn", readSignIn},
    {xmlns::kCccp, "addConference", readAddConference},
    {xmlns::kCccp, "addUser", readAddUser},
    {xmlns::kCccp, "deleteUser", readDeleteUser},
    {xmlns::kCccp, "getConference", readGetConference},
    {xmlns::kCccp, "modifyEndpointMedia", readModifyEndpointMedia},
    {xmlns::kSightline, "setPresence", readSetPresence},
    {xmlns::kSightline, "getPresence", readGetPresence},
    {xmlns::kSightline, "sendMessage", readSendMessage},
}};

constexpr std::array<Choice<Response::Body>, 10> kResponses{{
    {xmlns::kSightline, "signIn", readSignInResponse},
    {xmlns::kCccp, "addConference", readAddConferenceResponse},
    {xmlns::kCccp, "addUser", readAddUserResponse},
    {xmlns::kCccp, "deleteUser", readEmptyResponse<DeleteUserResponse>},
    {xmlns::kCccp, "getConference", readEmptyResponse<GetConferenceResponse>},
    {xmlns::kCccp, "modifyEndpointMedia", readEmptyResponse<ModifyEndpointMediaResponse>},
    {xmlns::kSightline, "setPresence", readEmptyResponse<SetPresenceResponse>},
    {xmlns::kSightline, "getPresence", readEmptyResponse<GetPresenceResponse>},
    {xmlns::kSightline, "sendMessage", readEmptyResponse<SendMessageResponse>},
    {xmlns::kSightline, "failure", readFailure},
}};

Request readRequest(XmlReader& xml)
{
    Request request;
    request.id = xml.numberAttribute(QLatin1StringView("requestId"));
    if (request.id == 0)
        xml.fail(QStringLiteral("request has no requestId of 1 or more"));
    request.body = readChoice(xml, kRequests);
    return request;
}

Response readResponse(XmlReader& xml)
{
    Response response;
    response.id = xml.numberAttribute(QLatin1StringView("requestId"));
    const QString code = xml.requiredAttribute(QLatin1StringView("code"));
    if (code != QLatin1StringView("success") && code != QLatin1StringView("failure"))
        xml.fail(QStringLiteral("response has a code that is neither success nor failure"));
    response.body = readChoice(xml, kResponses);
    if ((code == QLatin1StringView("failure")) != std::holds_alternative<Failure>(response.body))
        xml.fail(QStringLiteral("the code of a response contradicts its content"));
    return response;
}

Document readRoot(XmlReader& xml)
{
    if (isCccp(xml, "request"))
        return readRequest(xml);
    if (isCccp(xml, "response"))
        return readResponse(xml);
    if (isCccp(xml, "notify"))
        return readCallDocument(xml);
    if (isInfo(xml, "conference-info"))
        return readConferenceInfo(xml);
    if (isOurs(xml, "presence"))
        return readPresence(xml);
    if (isOurs(xml, "invitation"))
        return readInvitation(xml);
    if (isOurs(xml, "message"))
        return readMessage(xml);
    const QString root = xml.name().left(limits::kNameLength);
    xml.skip();
    xml.fail(QStringLiteral("%1 is not a document of this protocol").arg(root), ErrorCode::UnknownDocument);
    return {};
}

} // namespace

Result<Document> parseDocument(const QByteArray& text)
{
    if (text.size() > limits::kRosterSize)
        return Error(ErrorCode::TooLarge, QStringLiteral("the document has more than 512 KiB"));
    XmlReader xml(text);
    if (!xml.enterRoot()) {
        xml.fail(QStringLiteral("the document is empty"));
        return *xml.error();
    }
    const bool isList = isInfo(xml, "conference-info") || isOurs(xml, "presence");
    if (text.size() > limits::kDocumentSize && !isList)
        return Error(ErrorCode::TooLarge, QStringLiteral("the document has more than 64 KiB"));
    Document document = readRoot(xml);
    xml.finish();
    if (xml.hasFailed())
        return *xml.error();
    return document;
}

quint32 requestIdOf(const QByteArray& text)
{
    constexpr qsizetype kEnough = 4096;
    QByteArray head = text.left(kEnough);
    while (head.size() < text.size() && !head.isEmpty() && static_cast<signed char>(head.back()) < 0)
        head.chop(1); // perhaps a character that was cut in two
    XmlReader xml(head);
    if (!xml.enterRoot() || !(isCccp(xml, "request") || isCccp(xml, "response")))
        return 0;
    return xml.numberAttribute(QLatin1StringView("requestId"), 0);
}

} // namespace sightline
