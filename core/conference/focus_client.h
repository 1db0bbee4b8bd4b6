#pragma once

#include "core/conference/focus.h"
#include "core/signaling/sent_calls.h"

#include <optional>

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
    QString resumeToken = {};
    QString formerToken = {}; ///< good until we know that the client got the new one
    std::optional<TimePoint> absentSince = {}; ///< the connection broke; nothing is sent to it
    SentCalls sentCalls = {}; ///< to it, for when it comes back
    quint32 callsReceived = 0; ///< from it
    bool isClosing = false;
};

} // namespace sightline
