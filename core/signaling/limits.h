#pragma once

#include <QtGlobal>

#include <chrono>

/// The figures of PROTOCOL.md, "Limits" and "Keepalive". Sizes are octets unless a name says otherwise.
namespace sightline::limits {

inline constexpr qsizetype kDocumentSize = 64 * 1024;
inline constexpr qsizetype kRosterSize = 512 * 1024; ///< of a conference-info or presence document
inline constexpr quint64 kFrameSize = 1024 * 1024; ///< a larger WebSocket message ends the connection (1009)
inline constexpr int kDepth = 16;
inline constexpr int kAttributes = 32; ///< of one element, namespace declarations included
inline constexpr int kElements = 16384;
inline constexpr qsizetype kNameLength = 128; ///< of an element or attribute, characters
inline constexpr qsizetype kAttributeLength = 1024; ///< characters
inline constexpr qsizetype kTextLength = 512; ///< characters of any text without a limit of its own
inline constexpr qsizetype kEntityLength = 128;
inline constexpr qsizetype kCallIdLength = 64;
inline constexpr qsizetype kDisplayNameLength = 64; ///< code points
inline constexpr qsizetype kSubjectLength = 128; ///< code points
inline constexpr qsizetype kMeetingIdMin = 22; ///< characters of base64url: 128 bits
inline constexpr qsizetype kMeetingIdMax = 86; ///< 512 bits
inline constexpr qsizetype kCapabilities = 24; ///< so that all of them fit into one line of SDP
inline constexpr qsizetype kCapabilityLength = 32;
inline constexpr qsizetype kMessageSize = 4096; ///< of a message between people, UTF-8
inline constexpr qsizetype kSdpSize = 16 * 1024;
inline constexpr qsizetype kSdpLineLength = 1024;
inline constexpr qsizetype kCandidates = 100; ///< of one side in one call
inline constexpr qsizetype kCandidateLength = 512;

inline constexpr qsizetype kParticipants = 250; ///< of a meeting
inline constexpr qsizetype kLobby = 100; ///< who wait for a meeting at once
inline constexpr qsizetype kPasscodeLength = 64; ///< code points
inline constexpr qsizetype kIceServers = 8;
inline constexpr quint32 kLongestExpiry = 366u * 24 * 3600; ///< of a meeting, seconds
inline constexpr qsizetype kPeople = 800; ///< whom a presence document can list
inline constexpr qsizetype kKeptMessages = 200; ///< of a meeting, for those who come later
inline constexpr qsizetype kKeptMessageSize = 256 * 1024; ///< of their texts together
inline constexpr int kInvitationsPerConnection = 20; ///< that one connection may have open
inline constexpr int kMeetingsPerConnection = 16; ///< that one connection may create
inline constexpr int kCallsPerConnection = 256; ///< open at once

inline constexpr std::chrono::milliseconds kConnectTimeout{10'000};
inline constexpr std::chrono::milliseconds kSignInTimeout{10'000};
inline constexpr std::chrono::milliseconds kRequestTimeout{10'000};
inline constexpr std::chrono::milliseconds kInvitationTimeout{60'000};
inline constexpr std::chrono::milliseconds kLobbyTimeout{300'000}; ///< that one waits to be let in
inline constexpr std::chrono::milliseconds kPingInterval{5'000};
inline constexpr std::chrono::milliseconds kSilenceTimeout{15'000};
inline constexpr std::chrono::milliseconds kCheckTimeout{
    3'000}; ///< after a reason to think that it is broken
inline constexpr std::chrono::milliseconds kReconnectFor{60'000};
inline constexpr std::chrono::milliseconds kAbsence{30'000}; ///< that the focus forgives

} // namespace sightline::limits
