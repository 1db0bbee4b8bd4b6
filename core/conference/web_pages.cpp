#include "core/conference/web_pages.h"

#include "core/signaling/documents.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/names.h"

#include <utility>

namespace sightline {
namespace {

constexpr char kHtml[] = "text/html; charset=utf-8";

/// `content` is HTML of ours.
HttpResponse page(int status, const QString& title, const QString& content)
{
    const QString html = QStringLiteral(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>%1</title>
<style>
:root { color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; }
a.open { display: inline-block; margin: 1rem 0; padding: .7rem 1.4rem; border-radius: .4rem;
         background: #1c5fb8; color: #fff; text-decoration: none; font-weight: 600; }
a.open:focus-visible { outline: 3px solid #f90; outline-offset: 2px; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>%1</h1>
%2
</body>
</html>
)")
                             .arg(title.toHtmlEscaped(), content);
    return {.status = status, .contentType = kHtml, .body = html.toUtf8()};
}

} // namespace

WebPages::WebPages(QUrl baseUrl, QByteArray pin)
    : m_baseUrl(std::move(baseUrl))
    , m_pin(std::move(pin))
{
}

HttpResponse WebPages::respond(const HttpRequest& request) const
{
    if (request.method != "GET" && request.method != "HEAD")
        return text(405, "This server answers GET and HEAD only.");
    if (request.path == kSignalingPath)
        return request.isFromElsewhere
            ? text(403, "Pages of other servers may not connect here.")
            : text(426, "This address is for WebSocket connections of the Sightline app.");
    if (request.path == "/healthz")
        return text(200, "ok");
    static constexpr QByteArrayView kMeeting("/m/");
    if (request.path.startsWith(kMeeting)) {
        const QString id = QString::fromUtf8(request.path.sliced(kMeeting.size()));
        if (isMeetingId(id))
            return meeting(id);
    }
    return page(404, QStringLiteral("Nothing here"),
        QStringLiteral("<p>There is no such page. A meeting link looks like <code>%1/m/…</code>; "
                       "ask for a new one if yours was cut short.</p>")
            .arg(m_baseUrl.toString().toHtmlEscaped()));
}

HttpResponse WebPages::text(int status, const char* sentence)
{
    return {
        .status = status, .contentType = "text/plain; charset=utf-8", .body = QByteArray(sentence) + '\n'};
}

HttpResponse WebPages::malformed()
{
    return text(400, "This is not a request that this server understands.");
}

HttpResponse WebPages::tooLarge()
{
    return text(431, "The request is too long.");
}

HttpResponse WebPages::meeting(const QString& id) const
{
    const MeetingLink link{.host = m_baseUrl.host(),
        .port = static_cast<quint16>(m_baseUrl.port(443)),
        .meetingId = id,
        .certificateFingerprint = m_pin};
    return page(200, QStringLiteral("You are invited to a Sightline meeting"),
        QStringLiteral(
            "<p><a class=\"open\" href=\"%1\">Open in Sightline</a></p>\n"
            "<p>Nothing happens? Then Sightline is not installed on this computer. Install it, come back to "
            "this page and press the button again, or give Sightline this link:</p>\n"
            "<p><code>%1</code></p>")
            .arg(link.toAppLink().toHtmlEscaped()));
}

} // namespace sightline
