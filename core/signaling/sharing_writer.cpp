#include "core/signaling/sharing_documents.h"

#include "core/signaling/call_xml.h"
#include "core/signaling/element_values.h"
#include "core/signaling/failure_xml.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_names.h"

#include <QXmlStreamWriter>

namespace sightline {
namespace {

/// Each body has one function `write`, in the order of SHARING.md.
class SharingWriter {
public:
    explicit SharingWriter(QByteArray* output)
        : m_xml(output)
    {
    }

    template <typename Envelope> void writeEnvelope(const char* root, const Envelope& envelope)
    {
        m_xml.writeDefaultNamespace(xmlns::kCccp);
        m_xml.writeNamespace(xmlns::kSightline, QStringLiteral("sl"));
        m_xml.writeStartElement(xmlns::kCccp, QLatin1StringView(root));
        attribute("C3PVersion", QStringLiteral("1"));
        attribute("requestId", QString::number(envelope.id));
        attribute("from", envelope.sender);
        if constexpr (std::is_same_v<Envelope, SharingResponse>) {
            const bool isFailure = std::holds_alternative<Failure>(envelope.body);
            attribute("code", QLatin1StringView(isFailure ? "failure" : "success"));
        }
        std::visit([this](const auto& body) { write(body); }, envelope.body);
        m_xml.writeEndElement();
    }

private:
    void write(const SharingAddConference& body)
    {
        beginCccp("addConference", body.meetingId);
        entityElement("server", body.sharingEntity);
        m_xml.writeEndElement();
    }
    void write(const SharingDeleteConference& body)
    {
        beginCccp("deleteConference", body.meetingId);
        m_xml.writeEndElement();
    }
    void write(const SharingPutUser& body)
    {
        beginCccp("addUser", body.meetingId);
        writeUser(body.user);
        m_xml.writeEndElement();
    }
    void write(const SharingDeleteUser& body);
    void write(const SharingGetConference& body)
    {
        beginCccp("getConference", body.meetingId);
        m_xml.writeEndElement();
    }
    void write(const SharingSetSharer& body)
    {
        emptyElement("setSharer");
        meetingAndEntity(body.meetingId, body.entity);
    }
    void write(const SharingCall& body);
    void write(const SharingAnswerRdpJoin& body);
    void write(const SharingGetLoad&) { emptyElement("getLoad"); }

    void write(const SharingDone&) { emptyElement("done"); }
    void write(const SharingConference& body);
    void write(const SharingLoad& body);
    void write(const Failure& body) { writeFailure(m_xml, body); }

    void write(const SharingMedia& body)
    {
        emptyElement("media");
        meetingAndEntity(body.meetingId, body.entity);
        attribute("status", statusOf(body.media));
    }
    void write(const SharingController& body)
    {
        emptyElement("controller");
        meetingAndEntity(body.meetingId, body.entity);
    }
    void write(const SharingRdpJoin& body);
    void write(const SharingRdpGone& body);

    void beginCccp(const char* name, const QString& meetingId);
    void begin(const char* name) { m_xml.writeStartElement(xmlns::kSightline, QLatin1StringView(name)); }
    void emptyElement(const char* name)
    {
        m_xml.writeEmptyElement(xmlns::kSightline, QLatin1StringView(name));
    }
    void entityElement(const char* name, const QString& entity);
    void attribute(const char* name, const QString& value)
    {
        m_xml.writeAttribute(QLatin1StringView(name), xmlText(value));
    }
    void meetingAndEntity(const QString& meetingId, const QString& entity);
    void textElement(const char* name, const QString& text)
    {
        m_xml.writeTextElement(xmlns::kSightline, QLatin1StringView(name), xmlText(text));
    }
    void writeUser(const SharingUser& user);

    QXmlStreamWriter m_xml;
};

void SharingWriter::beginCccp(const char* name, const QString& meetingId)
{
    m_xml.writeStartElement(xmlns::kCccp, QLatin1StringView(name));
    m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("conferenceKeys"));
    attribute("confEntity", meetingEntity(meetingId));
}

void SharingWriter::entityElement(const char* name, const QString& entity)
{
    if (entity.isEmpty())
        return;
    emptyElement(name);
    attribute("entity", entity);
}

void SharingWriter::meetingAndEntity(const QString& meetingId, const QString& entity)
{
    attribute("meeting", meetingEntity(meetingId));
    if (!entity.isEmpty())
        attribute("entity", entity);
}

void SharingWriter::writeUser(const SharingUser& user)
{
    begin("user");
    attribute("entity", user.entity);
    attribute("number", QString::number(user.number));
    attribute("role", nameOf(user.role));
    attribute("may-view", nameOf(user.mayView));
    attribute("may-control", nameOf(user.mayControl));
    attribute("may-share", nameOf(user.mayShare));
    textElement("display-name", user.displayName);
    if (!user.capabilities.isEmpty())
        textElement("capabilities", QString::fromLatin1(user.capabilities.join(' ')));
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingDeleteUser& body)
{
    m_xml.writeStartElement(xmlns::kCccp, QStringLiteral("deleteUser"));
    m_xml.writeEmptyElement(xmlns::kCccp, QStringLiteral("userKeys"));
    attribute("confEntity", meetingEntity(body.meetingId));
    attribute("userEntity", body.entity);
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingCall& body)
{
    begin("forward");
    attribute("meeting", meetingEntity(body.meetingId));
    m_xml.writeStartElement(xmlns::kCccp, QStringLiteral("notify"));
    writeCallDocument(m_xml, body.call);
    m_xml.writeEndElement();
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingAnswerRdpJoin& body)
{
    begin("answerRdpJoin");
    attribute("id", body.joinId);
    attribute("code", QLatin1StringView(stableCode(body.code)));
    if (body.user)
        writeUser(*body.user);
    if (!body.text.isEmpty())
        textElement("text", body.text.left(limits::kTextLength));
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingConference& body)
{
    beginCccp("getConference", body.meetingId);
    entityElement("server", body.sharingEntity);
    entityElement("sharer", body.sharer);
    entityElement("controller", body.controller);
    for (const SharingUser& user : body.users)
        writeUser(user);
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingLoad& body)
{
    emptyElement("load");
    attribute("conferences", QString::number(body.conferences));
    attribute("legs", QString::number(body.legs));
    attribute("cpu", QString::number(body.cpu));
    attribute("draining", nameOf(body.isDraining));
}

void SharingWriter::write(const SharingRdpJoin& body)
{
    begin("rdpJoin");
    attribute("id", body.joinId);
    attribute("meeting", meetingEntity(body.meetingId));
    if (!body.address.isEmpty())
        attribute("address", body.address);
    textElement("display-name", body.displayName);
    if (!body.passcode.isEmpty())
        textElement("passcode", body.passcode);
    m_xml.writeEndElement();
}

void SharingWriter::write(const SharingRdpGone& body)
{
    emptyElement("rdpGone");
    meetingAndEntity(body.meetingId, body.entity);
    if (!body.joinId.isEmpty())
        attribute("id", body.joinId);
}

} // namespace

QByteArray serializeSharing(const SharingDocument& document)
{
    QByteArray output;
    SharingWriter writer(&output);
    if (const auto* request = std::get_if<SharingRequest>(&document))
        writer.writeEnvelope("request", *request);
    else if (const auto* response = std::get_if<SharingResponse>(&document))
        writer.writeEnvelope("response", *response);
    else if (const auto* notification = std::get_if<SharingNotification>(&document))
        writer.writeEnvelope("notify", *notification);
    return output;
}

} // namespace sightline
