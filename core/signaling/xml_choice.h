#pragma once

#include "core/signaling/xml_reader.h"

#include <QString>

#include <algorithm>
#include <array>
#include <optional>

namespace sightline {

/// What reads the one child of an element that may be of several kinds, by its name.
template <typename Body> struct Choice {
    QLatin1StringView xmlNamespace;
    const char* name;
    Body (*read)(XmlReader&);
};

/// Exactly one of the choices must be there. UnknownDocument only when there is something else and no choice.
template <typename Body, std::size_t N>
Body readChoice(XmlReader& xml, const std::array<Choice<Body>, N>& choices)
{
    const QString parent = xml.name();
    std::optional<Body> body;
    QString unknown;
    while (xml.nextChild()) {
        const auto choice = std::find_if(choices.begin(), choices.end(), [&xml](const Choice<Body>& each) {
            return xml.is(each.xmlNamespace, QLatin1StringView(each.name));
        });
        if (choice == choices.end()) {
            unknown = xml.name();
            xml.skip();
        } else if (body) {
            xml.fail(QStringLiteral("%1 holds two of a kind").arg(parent));
        } else {
            body = choice->read(xml);
        }
    }
    if (!body && !unknown.isEmpty())
        xml.fail(QStringLiteral("%1 holds the unknown %2").arg(parent, unknown), ErrorCode::UnknownDocument);
    else if (!body)
        xml.fail(QStringLiteral("%1 is empty").arg(parent));
    return body.value_or(Body{});
}

} // namespace sightline
