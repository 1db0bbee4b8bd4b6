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
    Meeting* lobby = nullptr; ///< the one that it waits for
    quint32 lobbyRequest = 0; ///< that gets its answer then
    QString address = {};
    QByteArray resumeToken = {}; ///< its hash
    QByteArray formerToken = {}; ///< likewise; good until we know that the client got the new one
    std::optional<TimePoint> absentSince = {}; ///< the connection broke; nothing is sent to it
    SentCalls sentCalls = {}; ///< to it, for when it comes back
    quint32 callsReceived = 0; ///< from it
    bool isRestored = false; ///< its calls of before the restart were not counted
    bool isClosing = false;
};

/// A plain RDP client at a sharing server.
struct Focus::Guest {
    SharingId server;
    QString joinId;
    QString entity;
    QString displayName;
    Meeting* meeting; ///< that it is in, or waits for
};

/// What one address may do.
struct Focus::Address {
    TokenBucket joins;
    TokenBucket wrongPasscodes;
    TimePoint lastSeen;
};

inline Error refusal(ErrorCode code, const char* why)
{
    return {code, QString::fromLatin1(why)};
}

inline Error notAllowed(const char* why)
{
    return refusal(ErrorCode::NotAllowed, why);
}

} // namespace sightline
