#pragma once

#include "core/base/result.h"
#include "core/signaling/documents.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

/// What the focus and a sharing server say to each other, as values: C3P as SHARING.md tells it. Meetings and
/// participants go by the names of PROTOCOL.md. Every request is idempotent: a second one like it changes
/// nothing.
namespace sightline {

/// A participant as the sharing server must know it.
struct SharingUser {
    QString entity;
    quint32 number = 0; ///< from 1, unique in the meeting for ever; its id on the control channel
    QString displayName;
    Participant::Role role = Participant::Role::Attendee;
    QList<QByteArray> capabilities = {};
    bool mayView = false; ///< the sharer, or a presenter, has let it see
    bool mayControl = true; ///< a presenter has not muted its control
    bool mayShare = false; ///< its offer may be taken
    bool operator==(const SharingUser&) const = default;
};

// Requests, focus to sharing server.

struct SharingAddConference {
    QString meetingId;
    QString sharingEntity; ///< under which participants know the conference's server
    bool operator==(const SharingAddConference&) const = default;
};

struct SharingDeleteConference {
    QString meetingId;
    bool operator==(const SharingDeleteConference&) const = default;
};

/// A new participant, or the changed rights of one.
struct SharingPutUser {
    QString meetingId;
    SharingUser user;
    bool operator==(const SharingPutUser&) const = default;
};

struct SharingDeleteUser {
    QString meetingId;
    QString entity;
    bool operator==(const SharingDeleteUser&) const = default;
};

struct SharingGetConference {
    QString meetingId;
    bool operator==(const SharingGetConference&) const = default;
};

/// Whose offer is taken from now on; empty: nobody's. A former sharer's leg ends with Replaced.
struct SharingSetSharer {
    QString meetingId;
    QString entity;
    bool operator==(const SharingSetSharer&) const = default;
};

/// A participant's call document to the sharing entity; in a notification one of the sharing entity to a
/// participant.
struct SharingCall {
    QString meetingId;
    CallDocument call;
    bool operator==(const SharingCall&) const = default;
};

/// The answer to a SharingRdpJoin with this id. SharingPutUser came before it when it says yes.
struct SharingAnswerRdpJoin {
    QString joinId;
    std::optional<SharingUser> user; ///< who the RDP client is from now on; nothing: refused
    ErrorCode code = ErrorCode::Declined; ///< why it is refused
    QString text = {};
    bool operator==(const SharingAnswerRdpJoin&) const = default;
};

/// The heartbeat.
struct SharingGetLoad {
    bool operator==(const SharingGetLoad&) const = default;
};

struct SharingRequest {
    using Body = std::variant<SharingAddConference, SharingDeleteConference, SharingPutUser,
        SharingDeleteUser, SharingGetConference, SharingSetSharer, SharingCall, SharingAnswerRdpJoin,
        SharingGetLoad>;
    quint32 id = 0; ///< 1 or more; a repetition has the same one
    QString sender = {}; ///< names the focus's process since it started
    Body body = {};
    bool operator==(const SharingRequest&) const = default;
};

// Responses, in both directions.

struct SharingDone {
    bool operator==(const SharingDone&) const = default;
};

/// To SharingGetConference.
struct SharingConference {
    QString meetingId;
    QString sharingEntity;
    QString sharer = {}; ///< whose picture it is; empty: nobody's
    QString controller = {}; ///< empty: nobody
    QList<SharingUser> users = {};
    bool operator==(const SharingConference&) const = default;
};

/// To SharingGetLoad.
struct SharingLoad {
    quint32 conferences = 0;
    quint32 legs = 0;
    quint32 cpu = 0; ///< of the machine, thousandths
    bool isDraining = false; ///< takes no new conference, and those that it has are to move
    bool operator==(const SharingLoad&) const = default;
};

struct SharingResponse {
    using Body = std::variant<SharingDone, SharingConference, SharingLoad, Failure>;
    quint32 id = 0; ///< the request's or notification's
    QString sender = {}; ///< names the answering process since it started
    Body body = {};
    bool operator==(const SharingResponse&) const = default;
};

// Notifications, sharing server to focus.

/// What really flows to (Viewer) or from (Sharer) this participant.
struct SharingMedia {
    QString meetingId;
    QString entity;
    Participant::Sharing media = Participant::Sharing::None;
    bool operator==(const SharingMedia&) const = default;
};

struct SharingController {
    QString meetingId;
    QString entity; ///< who controls; empty: nobody
    bool operator==(const SharingController&) const = default;
};

/// A plain RDP client wants to come in. SharingAnswerRdpJoin follows, perhaps after a wait in the lobby.
struct SharingRdpJoin {
    QString joinId; ///< as a call id; made by the sharing server
    QString meetingId;
    QString passcode; ///< may be empty
    QString displayName;
    QString address = {}; ///< of the client, for limits and the audit log
    bool operator==(const SharingRdpJoin&) const = default;
};

/// An RDP client has gone, also one that still waits for its answer (then by its joinId).
struct SharingRdpGone {
    QString meetingId;
    QString entity;
    QString joinId = {};
    bool operator==(const SharingRdpGone&) const = default;
};

struct SharingNotification {
    using Body = std::variant<SharingMedia, SharingController, SharingCall, SharingRdpJoin, SharingRdpGone>;
    quint32 id = 0; ///< set by whoever carries it; a repetition has the same one
    QString sender = {};
    Body body = {};
    bool operator==(const SharingNotification&) const = default;
};

using SharingDocument = std::variant<SharingRequest, SharingResponse, SharingNotification>;

/// As parseDocument: ParseFailed, UnknownDocument or TooLarge.
Result<SharingDocument> parseSharingDocument(const QByteArray& text);
QByteArray serializeSharing(const SharingDocument& document);

} // namespace sightline
