#pragma once

#include "core/base/error.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/roster.h"

#include <QList>
#include <QString>

#include <optional>

/// The requests about a meeting and those who are in it, and their responses, in the order of PROTOCOL.md.
namespace sightline {

// Requests, client to focus.

struct AddConference {
    QString subject = {}; ///< may be empty
    MeetingSettings settings = {}; ///< `hasPasscode` is not asked
    QString passcode = {}; ///< empty: none is needed
    quint32 expiresIn = 0; ///< seconds after which it is over; 0: never
    bool operator==(const AddConference&) const = default;
};

struct AddUser {
    QString meetingId;
    QString user; ///< the sender's entity
    QString passcode = {};
    QString key = {}; ///< the organizer's
    bool operator==(const AddUser&) const = default;
};

/// Leaves, or takes somebody out.
struct DeleteUser {
    QString meetingId;
    QString user;
    bool operator==(const DeleteUser&) const = default;
};

struct DeleteConference {
    QString meetingId;
    bool operator==(const DeleteConference&) const = default;
};

/// What is not given stays.
struct ModifyConference {
    QString meetingId;
    std::optional<bool> isLocked = {};
    std::optional<bool> hasLobby = {};
    std::optional<MeetingSettings::Viewers> viewers = {};
    std::optional<QString> passcode = {}; ///< empty: none is needed any more
    bool operator==(const ModifyConference&) const = default;
};

struct ModifyUserRoles {
    QString meetingId;
    QString user;
    Participant::Role role = Participant::Role::Attendee;
    bool operator==(const ModifyUserRoles&) const = default;
};

struct GetConference {
    QString meetingId;
    bool operator==(const GetConference&) const = default;
};

struct ModifyEndpointMedia {
    QString meetingId;
    QString user;
    Participant::Sharing sharing = Participant::Sharing::None;
    bool operator==(const ModifyEndpointMedia&) const = default;
};

/// Lets somebody in who waits in the lobby, or not.
struct AdmitUser {
    QString meetingId;
    QString user;
    bool isAllowed = false;
    bool operator==(const AdmitUser&) const = default;
};

/// Lets somebody see what is shared through the server, or no more.
struct AllowView {
    QString meetingId;
    QString user;
    bool isAllowed = false;
    bool operator==(const AllowView&) const = default;
};

/// Whether somebody may control at all; the sharer still decides when.
struct AllowControl {
    QString meetingId;
    QString user;
    bool isAllowed = false;
    bool operator==(const AllowControl&) const = default;
};

/// Whoever shares stops.
struct EndSharing {
    QString meetingId;
    bool operator==(const EndSharing&) const = default;
};

/// The picture shall go through the server from now on.
struct UseServer {
    QString meetingId;
    bool operator==(const UseServer&) const = default;
};

// Responses, focus to client.

struct AddConferenceResponse {
    QString meetingId;
    QString subject;
    std::optional<MeetingLink> link; ///< nothing: the client makes it from the address it connected to
    QString organizerKey = {}; ///< whoever joins with it is the organizer
    bool operator==(const AddConferenceResponse&) const = default;
};

/// A relay for the client's media (TURN), or a STUN server.
struct IceServerInfo {
    QString uri; ///< "turn:turn.example.org:3478?transport=udp" (RFC 7065)
    QString username = {};
    QString password = {};
    bool operator==(const IceServerInfo&) const = default;
};

struct AddUserResponse {
    QString meetingId;
    QString user;
    Participant::Role role = Participant::Role::Attendee; ///< the granted one
    QList<IceServerInfo> iceServers = {};
    bool operator==(const AddUserResponse&) const = default;
};

struct DeleteUserResponse {
    bool operator==(const DeleteUserResponse&) const = default;
};

struct DeleteConferenceResponse {
    bool operator==(const DeleteConferenceResponse&) const = default;
};

struct ModifyConferenceResponse {
    bool operator==(const ModifyConferenceResponse&) const = default;
};

struct ModifyUserRolesResponse {
    bool operator==(const ModifyUserRolesResponse&) const = default;
};

struct GetConferenceResponse {
    bool operator==(const GetConferenceResponse&) const = default;
};

struct ModifyEndpointMediaResponse {
    bool operator==(const ModifyEndpointMediaResponse&) const = default;
};

struct AdmitUserResponse {
    bool operator==(const AdmitUserResponse&) const = default;
};

struct AllowViewResponse {
    bool operator==(const AllowViewResponse&) const = default;
};

struct AllowControlResponse {
    bool operator==(const AllowControlResponse&) const = default;
};

struct EndSharingResponse {
    bool operator==(const EndSharingResponse&) const = default;
};

struct UseServerResponse {
    bool operator==(const UseServerResponse&) const = default;
};

/// To AddUser, before its real response: one waits in the lobby.
struct AddUserPending {
    QString meetingId;
    bool operator==(const AddUserPending&) const = default;
};

} // namespace sightline
