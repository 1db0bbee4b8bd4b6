#pragma once

#include "core/base/result.h"
#include "core/signaling/chat_message.h"
#include "core/signaling/conference_documents.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/person.h"
#include "core/signaling/roster.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

/// The documents of PROTOCOL.md as values, in its order. Strings that the wire bounds are bounded here too:
/// what parseDocument returned keeps every rule of "Names and values".
namespace sightline {

inline constexpr quint32 kProtocolVersion = 1;
inline constexpr char kSignalingPath[] = "/signaling";
inline constexpr char kSubprotocol[] = "c3p.sightline";

// Requests, client to focus.

struct SignIn {
    quint32 protocol = kProtocolVersion; ///< when it is not ours, the rest may be empty
    QString product; ///< "Sightline/0.1.0", for people and logs
    QString displayName;
    QList<QByteArray> capabilities;
    QString resume = {}; ///< the token of the sign-in before; empty: a new entity is wanted
    quint32 received = 0; ///< with it: how many call documents of the focus have arrived
    bool operator==(const SignIn&) const = default;
};

/// Lets others see us and shows us the others, or changes what they see.
struct SetPresence {
    Person::Availability availability = Person::Availability::Available;
    bool operator==(const SetPresence&) const = default;
};

struct GetPresence {
    bool operator==(const GetPresence&) const = default;
};

struct SendMessage {
    QString meetingId;
    QString text; ///< normalizedMessage
    bool operator==(const SendMessage&) const = default;
};

struct Request {
    using Body = std::variant<SignIn, AddConference, AddUser, DeleteUser, DeleteConference, ModifyConference,
        ModifyUserRoles, GetConference, ModifyEndpointMedia, AdmitUser, AllowView, AllowControl, EndSharing,
        UseServer, SetPresence, GetPresence, SendMessage>;
    quint32 id = 0; ///< 1 or more
    Body body;
    bool operator==(const Request&) const = default;
};

// Responses, focus to client.

struct SignInResponse {
    QString entity; ///< the client's name from now on
    quint32 protocol = kProtocolVersion;
    QString product;
    QString resume = {}; ///< a secret: with it another connection takes this entity over, once
    bool isResumed = false; ///< the entity is the one that the request's token stands for
    quint32 received = 0; ///< then: how many call documents of the client have arrived
    bool operator==(const SignInResponse&) const = default;
};

struct SetPresenceResponse {
    bool operator==(const SetPresenceResponse&) const = default;
};

struct GetPresenceResponse {
    bool operator==(const GetPresenceResponse&) const = default;
};

struct SendMessageResponse {
    bool operator==(const SendMessageResponse&) const = default;
};

struct Failure {
    enum class Update { None, Client, Server }; ///< which of the two is too old

    ErrorCode code = ErrorCode::Internal;
    QString text; ///< one clause in English, for logs
    Update update = Update::None; ///< set with VersionMismatch, as are the next two
    quint32 protocol = 0; ///< the focus's
    QString product;
    bool operator==(const Failure&) const = default;

    /// The answer to a SignIn with another protocol version than ours.
    static Failure versionMismatch(quint32 clientProtocol, const QString& serverProduct);
    /// What it means to the client that gets it.
    Error toError() const;
};

struct Response {
    /// In the order of the requests that they answer, so that their indices are the same.
    using Body = std::variant<SignInResponse, AddConferenceResponse, AddUserResponse, DeleteUserResponse,
        DeleteConferenceResponse, ModifyConferenceResponse, ModifyUserRolesResponse, GetConferenceResponse,
        ModifyEndpointMediaResponse, AdmitUserResponse, AllowViewResponse, AllowControlResponse,
        EndSharingResponse, UseServerResponse, SetPresenceResponse, GetPresenceResponse, SendMessageResponse,
        AddUserPending, Failure>;
    quint32 id = 0; ///< the request's; 0: what came had no number that could be read
    Body body;
    bool operator==(const Response&) const = default;
};

// Call documents, client to focus to client.

struct CallOffer {
    QByteArray sdp; ///< forwarded as it is; the receiver parses it
    bool operator==(const CallOffer&) const = default;
};

struct CallAnswer {
    QByteArray sdp;
    bool operator==(const CallAnswer&) const = default;
};

struct CallCandidates {
    QList<QByteArray> candidates; ///< candidate-attribute values (RFC 8839 5.1)
    bool endOfCandidates = false;
    bool operator==(const CallCandidates&) const = default;
};

struct CallBye {
    ErrorCode code = ErrorCode::Gone;
    QString text;
    bool operator==(const CallBye&) const = default;
};

struct CallDocument {
    using Body = std::variant<CallOffer, CallAnswer, CallCandidates, CallBye>;
    QString from; ///< set by the focus; what a client sends is ignored
    QString to;
    QString callId;
    Body body;
    bool operator==(const CallDocument&) const = default;
};

/// The roster, focus to client (RFC 4575).
struct ConferenceInfo {
    enum class State { Full, Partial, Deleted };

    State state = State::Full;
    QString meetingId;
    quint32 version = 0;
    std::optional<QString> subject; ///< always there in Full
    QList<Participant>
        users; ///< Full: all of them in the order of joining; Partial: new and changed ones, whole
    QStringList removed; ///< entities; Partial only
    std::optional<MeetingState> meeting = {}; ///< whole; always there in Full
    ErrorCode reason = ErrorCode::Gone; ///< Deleted only: why it is over for the one who gets it
    bool operator==(const ConferenceInfo&) const = default;

    static ConferenceInfo full(const Roster& roster);
};

/// Who is signed in, focus to client.
struct PresenceInfo {
    enum class State { Full, Partial };

    State state = State::Full;
    quint32 version = 0;
    QList<Person> people; ///< Full: all, in the order of coming; Partial: new and changed ones
    QStringList removed; ///< entities; Partial only
    bool operator==(const PresenceInfo&) const = default;
};

// Invitations, client to focus to client.

struct Invite {
    QString meetingId;
    QString senderName; ///< set by the focus, as is the next one
    QString subject;
    std::optional<MeetingLink> link; ///< by which others reach the meeting
    bool operator==(const Invite&) const = default;
};

struct InviteAccept {
    QString participant; ///< the entity as which the invited one has joined the meeting
    bool operator==(const InviteAccept&) const = default;
};

/// By the invited one, or by the focus in its name.
struct InviteDecline {
    ErrorCode code = ErrorCode::Declined;
    QString text;
    bool operator==(const InviteDecline&) const = default;
};

/// By the inviting one, or by the focus in its name.
struct InviteCancel {
    ErrorCode code = ErrorCode::Cancelled;
    QString text;
    bool operator==(const InviteCancel&) const = default;
};

struct InvitationDocument {
    using Body = std::variant<Invite, InviteAccept, InviteDecline, InviteCancel>;
    QString from; ///< set by the focus; what a client sends is ignored
    QString to;
    QString id; ///< as a call id; made by the inviting one, names the invitation between the two
    Body body;
    bool operator==(const InvitationDocument&) const = default;
};

using Document = std::variant<Request, Response, CallDocument, ConferenceInfo, PresenceInfo,
    InvitationDocument, ChatMessage>;

/// ParseFailed: not a document, or something is missing or wrong in it (the message names what).
/// UnknownDocument: well-formed, but with a root or command that this version does not know. TooLarge: over a
/// limit.
Result<Document> parseDocument(const QByteArray& text);

/// The requestId of a request, response or notification, also of one that parseDocument refuses; 0 when there is none.
quint32 requestIdOf(const QByteArray& text);

/// One document, UTF-8. Characters that XML cannot carry are left out.
QByteArray serialize(const Document& document);

} // namespace sightline
