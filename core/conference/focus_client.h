#pragma once

#include "core/conference/focus.h"

#include <optional>

namespace sightline {

/// A connection and who it is.
struct Focus::Client {
    ConnectionId connection;
    TokenBucket documents;
    QString entity = {}; ///< empty until signed in
    QString displayName = {};
    QList<QByteArray> capabilities = {};
    Meeting* meeting = nullptr; ///< the one it is in
    OpenCalls calls = {};
    int meetingsCreated = 0;
    QString resumeToken = {};
    QString formerToken = {}; ///< good until we know that the client got the new one
    std::optional<TimePoint> absentSince = {}; ///< the connection broke; nothing is sent to it
    QList<QByteArray> keptCalls = {}; ///< call documents for when it is back
    bool isClosing = false;
};

} // namespace sightline
