#include "core/signaling/documents.h"

#include "core/signaling/call_xml.h"
#include "core/signaling/conference_xml.h"
#include "core/signaling/element_values.h"
#include "core/signaling/failure_xml.h"
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

    /// What is about a meeting and those in it.
    template <typename Body>
    requires requires(QXmlStreamWriter& xml, const Body& body) { writeConferenceBody(xml, body); }
    void write(const Body& body) { writeConferenceBody(m_xml, body); }
    void write(const SignIn& body);
    void write(const SetPresence& body);
    void write(const GetPresence&) { emptyElement("getPresence"); }
    void write(const SendMessage& body);
    void write(const SignInResponse& body);
    void write(const DeleteUserResponse&) { emptyCccp("deleteUser"); }
    void write(const DeleteConferenceResponse&) { emptyCccp("deleteConference"); }
    void write(const ModifyConferenceResponse&) { emptyCccp("modifyConference"); }
    void write(const ModifyUserRolesResponse&) { emptyCccp("modifyUserRoles"); }
    void write(const GetConferenceResponse&) { emptyCccp("getConference"); }
    void write(const ModifyEndpointMediaResponse&) { emptyCccp("modifyEndpointMedia"); }
    void write(const AdmitUserResponse&) { emptyElement("admitUser"); }
    void write(const AllowViewResponse&) { emptyElement("allowView"); }
    void write(const AllowControlResponse&) { emptyElement("allowControl"); }
    void write(const EndSharingResponse&) { emptyElement("endSharing"); }
    void write(const UseServerResponse&) { emptyElement("useServer"); }
    void write(const SetPresenceResponse&) { emptyElement("setPresence"); }
    void write(const GetPresenceResponse&) { emptyElement("getPresence"); }
    void write(const SendMessageResponse&) { emptyElement("sendMessage"); }
    void write(const Failure& body) { writeFailure(m_xml, body); }

private:
    void beginCccp(const char* name);
    void beginElement(QLatin1StringView xmlNamespace, const char* name);
    /// In our namespace.
    void emptyElement(const char* name)
    {
        m_xml.writeEmptyElement(xmlns::kSightline, QLatin1StringView(name));
    }
    void emptyCccp(const char* name) { m_xml.writeEmptyElement(xmlns::kCccp, QLatin1StringView(name)); }
    void attribute(const char* name, const QString& value);
    void textElement(QLatin1StringView xmlNamespace, const char* name, const QString& text);

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
    const bool isPending = std::holds_alternative<AddUserPending>(response.body);
    attribute("code", QLatin1StringView(isFailure ? "failure" : isPending ? "pending" : "success"));
    std::visit([this](const auto& body) { write(body); }, response.body);
    m_xml.writeEndElement();
}

void DocumentWriter::write(const CallDocument& call)
{
    beginCccp("notify");
    writeCallDocument(m_xml, call);
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

} // namespace

QByteArray serialize(const Document& document)
{
    QByteArray output;
    DocumentWriter writer(&output);
    std::visit([&writer](const auto& each) { writer.write(each); }, document);
    return output;
}

} // namespace sightline
