#include "core/signaling/documents.h"

#include "core/signaling/element_values.h"
#include "core/signaling/ice_syntax.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/presence_xml.h"
#include "core/signaling/roster_xml.h"
#include "core/signaling/xml_names.h"

#include <QXmlStreamWriter>

namespace sightline {
namespace {

/// Each document has one function `write`, in the order of PROTOCOL.md.
class DocumentWriter {
public:
    explicit DocumentWriter(QByteArray* output)
        : m_xml(output)
    {
    }

    void write(const Request& request);
    void write(const Response& response);
    void write(const CallDocument& call);
    void write(const ConferenceInfo& info) { writeConferenceInfo(m_xml, info); }
    void write(const PresenceInfo& info) { writePresence(m_xml, info); }
    void write(const InvitationDocument& invitation) { writeInvitation(m_xml, invitation); }
    void write(const ChatMessage& message) { writeMessage(m_xml, message); }

    void write(const SignIn& body);
    void write(const AddConference& body);
    void write(const AddUser& body);
    void write(const DeleteUser& body);
    void write(const GetConference& body);
    void write(const ModifyEndpointMedia& body);
    void write(const SetPresence& body);
    void write(const GetPresence&) { emptyElement("getPresence"); }
    void write(const SendMessage& body);
    void write(const SignInResponse& body);
    void write(const AddConferenceResponse& body);
    void write(const AddUserResponse& body);
    void write(const DeleteUserResponse&)
    {
        m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("deleteUser"));
    }
    void write(const GetConferenceResponse&)
    {
        m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("getConference"));
    }
    void write(const ModifyEndpointMediaResponse&)
    {
        m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("modifyEndpointMedia"));
    }
    void write(const SetPresenceResponse&) { emptyElement("setPresence"); }
    void write(const GetPresenceResponse&) { emptyElement("getPresence"); }
    void write(const SendMessageResponse&) { emptyElement("sendMessage"); }
    void write(const Failure& body);
    void write(const CallOffer& body) { writeSdp("offer", "application/sdp", body.sdp); }
    void write(const CallAnswer& body) { writeSdp("answer", "application/sdp", body.sdp); }
    void write(const CallCandidates& body);
    void write(const CallBye& body);

private:
    void beginCccp(const char* name);
    void beginElement(QLatin1StringView xmlNamespace, const char* name);
    /// In our namespace.
    void emptyElement(const char* name)
    {
        m_xml.writeEmptyElement(xmlns::kSightline, QLatin1StringView(name));
    }
    void attribute(const char* name, const QString& value);
    void textElement(QLatin1StringView xmlNamespace, const char* name, const QString& text);
    void conferenceKeys(const QString& meetingId);
    void writeSdp(const char* element, const char* contentType, QByteArray text);

    QXmlStreamWriter m_xml;
};

void DocumentWriter::beginCccp(const char* name)
{
    m_xml.writeDefaultNamespace(xmlns::kCccp);
    m_xml.writeNamespace(xmlns::kConferenceInfo, QStringLiteral("ci"));
    m_xml.writeNamespace(xmlns::kConferenceInfoExtensions, QStringLiteral("msci"));
    m_xml.writeNamespace(xmlns::kSightline, QStringLiteral("sl"));
    beginElement(xmlns::kCccp, name);
    attribute("C3PVersion", QStringLiteral("1"));
}

void DocumentWriter::beginElement(QLatin1StringView xmlNamespace, const char* name)
{
    m_xml.writeStartElement(xmlNamespace, QLatin1StringView(name));
}

void DocumentWriter::attribute(const char* name, const QString& value)
{
    m_xml.writeAttribute(QLatin1StringView(name), xmlText(value));
}

void DocumentWriter::textElement(QLatin1StringView xmlNamespace, const char* name, const QString& text)
{
    m_xml.writeTextElement(xmlNamespace, QLatin1StringView(name), xmlText(text));
}

void DocumentWriter::conferenceKeys(const QString& meetingId)
{
    m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("conferenceKeys"));
    attribute("confEntity", meetingEntity(meetingId));
}

void DocumentWriter::write(const Request& request)
{
    beginCccp("request");
    attribute("requestId", QString::number(request.id));
    std::visit([this](const auto& body) { write(body); }, request.body);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const Response& response)
{
    beginCccp("response");
    attribute("requestId", QString::number(response.id));
    const bool isFailure = std::holds_alternative<Failure>(response.body);
    attribute("code", isFailure ? QStringLiteral("failure") : QStringLiteral("success"));
    std::visit([this](const auto& body) { write(body); }, response.body);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const CallDocument& call)
{
    beginCccp("notify");
    if (!call.from.isEmpty())
        attribute("from", call.from);
    attribute("to", call.to);
    beginElement(xmlns::kSightline, "call");
    attribute("id", call.callId);
    std::visit([this](const auto& body) { write(body); }, call.body);
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void DocumentWriter::write(const SignIn& body)
{
    beginElement(xmlns::kSightline, "signIn");
    attribute("protocol", QString::number(body.protocol));
    attribute("product", body.product);
    if (!body.resume.isEmpty())
        attribute("resume", body.resume);
    if (body.received > 0)
        attribute("received", QString::number(body.received));
    textElement(xmlns::kSightline, "display-name", body.displayName);
    textElement(xmlns::kSightline, "capabilities", QString::fromLatin1(body.capabilities.join(' ')));
    m_xml.writeEndElement();
}

void DocumentWriter::write(const AddConference& body)
{
    beginElement(xmlns::kCccp, "addConference");
    beginElement(xmlns::kConferenceInfo, "conference-info");
    beginElement(xmlns::kConferenceInfo, "conference-description");
    textElement(xmlns::kConferenceInfo, "subject", body.subject);
    m_xml.writeEndElement();
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void DocumentWriter::write(const AddUser& body)
{
    beginElement(xmlns::kCccp, "addUser");
    conferenceKeys(body.meetingId);
    m_xml.writeEmptyElement(xmlns::kConferenceInfo, QStringLiteral("user"));
    attribute("entity", body.user);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const DeleteUser& body)
{
    beginElement(xmlns::kCccp, "deleteUser");
    m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("userKeys"));
    attribute("confEntity", meetingEntity(body.meetingId));
    attribute("userEntity", body.user);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const GetConference& body)
{
    beginElement(xmlns::kCccp, "getConference");
    conferenceKeys(body.meetingId);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const ModifyEndpointMedia& body)
{
    beginElement(xmlns::kCccp, "modifyEndpointMedia");
    m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("mediaKeys"));
    attribute("confEntity", meetingEntity(body.meetingId));
    attribute("userEntity", body.user);
    attribute("endpointEntity", body.user);
    attribute("mediaId", QStringLiteral("1"));
    beginElement(xmlns::kConferenceInfo, "media");
    attribute("id", QStringLiteral("1"));
    textElement(xmlns::kConferenceInfo, "type", QStringLiteral("applicationsharing"));
    textElement(xmlns::kConferenceInfo, "status", statusOf(body.sharing));
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void DocumentWriter::write(const SetPresence& body)
{
    emptyElement("setPresence");
    attribute("availability", nameOf(body.availability));
}

void DocumentWriter::write(const SendMessage& body)
{
    beginElement(xmlns::kSightline, "sendMessage");
    attribute("meeting", meetingEntity(body.meetingId));
    textElement(xmlns::kSightline, "text", body.text);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const SignInResponse& body)
{
    m_xml.writeEmptyElement(xmlns::kSightline, QStringLiteral("signIn"));
    attribute("entity", body.entity);
    attribute("protocol", QString::number(body.protocol));
    attribute("product", body.product);
    if (!body.resume.isEmpty())
        attribute("resume", body.resume);
    if (body.isResumed)
        attribute("resumed", QStringLiteral("true"));
    if (body.received > 0)
        attribute("received", QString::number(body.received));
}

void DocumentWriter::write(const AddConferenceResponse& body)
{
    beginElement(xmlns::kCccp, "addConference");
    beginElement(xmlns::kConferenceInfo, "conference-info");
    attribute("entity", meetingEntity(body.meetingId));
    beginElement(xmlns::kConferenceInfo, "conference-description");
    textElement(xmlns::kConferenceInfo, "subject", body.subject);
    if (body.link) {
        textElement(xmlns::kConferenceInfoExtensions, "join-url", body.link->toWebLink());
        textElement(xmlns::kSightline, "app-url", body.link->toAppLink());
    }
    m_xml.writeEndElement();
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void DocumentWriter::write(const AddUserResponse& body)
{
    beginElement(xmlns::kCccp, "addUser");
    conferenceKeys(body.meetingId);
    beginElement(xmlns::kConferenceInfo, "user");
    attribute("entity", body.user);
    beginElement(xmlns::kConferenceInfo, "roles");
    textElement(xmlns::kConferenceInfo, "entry", nameOf(body.role));
    m_xml.writeEndElement();
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void DocumentWriter::write(const Failure& body)
{
    beginElement(xmlns::kSightline, "failure");
    attribute("code", QLatin1StringView(stableCode(body.code)));
    if (body.update != Failure::Update::None) {
        const bool isClient = body.update == Failure::Update::Client;
        attribute("update", isClient ? QStringLiteral("client") : QStringLiteral("server"));
    }
    if (body.protocol != 0)
        attribute("protocol", QString::number(body.protocol));
    if (!body.product.isEmpty())
        attribute("product", body.product);
    textElement(xmlns::kSightline, "text", body.text.left(limits::kTextLength));
    m_xml.writeEndElement();
}

void DocumentWriter::writeSdp(const char* element, const char* contentType, QByteArray text)
{
    // XML turns CR LF into LF anyway (XML 1.0 2.11).
    const QString sdp = QString::fromUtf8(text.replace("\r\n", "\n"));
    beginElement(xmlns::kSightline, element);
    attribute("contentType", QLatin1StringView(contentType));
    m_xml.writeCharacters(xmlText(sdp));
    m_xml.writeEndElement();
}

void DocumentWriter::write(const CallCandidates& body)
{
    QByteArray fragment;
    for (const QByteArray& candidate : body.candidates)
        fragment += "a=" + canonicalCandidate(candidate) + '\n';
    if (body.endOfCandidates)
        fragment += "a=end-of-candidates\n";
    writeSdp("candidates", "application/trickle-ice-sdpfrag", fragment);
}

void DocumentWriter::write(const CallBye& body)
{
    beginElement(xmlns::kSightline, "bye");
    attribute("code", QLatin1StringView(stableCode(body.code)));
    m_xml.writeCharacters(xmlText(body.text.left(limits::kTextLength)));
    m_xml.writeEndElement();
}

} // namespace

QByteArray serialize(const Document& document)
{
    QByteArray output;
    DocumentWriter writer(&output);
    std::visit([&writer](const auto& each) { writer.write(each); }, document);
    return output;
}

} // namespace sightline
