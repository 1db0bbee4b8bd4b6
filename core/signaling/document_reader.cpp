#include "core/signaling/documents.h"

#include "core/signaling/call_xml.h"
#include "core/signaling/conference_xml.h"
#include "core/signaling/element_values.h"
#include "core/signaling/failure_xml.h"
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

template <typename Body> Response::Body readEmptyResponse(XmlReader& xml)
{
    xml.skip();
    return Body{};
}

Response::Body readFailureResponse(XmlReader& xml)
{
    return readFailure(xml);
}

constexpr std::array<Choice<Request::Body>, 17> kRequests{{
    {xmlns::kSightline, "signIn", readSignIn},
    {xmlns::kCccp, "addConference", readAddConference},
    {xmlns::kCccp, "addUser", readAddUser},
    {xmlns::kCccp, "deleteUser", readDeleteUser},
    {xmlns::kCccp, "deleteConference", readDeleteConference},
    {xmlns::kCccp, "modifyConference", readModifyConference},
    {xmlns::kCccp, "modifyUserRoles", readModifyUserRoles},
    {xmlns::kCccp, "getConference", readGetConference},
    {xmlns::kCccp, "modifyEndpointMedia", readModifyEndpointMedia},
    {xmlns::kSightline, "admitUser", readAdmitUser},
    {xmlns::kSightline, "allowView", readAllowView},
    {xmlns::kSightline, "allowControl", readAllowControl},
    {xmlns::kSightline, "endSharing", readEndSharing},
    {xmlns::kSightline, "useServer", readUseServer},
    {xmlns::kSightline, "setPresence", readSetPresence},
    {xmlns::kSightline, "getPresence", readGetPresence},
    {xmlns::kSightline, "sendMessage", readSendMessage},
}};

constexpr std::array<Choice<Response::Body>, 18> kResponses{{
    {xmlns::kSightline, "signIn", readSignInResponse},
    {xmlns::kCccp, "addConference", readAddConferenceResponse},
    {xmlns::kCccp, "addUser", readAddUserResponse},
    {xmlns::kCccp, "deleteUser", readEmptyResponse<DeleteUserResponse>},
    {xmlns::kCccp, "deleteConference", readEmptyResponse<DeleteConferenceResponse>},
    {xmlns::kCccp, "modifyConference", readEmptyResponse<ModifyConferenceResponse>},
    {xmlns::kCccp, "modifyUserRoles", readEmptyResponse<ModifyUserRolesResponse>},
    {xmlns::kCccp, "getConference", readEmptyResponse<GetConferenceResponse>},
    {xmlns::kCccp, "modifyEndpointMedia", readEmptyResponse<ModifyEndpointMediaResponse>},
    {xmlns::kSightline, "admitUser", readEmptyResponse<AdmitUserResponse>},
    {xmlns::kSightline, "allowView", readEmptyResponse<AllowViewResponse>},
    {xmlns::kSightline, "allowControl", readEmptyResponse<AllowControlResponse>},
    {xmlns::kSightline, "endSharing", readEmptyResponse<EndSharingResponse>},
    {xmlns::kSightline, "useServer", readEmptyResponse<UseServerResponse>},
    {xmlns::kSightline, "setPresence", readEmptyResponse<SetPresenceResponse>},
    {xmlns::kSightline, "getPresence", readEmptyResponse<GetPresenceResponse>},
    {xmlns::kSightline, "sendMessage", readEmptyResponse<SendMessageResponse>},
    {xmlns::kSightline, "failure", readFailureResponse},
}};

constexpr std::array<Choice<Response::Body>, 1> kPendingResponses{{
    {xmlns::kCccp, "addUser", readAddUserPending},
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
    if (code == QLatin1StringView("pending")) {
        response.body = readChoice(xml, kPendingResponses);
        return response;
    }
    if (code != QLatin1StringView("success") && code != QLatin1StringView("failure"))
        xml.fail(QStringLiteral("response has a code that is none of success, failure and pending"));
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
    if (!xml.enterRoot() || !(isCccp(xml, "request") || isCccp(xml, "response") || isCccp(xml, "notify")))
        return 0;
    return xml.numberAttribute(QLatin1StringView("requestId"), 0);
}

} // namespace sightline
