#include "core/session/media_servers.h"

#include "core/base/log.h"

#include <QRegularExpression>

namespace sightline {

std::optional<IceServer> iceServerOf(const IceServerInfo& server)
{
    static const QRegularExpression form(QStringLiteral(
        "^(stun|turn):(\\[[0-9a-fA-F:.]+\\]|[^\\[\\]:?@/]+)(?::(\\d{1,5}))?(?:\\?transport=(udp|tcp))?$"));
    const QRegularExpressionMatch match = form.match(server.uri);
    if (!match.hasMatch())
        return std::nullopt;
    IceServer found;
    found.host = match.captured(2);
    if (found.host.startsWith(QLatin1Char('[')))
        found.host = found.host.mid(1, found.host.size() - 2);
    if (!match.captured(3).isEmpty()) {
        bool isPort = false;
        found.port = match.captured(3).toUShort(&isPort);
        if (!isPort || found.port == 0)
            return std::nullopt;
    }
    const bool isTurn = match.captured(1) == QLatin1StringView("turn");
    // RFC 8656 has no TURN without a user; RFC 7064 has no transport for STUN.
    if (isTurn == server.username.isEmpty() || (!isTurn && !match.captured(4).isEmpty()))
        return std::nullopt;
    found.user = server.username;
    found.password = server.password;
    found.turnOverTcp = match.captured(4) == QLatin1StringView("tcp");
    return found;
}

MediaTransport::Config mediaConfig(const QList<IceServerInfo>& servers)
{
    MediaTransport::Config config;
    for (const IceServerInfo& server : servers) {
        if (const std::optional<IceServer> usable = iceServerOf(server))
            config.servers.push_back(*usable);
        else
            qCInfo(logSession) << "Cannot use the ICE server" << server.uri;
    }
    return config;
}

} // namespace sightline
