#include "core/signaling/call_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/ice_syntax.h"
#include "core/signaling/limits.h"
#include "core/signaling/names.h"
#include "core/signaling/xml_choice.h"
#include "core/signaling/xml_names.h"

#include <QXmlStreamWriter>

#include <algorithm>

namespace sightline {
namespace {

QByteArray readSdp(XmlReader& xml)
{
    // A CR can only come as a character reference, and not go out again.
    const QByteArray sdp = xml.text(limits::kSdpSize).remove(u'\r').toUtf8();
    if (sdp.size() > limits::kSdpSize)
        xml.fail(QStringLiteral("the SDP has more than 16 KiB"), ErrorCode::TooLarge);
    else if (sdp.isEmpty())
        xml.fail(QStringLiteral("the SDP is empty"));
    return sdp;
}

CallDocument::Body readOffer(XmlReader& xml)
{
    return CallOffer{readSdp(xml)};
}

CallDocument::Body readAnswer(XmlReader& xml)
{
    return CallAnswer{readSdp(xml)};
}

/// The body is an sdpfrag (RFC 8840 9.2) of which only two kinds of line matter here.
CallDocument::Body readCandidates(XmlReader& xml)
{
    CallCandidates body;
    const QByteArray fragment = xml.text(limits::kDocumentSize).toUtf8();
    for (const QByteArray& rawLine : fragment.split('\n')) {
        const QByteArray line = rawLine.trimmed();
        if (line == "a=end-of-candidates")
            body.endOfCandidates = true;
        else if (line.startsWith("a=candidate:"))
            body.candidates.append(line.sliced(2));
    }
    if (body.candidates.size() > limits::kCandidates)
        xml.fail(QStringLiteral("there are more than 100 candidates"), ErrorCode::TooLarge);
    else if (body.candidates.isEmpty() && !body.endOfCandidates)
        xml.fail(QStringLiteral("candidates is empty"));
    else if (!std::all_of(body.candidates.begin(), body.candidates.end(), isCandidate))
        xml.fail(QStringLiteral("a candidate is malformed"));
    return body;
}

CallDocument::Body readBye(XmlReader& xml)
{
    const ErrorCode code = errorCodeFromName(xml.requiredAttribute(QLatin1StringView("code")));
    return CallBye{code, xml.text(limits::kTextLength)};
}

constexpr std::array<Choice<CallDocument::Body>, 4> kCallBodies{{
    {xmlns::kSightline, "offer", readOffer},
    {xmlns::kSightline, "answer", readAnswer},
    {xmlns::kSightline, "candidates", readCandidates},
    {xmlns::kSightline, "bye", readBye},
}};

void writeSdp(QXmlStreamWriter& xml, const char* element, const char* contentType, QByteArray text)
{
    // XML turns CR LF into LF anyway (XML 1.0 2.11).
    const QString sdp = QString::fromUtf8(text.replace("\r\n", "\n"));
    xml.writeStartElement(xmlns::kSightline, QLatin1StringView(element));
    xml.writeAttribute(QStringLiteral("contentType"), QLatin1StringView(contentType));
    xml.writeCharacters(xmlText(sdp));
    xml.writeEndElement();
}

void writeBody(QXmlStreamWriter& xml, const CallOffer& body)
{
    writeSdp(xml, "offer", "application/sdp", body.sdp);
}

void writeBody(QXmlStreamWriter& xml, const CallAnswer& body)
{
    writeSdp(xml, "answer", "application/sdp", body.sdp);
}

void writeBody(QXmlStreamWriter& xml, const CallCandidates& body)
{
    QByteArray fragment;
    for (const QByteArray& candidate : body.candidates)
        fragment += "a=" + canonicalCandidate(candidate) + '\n';
    if (body.endOfCandidates)
        fragment += "a=end-of-candidates\n";
    writeSdp(xml, "candidates", "application/trickle-ice-sdpfrag", fragment);
}

void writeBody(QXmlStreamWriter& xml, const CallBye& body)
{
    xml.writeStartElement(xmlns::kSightline, QStringLiteral("bye"));
    xml.writeAttribute(QStringLiteral("code"), QLatin1StringView(stableCode(body.code)));
    xml.writeCharacters(xmlText(body.text.left(limits::kTextLength)));
    xml.writeEndElement();
}

} // namespace

CallDocument readCallDocument(XmlReader& xml)
{
    CallDocument call;
    call.to = readEntityAttribute(xml, QLatin1StringView("to"));
    if (xml.attribute(QLatin1StringView("from")))
        call.from = readEntityAttribute(xml, QLatin1StringView("from"));
    QString unknown;
    bool isThere = false;
    while (xml.nextChild()) {
        if (!xml.is(xmlns::kSightline, QLatin1StringView("call")) || isThere) {
            unknown = xml.name();
            xml.skip();
            continue;
        }
        isThere = true;
        call.callId = xml.requiredAttribute(QLatin1StringView("id"));
        if (!isCallId(call.callId))
            xml.fail(QStringLiteral("call has a malformed id"));
        call.body = readChoice(xml, kCallBodies);
    }
    if (!isThere && !unknown.isEmpty())
        xml.fail(QStringLiteral("notify holds the unknown %1").arg(unknown), ErrorCode::UnknownDocument);
    else if (!isThere)
        xml.fail(QStringLiteral("notify is empty"));
    return call;
}

void writeCallDocument(QXmlStreamWriter& xml, const CallDocument& call)
{
    if (!call.from.isEmpty())
        xml.writeAttribute(QStringLiteral("from"), xmlText(call.from));
    xml.writeAttribute(QStringLiteral("to"), xmlText(call.to));
    xml.writeStartElement(xmlns::kSightline, QStringLiteral("call"));
    xml.writeAttribute(QStringLiteral("id"), xmlText(call.callId));
    std::visit([&xml](const auto& body) { writeBody(xml, body); }, call.body);
    xml.writeEndElement();
}

} // namespace sightline
