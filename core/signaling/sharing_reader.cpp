#include "core/signaling/sharing_documents.h"

#include "core/signaling/call_xml.h"
#include "core/signaling/element_values.h"
#include "core/signaling/failure_xml.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
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

bool isOurs(const XmlReader& xml, const char* name)
{
    return xml.is(xmlns::kSightline, QLatin1StringView(name));
}

QString meeting(XmlReader& xml)
{
    return readMeetingAttribute(xml, QLatin1StringView("meeting"));
}

QString entity(XmlReader& xml)
{
    return readEntityAttribute(xml, QLatin1StringView("entity"));
}

QString optionalEntity(XmlReader& xml)
{
    return xml.attribute(QLatin1StringView("entity")) ? entity(xml) : QString();
}

QString joinId(XmlReader& xml)
{
    const QString id = xml.requiredAttribute(QLatin1StringView("id"));
    if (!id.isEmpty() && !isCallId(id))
        xml.fail(QStringLiteral("%1 has a malformed id").arg(xml.name()));
    return id;
}

SharingUser readUser(XmlReader& xml)
{
    SharingUser user;
    user.entity = entity(xml);
    user.number = xml.numberAttribute(QLatin1StringView("number"));
    user.role = roleFromName(xml.attribute(QLatin1StringView("role")).value_or(QString()));
    user.mayView = optionalFlag(xml, QLatin1StringView("may-view")).value_or(false);
    user.mayControl = optionalFlag(xml, QLatin1StringView("may-control")).value_or(false);
    user.mayShare = optionalFlag(xml, QLatin1StringView("may-share")).value_or(false);
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            user.displayName = readDisplayName(xml);
        else if (isOurs(xml, "capabilities"))
            user.capabilities = readCapabilities(xml);
        else
            xml.skip();
    }
    if (user.displayName.isEmpty())
        xml.fail(QStringLiteral("user has no display-name"));
    return user;
}

/// What a C3P command has inside.
struct Content {
    QString meetingId;
    QString user; ///< of userKeys
    SharingConference conference;
};

Content readContent(XmlReader& xml)
{
    const QString command = xml.name();
    Content content;
    while (xml.nextChild()) {
        if (isOurs(xml, "user")) {
            content.conference.users.append(readUser(xml));
            if (content.conference.users.size() > limits::kParticipants)
                xml.fail(QStringLiteral("there are more than 250 users"), ErrorCode::TooLarge);
            continue;
        }
        if (isCccp(xml, "conferenceKeys") || isCccp(xml, "userKeys"))
            content.meetingId = readMeetingAttribute(xml, QLatin1StringView("confEntity"));
        if (isCccp(xml, "userKeys"))
            content.user = readEntityAttribute(xml, QLatin1StringView("userEntity"));
        else if (isOurs(xml, "server"))
            content.conference.sharingEntity = entity(xml);
        else if (isOurs(xml, "sharer"))
            content.conference.sharer = entity(xml);
        else if (isOurs(xml, "controller"))
            content.conference.controller = entity(xml);
        xml.skip();
    }
    if (content.meetingId.isEmpty())
        xml.fail(QStringLiteral("%1 names no meeting").arg(command));
    return content;
}

// Requests

SharingRequest::Body readAddConference(XmlReader& xml)
{
    const Content content = readContent(xml);
    if (content.conference.sharingEntity.isEmpty())
        xml.fail(QStringLiteral("addConference has no server"));
    return SharingAddConference{content.meetingId, content.conference.sharingEntity};
}

SharingRequest::Body readDeleteConference(XmlReader& xml)
{
    return SharingDeleteConference{readContent(xml).meetingId};
}

SharingRequest::Body readPutUser(XmlReader& xml)
{
    const Content content = readContent(xml);
    if (content.conference.users.size() != 1) {
        xml.fail(QStringLiteral("addUser has not exactly one user"));
        return {};
    }
    return SharingPutUser{content.meetingId, content.conference.users.first()};
}

SharingRequest::Body readDeleteUser(XmlReader& xml)
{
    const Content content = readContent(xml);
    if (content.user.isEmpty())
        xml.fail(QStringLiteral("deleteUser has no userKeys"));
    return SharingDeleteUser{content.meetingId, content.user};
}

SharingRequest::Body readGetConference(XmlReader& xml)
{
    return SharingGetConference{readContent(xml).meetingId};
}

SharingRequest::Body readSetSharer(XmlReader& xml)
{
    const SharingSetSharer body{meeting(xml), optionalEntity(xml)};
    xml.skip();
    return body;
}

SharingCall readForward(XmlReader& xml)
{
    SharingCall body{meeting(xml), {}};
    bool isThere = false;
    while (xml.nextChild()) {
        if (isCccp(xml, "notify") && !std::exchange(isThere, true))
            body.call = readCallDocument(xml);
        else
            xml.skip();
    }
    if (!isThere)
        xml.fail(QStringLiteral("forward holds no call"));
    return body;
}

SharingRequest::Body readForwardRequest(XmlReader& xml)
{
    return readForward(xml);
}

SharingRequest::Body readAnswerRdpJoin(XmlReader& xml)
{
    SharingAnswerRdpJoin body{joinId(xml), {}};
    if (const auto code = xml.attribute(QLatin1StringView("code")))
        body.code = errorCodeFromName(*code);
    while (xml.nextChild()) {
        if (isOurs(xml, "user"))
            body.user = readUser(xml);
        else if (isOurs(xml, "text"))
            body.text = xml.text(limits::kTextLength);
        else
            xml.skip();
    }
    return body;
}

SharingRequest::Body readGetLoad(XmlReader& xml)
{
    xml.skip();
    return SharingGetLoad{};
}

// Responses

SharingResponse::Body readDone(XmlReader& xml)
{
    xml.skip();
    return SharingDone{};
}

SharingResponse::Body readConference(XmlReader& xml)
{
    Content content = readContent(xml);
    content.conference.meetingId = content.meetingId;
    return content.conference;
}

SharingResponse::Body readLoad(XmlReader& xml)
{
    SharingLoad body;
    body.conferences = xml.numberAttribute(QLatin1StringView("conferences"));
    body.legs = xml.numberAttribute(QLatin1StringView("legs"));
    body.cpu = xml.numberAttribute(QLatin1StringView("cpu"), 0);
    body.isDraining = optionalFlag(xml, QLatin1StringView("draining")).value_or(false);
    xml.skip();
    return body;
}

SharingResponse::Body readFailureResponse(XmlReader& xml)
{
    return readFailure(xml);
}

// Notifications

SharingNotification::Body readMedia(XmlReader& xml)
{
    const SharingMedia body{meeting(xml), entity(xml),
        sharingFromStatus(xml, xml.requiredAttribute(QLatin1StringView("status")))};
    xml.skip();
    return body;
}

SharingNotification::Body readController(XmlReader& xml)
{
    const SharingController body{meeting(xml), optionalEntity(xml)};
    xml.skip();
    return body;
}

SharingNotification::Body readForwardNotification(XmlReader& xml)
{
    return readForward(xml);
}

SharingNotification::Body readRdpJoin(XmlReader& xml)
{
    SharingRdpJoin body{joinId(xml), meeting(xml), {}, {}};
    body.address = xml.attribute(QLatin1StringView("address")).value_or(QString()).left(limits::kNameLength);
    while (xml.nextChild()) {
        if (isOurs(xml, "display-name"))
            body.displayName = readDisplayName(xml);
        else if (isOurs(xml, "passcode"))
            body.passcode = readPasscode(xml);
        else
            xml.skip();
    }
    if (body.displayName.isEmpty())
        xml.fail(QStringLiteral("rdpJoin has no display-name"));
    return body;
}

SharingNotification::Body readRdpGone(XmlReader& xml)
{
    const bool hasId = xml.attribute(QLatin1StringView("id")).has_value();
    const SharingRdpGone body{meeting(xml), optionalEntity(xml), hasId ? joinId(xml) : QString()};
    xml.skip();
    return body;
}

constexpr std::array<Choice<SharingRequest::Body>, 9> kRequests{{
    {xmlns::kCccp, "addConference", readAddConference},
    {xmlns::kCccp, "deleteConference", readDeleteConference},
    {xmlns::kCccp, "addUser", readPutUser},
    {xmlns::kCccp, "deleteUser", readDeleteUser},
    {xmlns::kCccp, "getConference", readGetConference},
    {xmlns::kSightline, "setSharer", readSetSharer},
    {xmlns::kSightline, "forward", readForwardRequest},
    {xmlns::kSightline, "answerRdpJoin", readAnswerRdpJoin},
    {xmlns::kSightline, "getLoad", readGetLoad},
}};

constexpr std::array<Choice<SharingResponse::Body>, 4> kResponses{{
    {xmlns::kSightline, "done", readDone},
    {xmlns::kCccp, "getConference", readConference},
    {xmlns::kSightline, "load", readLoad},
    {xmlns::kSightline, "failure", readFailureResponse},
}};

constexpr std::array<Choice<SharingNotification::Body>, 5> kNotifications{{
    {xmlns::kSightline, "media", readMedia},
    {xmlns::kSightline, "controller", readController},
    {xmlns::kSightline, "forward", readForwardNotification},
    {xmlns::kSightline, "rdpJoin", readRdpJoin},
    {xmlns::kSightline, "rdpGone", readRdpGone},
}};

template <typename Envelope, typename Choices> Envelope readEnvelope(XmlReader& xml, const Choices& choices)
{
    Envelope envelope;
    envelope.id = xml.numberAttribute(QLatin1StringView("requestId"));
    envelope.sender = readEntityAttribute(xml, QLatin1StringView("from"));
    envelope.body = readChoice(xml, choices);
    return envelope;
}

} // namespace

Result<SharingDocument> parseSharingDocument(const QByteArray& text)
{
    if (text.size() > limits::kRosterSize)
        return Error(ErrorCode::TooLarge, QStringLiteral("the document has more than 512 KiB"));
    XmlReader xml(text);
    if (!xml.enterRoot()) {
        xml.fail(QStringLiteral("the document is empty"));
        return *xml.error();
    }
    SharingDocument document;
    if (isCccp(xml, "request")) {
        document = readEnvelope<SharingRequest>(xml, kRequests);
    } else if (isCccp(xml, "response")) {
        document = readEnvelope<SharingResponse>(xml, kResponses);
    } else if (isCccp(xml, "notify")) {
        document = readEnvelope<SharingNotification>(xml, kNotifications);
    } else {
        xml.skip();
        xml.fail(QStringLiteral("not a document between servers"), ErrorCode::UnknownDocument);
    }
    xml.finish();
    if (xml.hasFailed())
        return *xml.error();
    return document;
}

} // namespace sightline
