#include "core/signaling/failure_xml.h"

#include "core/signaling/element_values.h"
#include "core/signaling/limits.h"
#include "core/signaling/xml_names.h"
#include "core/signaling/xml_reader.h"

#include <QXmlStreamWriter>

namespace sightline {
namespace {

QString boundedAttribute(XmlReader& xml, const char* name)
{
    const QString value = xml.attribute(QLatin1StringView(name)).value_or(QString());
    if (value.size() > limits::kNameLength)
        xml.fail(QStringLiteral("%1 is too long").arg(QLatin1StringView(name)), ErrorCode::TooLarge);
    return value;
}

} // namespace

Failure readFailure(XmlReader& xml)
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
        if (xml.is(xmlns::kSightline, QLatin1StringView("text")))
            body.text = xml.text(limits::kTextLength);
        else
            xml.skip();
    }
    return body;
}

void writeFailure(QXmlStreamWriter& xml, const Failure& failure)
{
    xml.writeStartElement(xmlns::kSightline, QStringLiteral("failure"));
    xml.writeAttribute(QStringLiteral("code"), QLatin1StringView(stableCode(failure.code)));
    if (failure.update != Failure::Update::None) {
        const bool isClient = failure.update == Failure::Update::Client;
        xml.writeAttribute(QStringLiteral("update"), QLatin1StringView(isClient ? "client" : "server"));
    }
    if (failure.protocol != 0)
        xml.writeAttribute(QStringLiteral("protocol"), QString::number(failure.protocol));
    if (!failure.product.isEmpty())
        xml.writeAttribute(QStringLiteral("product"), xmlText(failure.product));
    xml.writeTextElement(
        xmlns::kSightline, QStringLiteral("text"), xmlText(failure.text.left(limits::kTextLength)));
    xml.writeEndElement();
}

} // namespace sightline
