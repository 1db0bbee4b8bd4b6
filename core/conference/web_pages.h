#pragma once

#include "core/conference/http_request.h"

#include <QByteArray>
#include <QUrl>

namespace sightline {

/// The pages that the server shows to a browser, without scripts. Pure.
class WebPages {
public:
    /// `baseUrl` is https://HOST[:PORT] of the links; `pin` the SHA-256 that app links carry, or empty.
    WebPages(QUrl baseUrl, QByteArray pin);

    /// Answers any request that is not a WebSocket for /signaling. It does not tell whether a meeting exists.
    HttpResponse respond(const HttpRequest& request) const;
    static HttpResponse text(int status, const char* sentence);
    static HttpResponse malformed();
    static HttpResponse tooLarge();

private:
    HttpResponse meeting(const QString& id) const;

    QUrl m_baseUrl;
    QByteArray m_pin;
};

} // namespace sightline
