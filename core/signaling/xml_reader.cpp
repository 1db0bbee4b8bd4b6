#include "core/signaling/xml_reader.h"

#include "core/signaling/limits.h"

#include <QStringDecoder>

namespace sightline {
namespace {

/// What QXmlStreamReader would work on for too long, or not refuse: it compares every attribute of an element
/// with every other one, and it reads DTDs. Returns what is wrong with the text.
class XmlScan {
public:
    explicit XmlScan(QStringView text)
        : m_text(text)
    {
    }
    std::optional<Error> run();

private:
    bool skipPast(QStringView end);
    bool scanTag();

    QStringView m_text;
    qsizetype m_at = 0;
};

std::optional<Error> XmlScan::run()
{
    if (m_text.startsWith(u"<?xml ") && !skipPast(u"?>"))
        return Error(ErrorCode::ParseFailed, QStringLiteral("the document is cut off"));
    while ((m_at = m_text.indexOf(u'<', m_at)) >= 0) {
        const QStringView rest = m_text.sliced(m_at);
        bool isComplete = true;
        if (rest.startsWith(u"<!--"))
            isComplete = skipPast(u"-->");
        else if (rest.startsWith(u"<![CDATA["))
            isComplete = skipPast(u"]]>");
        else if (rest.startsWith(u"<!") || rest.startsWith(u"<?"))
            return Error(
                ErrorCode::ParseFailed, QStringLiteral("the document has a DTD or processing instruction"));
        else if (!scanTag())
            return Error(ErrorCode::TooLarge, QStringLiteral("an element has more than 32 attributes"));
        if (!isComplete)
            return Error(ErrorCode::ParseFailed, QStringLiteral("the document is cut off"));
    }
    return std::nullopt;
}

bool XmlScan::skipPast(QStringView end)
{
    const qsizetype found = m_text.indexOf(end, m_at);
    m_at = found < 0 ? m_text.size() : found + end.size();
    return found >= 0;
}

bool XmlScan::scanTag()
{
    int values = 0;
    QChar quote;
    for (++m_at; m_at < m_text.size(); ++m_at) {
        const QChar c = m_text[m_at];
        if (!quote.isNull()) {
            if (c == quote)
                quote = {};
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            if (++values > limits::kAttributes)
                return false;
        } else if (c == u'>' || c == u'<') {
            return true;
        }
    }
    return true;
}

std::optional<QString> decodeUtf8(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(bytes);
    // The decoder holds back an incomplete last character without calling it an error.
    const bool isComplete = text.toUtf8().size() == bytes.size() || bytes.startsWith("\xEF\xBB\xBF");
    return decoder.hasError() || !isComplete ? std::nullopt : std::optional(std::move(text));
}

} // namespace

XmlReader::XmlReader(const QByteArray& document)
{
    const std::optional<QString> text = decodeUtf8(document);
    if (!text) {
        fail(QStringLiteral("the document is not UTF-8"));
        return;
    }
    m_error = XmlScan(*text).run();
    if (!m_error)
        m_xml.addData(*text);
}

bool XmlReader::advance()
{
    if (m_error || m_xml.atEnd())
        return false;
    switch (m_xml.readNext()) {
    case QXmlStreamReader::Invalid:
        fail(QStringLiteral("the document is not well-formed in line %1: %2")
                 .arg(m_xml.lineNumber())
                 .arg(m_xml.errorString().left(limits::kNameLength).toLower()));
        return false;
    case QXmlStreamReader::DTD:
    case QXmlStreamReader::EntityReference:
    case QXmlStreamReader::ProcessingInstruction:
        fail(QStringLiteral("the document has a DTD, an entity or a processing instruction"));
        return false;
    case QXmlStreamReader::StartElement:
        return acceptElement();
    case QXmlStreamReader::EndElement:
        --m_depth;
        return true;
    default:
        return true;
    }
}

bool XmlReader::acceptElement()
{
    const auto tooLarge = [this](const char* what) {
        fail(QLatin1StringView(what), ErrorCode::TooLarge);
        return false;
    };
    if (++m_depth > limits::kDepth)
        return tooLarge("the document is nested more than 16 deep");
    if (++m_elements > limits::kElements)
        return tooLarge("the document has more than 16384 elements");
    if (m_xml.qualifiedName().size() > limits::kNameLength)
        return tooLarge("the name of an element is longer than 128 characters");
    const QXmlStreamAttributes attributes = m_xml.attributes();
    for (const QXmlStreamAttribute& each : attributes) {
        if (each.qualifiedName().size() > limits::kNameLength)
            return tooLarge("the name of an attribute is longer than 128 characters");
        if (each.value().size() > limits::kAttributeLength)
            return tooLarge("an attribute is longer than 1024 characters");
    }
    return true;
}

bool XmlReader::enterRoot()
{
    while (advance()) {
        if (m_xml.isStartElement())
            return true;
    }
    return false;
}

bool XmlReader::nextChild()
{
    while (advance()) {
        if (m_xml.isStartElement())
            return true;
        if (m_xml.isEndElement())
            return false;
    }
    return false;
}

void XmlReader::skip()
{
    const int outside = m_depth - 1;
    while (m_depth > outside && advance()) {}
}

QString XmlReader::text(qsizetype longest)
{
    const QString element = name();
    QString result;
    while (advance() && !m_xml.isEndElement()) {
        if (m_xml.isStartElement()) {
            skip();
        } else if (m_xml.isCharacters()) {
            result += m_xml.text();
            if (result.size() > longest)
                fail(QStringLiteral("%1 is longer than %2 characters").arg(element).arg(longest),
                    ErrorCode::TooLarge);
        }
    }
    return m_error ? QString() : result;
}

void XmlReader::finish()
{
    while (advance()) {}
}

bool XmlReader::is(QLatin1StringView xmlNamespace, QLatin1StringView name) const
{
    return m_xml.name() == name && m_xml.namespaceUri() == xmlNamespace;
}

QString XmlReader::name() const
{
    return m_xml.name().toString();
}

std::optional<QString> XmlReader::attribute(QLatin1StringView name) const
{
    const QXmlStreamAttributes attributes = m_xml.attributes();
    for (const QXmlStreamAttribute& each : attributes) {
        if (each.namespaceUri().isEmpty() && each.name() == name)
            return each.value().toString();
    }
    return std::nullopt;
}

QString XmlReader::requiredAttribute(QLatin1StringView attributeName)
{
    const QString value = attribute(attributeName).value_or(QString());
    if (value.isEmpty())
        fail(QStringLiteral("%1 has no %2").arg(name(), attributeName));
    return value;
}

quint32 XmlReader::numberAttribute(QLatin1StringView attributeName, std::optional<quint32> fallback)
{
    const std::optional<QString> value = attribute(attributeName);
    if (!value && fallback)
        return *fallback;
    bool isNumber = false;
    const quint32 number = value.value_or(QString()).toUInt(&isNumber);
    if (!isNumber)
        fail(QStringLiteral("%1 has no number %2").arg(name(), attributeName));
    return number;
}

void XmlReader::fail(const QString& message, ErrorCode code)
{
    if (!m_error)
        m_error = Error(code, message);
}

} // namespace sightline
