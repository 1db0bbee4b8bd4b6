#pragma once

#include <QByteArray>

/// Documents as text, to be made wrong in one place.
namespace sightline::texts {

inline QByteArray requestText(const QByteArray& content, const QByteArray& attributes = "requestId=\"1\"")
{
    return "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" "
           "xmlns:ci=\"urn:ietf:params:xml:ns:conference-info\" "
           "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" C3PVersion=\"1\" "
        + attributes + ">" + content + "</request>";
}

inline QByteArray signIn(const QByteArray& displayName, const QByteArray& more = {})
{
    return requestText("<sl:signIn protocol=\"1\"><sl:display-name>" + displayName + "</sl:display-name>"
        + more + "</sl:signIn>");
}

inline QByteArray call(const QByteArray& body, const QByteArray& id = "c-1")
{
    return "<notify xmlns=\"urn:ietf:params:xml:ns:cccp\" xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" "
           "to=\"b\">"
           "<sl:call id=\""
        + id + "\">" + body + "</sl:call></notify>";
}

inline QByteArray roster(
    const QByteArray& content, const QByteArray& state = "full", const QByteArray& version = "1")
{
    return "<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" "
           "xmlns:sl=\"urn:sightline:params:xml:ns:signaling\" "
           "entity=\"urn:sightline:meeting:bWVldGluZy1vZi1leGFtcGxl\" state=\""
        + state + "\" version=\"" + version + "\">" + content + "</conference-info>";
}

inline QByteArray user(const QByteArray& entity, const QByteArray& more = "<display-text>x</display-text>")
{
    return "<user entity=\"" + entity + "\">" + more + "</user>";
}

inline QByteArray repeated(const QByteArray& text, int times)
{
    return text.repeated(times);
}

} // namespace sightline::texts
