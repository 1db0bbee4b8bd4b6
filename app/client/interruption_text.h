#pragma once

#include <QString>

namespace sightline {

/// What whoever watches the output of a session without a window reads about its path.
inline QString interruptionText(bool isInterrupted)
{
    return isInterrupted ? QStringLiteral("The connection is interrupted, trying again")
                         : QStringLiteral("The connection is back");
}

/// That the picture goes through the server from now on.
inline QString throughServerNotice(const QString& server)
{
    return QStringLiteral("The picture goes through the server %1, which can read it").arg(server);
}

} // namespace sightline
