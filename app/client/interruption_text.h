#pragma once

#include <QString>

namespace sightline {

/// What whoever watches the output of a session without a window reads about its path.
inline QString interruptionText(bool isInterrupted)
{
    return isInterrupted ? QStringLiteral("The connection is interrupted, trying again")
                         : QStringLiteral("The connection is back");
}

} // namespace sightline
