#pragma once

#include "core/signaling/limits.h"

#include <chrono>
#include <cstddef>

namespace sightline {

/// What one server lets strangers and participants use: the figures of PROTOCOL.md, and those that concern
/// the server alone. The defaults suit a process that may open 1024 files; tests shorten the times.
struct ServerLimits {
    std::size_t connections = 800; ///< all of them; further ones are closed at once
    std::size_t strangers = 200; ///< those that have not signed in; the oldest makes room for a new one
    std::size_t meetings = 2000;
    std::size_t participants = limits::kParticipants; ///< of one meeting
    int meetingsPerConnection = limits::kMeetingsPerConnection;
    int invitationsPerConnection = limits::kInvitationsPerConnection; ///< open at once
    int callsPerConnection = limits::kCallsPerConnection;

    std::chrono::milliseconds signIn = limits::kSignInTimeout; ///< also from TCP connection to HTTP request
    std::chrono::milliseconds pingInterval = limits::kPingInterval;
    std::chrono::milliseconds silence = limits::kSilenceTimeout;
    std::chrono::milliseconds farewell{3'000}; ///< from our close to the client's
    std::chrono::milliseconds absence = limits::kAbsence; ///< of whose connection broke; 0: it leaves at once
    std::chrono::milliseconds emptyMeeting{600'000}; ///< how long a meeting outlives its last participant

    std::chrono::milliseconds abandonedMeeting{600'000}; ///< and its last presenter
    std::chrono::milliseconds lobby = limits::kLobbyTimeout;

    std::chrono::milliseconds invitation = limits::kInvitationTimeout;

    qint64 unsentBytes = 4 << 20; ///< a client that leaves more than this unread is closed
    double documentsPerSecond = 200;
    double documentsBurst = 1000;
    double messagesPerSecond = 5;
    double messagesBurst = 30;
    double invitationsPerSecond = 0.5;
    double invitationsBurst = 20;
    double presencePerSecond = 1;
    double presenceBurst = 20;
    // Of one address.
    double joinsPerSecond = 10;
    double joinsBurst = 100;
    double wrongPasscodesPerSecond = 0.1;
    double wrongPasscodesBurst = 5;
    // To one meeting, from anywhere.
    double guessesPerSecond = 0.2;
    double guessesBurst = 20;
    // What a client sends beside its documents: frame headers, pings, a message that is not complete yet.
    double overheadPerSecond = 64 << 10;
    double overheadBurst = 4 << 20;
};

} // namespace sightline
