#pragma once

#include "core/conference/focus.h"

namespace sightline {

/// A connection and who it is.
struct Focus::Client {
    ConnectionId connection;
    TokenBucket documents;
    TokenBucket messages;
    TokenBucket invitations;
    TokenBucket presenceChanges;
    QString entity = {}; ///< empty until signed in
    QString displayName = {};
    QList<QByteArray> capabilities = {};
    Meeting* meeting = nullptr; ///< the one it is in
    OpenCalls calls = {};
    int meetingsCreated = 0;
    bool awaitsPeople = false; ///< has just begun to be seen, and gets the full list
    bool isClosing = false;
};

} // namespace sightline
