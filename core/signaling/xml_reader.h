#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QString>
#include <QXmlStreamReader>

#include <optional>

namespace sightline {

/// QXmlStreamReader made safe for strangers' documents and comfortable for ours: the limits of PROTOCOL.md,
/// no DTD, no processing instructions, UTF-8 only, and one error that sticks. After an error every function
/// returns at once with nothing, so that the code that reads elements needs no checks in between.
///
/// Who is handed an element consumes it to its end: by a loop over nextChild(), by text() or by skip().
class XmlReader {
public:
    explicit XmlReader(const QByteArray& document);

    /// Goes to the root element; false: there is none.
    bool enterRoot();
    /// Goes to the next element inside the current one; false: the current one has ended.
    bool nextChild();
    void skip();
    /// The characters in the current element; elements inside are skipped.
    QString text(qsizetype longest);
    /// Nothing but white space and comments may follow the root.
    void finish();

    bool is(QLatin1StringView xmlNamespace, QLatin1StringView name) const;
    QString name() const; ///< without prefix
    std::optional<QString> attribute(QLatin1StringView name) const; ///< one without a namespace
    /// Fails when it is missing or empty.
    QString requiredAttribute(QLatin1StringView name);
    /// Fails when it is no number of 32 bits; `fallback` when it is missing.
    quint32 numberAttribute(QLatin1StringView name, std::optional<quint32> fallback = {});

    void fail(const QString& message, ErrorCode code = ErrorCode::ParseFailed);
    bool hasFailed() const { return m_error.has_value(); }
    const std::optional<Error>& error() const { return m_error; }

private:
    bool advance(); ///< false: the document ended or failed
    bool acceptElement();

    QXmlStreamReader m_xml;
    std::optional<Error> m_error;
    int m_depth = 0;
    int m_elements = 0;
};

} // namespace sightline
