#pragma once

#include "core/base/clock.h"
#include "core/conference/focus_store.h"
#include "core/conference/invitation_book.h"
#include "core/conference/meeting.h"
#include "core/conference/open_calls.h"
#include "core/conference/presence_list.h"
#include "core/conference/server_limits.h"
#include "core/conference/token_bucket.h"
#include "core/signaling/documents.h"
#include "core/signaling/sharing_documents.h"

#include <QDateTime>
#include <QSet>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace sightline {

/// The focus of PROTOCOL.md without its sockets: meetings in memory, who is in them, and what is passed on
/// between them. It knows connections by numbers that the caller gives, trusts nothing that comes from them,
/// and answers through a Sink. One thread, any one.
class Focus {
public:
    using ConnectionId = quint64;
    using SharingId = quint32; ///< names a sharing server
    enum class CloseReason { Done, TooManyDocuments };

    /// What the focus needs from outside. It must not call the focus back from within these.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void send(ConnectionId to, const QByteArray& document) = 0;
        virtual void signedIn(ConnectionId connection) = 0;
        /// What was sent before still goes out. The focus ignores what comes from it until closed().
        virtual void close(ConnectionId connection, CloseReason reason) = 0;
        /// The least loaded sharing server; nothing: there is none.
        virtual std::optional<SharingId> pickSharing() { return {}; }
        virtual void sendToSharing(SharingId, const SharingRequest::Body&) {}
    };

    struct Settings {
        ServerLimits limits;
        QUrl baseUrl; ///< https://HOST[:PORT] of the links
        QByteArray pin; ///< SHA-256 of a certificate that links must pin; empty: none
        QString product; ///< "Sightline/0.1.0"
        bool hasPresence = true; ///< people who want to are shown to each other
        std::function<QDateTime()> wallClock = QDateTime::currentDateTimeUtc; ///< stamps messages, UTC
        FocusStore* store = nullptr; ///< borrowed; null: nothing outlives the process
        QStringList iceUris = {}; ///< STUN and TURN servers for the participants' media
        QByteArray turnSecret = {}; ///< shared with the TURN servers
    };

    Focus(Sink& sink, Settings settings);
    ~Focus();

    /// `address` is the client's, for the limits that are one address's.
    void opened(ConnectionId connection, TimePoint now, const QString& address = {});
    void received(ConnectionId connection, const QByteArray& text, TimePoint now);
    void receivedBinary(ConnectionId connection, TimePoint now);
    /// The connection is gone, however it ended. A participant who did not leave before stays for a time, so
    /// that it can come back by another connection with its token (PROTOCOL.md, "Coming back").
    void closed(ConnectionId connection, TimePoint now);

    /// Forgets who did not come back, and meetings that nobody came back to.
    void removeExpired(TimePoint now);
    /// Ends the invitations that nobody answered in time.
    void expireInvitations(TimePoint now);
    bool hasInvitations() const { return !m_invitations.isEmpty(); }
    std::size_t meetingCount() const { return m_meetings.size(); }
    std::size_t participantCount() const;

    // Sharing servers (focus_sharing.cpp).
    void sharingNotified(SharingId server, const SharingNotification::Body& notification, TimePoint now);
    /// It is dead, or drains: its meetings move.
    void sharingLost(SharingId server, TimePoint now);
    /// There is one (again): meetings that had none get it.
    void sharingFound(TimePoint now);

    // What outlives the process (focus_store.cpp).
    /// Before any connection: meetings, and participants who may come back.
    void restore(const QList<StoredMeeting>& meetings, TimePoint now);
    /// Hands what has changed to the store.
    void saveChanges();
    bool hasChanges() const { return !m_changed.isEmpty(); }

private:
    struct Client;
    using Answer = Result<Response::Body>;

    void handle(Client& client, const Request& request, TimePoint now);
    void handle(Client& client, const CallDocument& call, TimePoint now);
    void handle(Client& client, const Response&, TimePoint now);
    void handle(Client& client, const ConferenceInfo&, TimePoint now);
    void handle(Client& client, const PresenceInfo&, TimePoint now);
    void handle(Client& client, const InvitationDocument& invitation, TimePoint now);
    void handle(Client& client, const ChatMessage&, TimePoint now);

    // One per command, in the order of PROTOCOL.md.
    Answer answer(Client& client, const SignIn& signIn, TimePoint now);
    Answer answer(Client& client, const AddConference& request, TimePoint now);
    Answer answer(Client& client, const AddUser& request, TimePoint now);
    Answer answer(Client& client, const DeleteUser& request, TimePoint now);
    Answer answer(Client& client, const DeleteConference& request, TimePoint now);
    Answer answer(Client& client, const ModifyConference& request, TimePoint now);
    Answer answer(Client& client, const ModifyUserRoles& request, TimePoint now);
    Answer answer(Client& client, const GetConference& request, TimePoint now);
    Answer answer(Client& client, const ModifyEndpointMedia& request, TimePoint now);
    Answer answer(Client& client, const AdmitUser& request, TimePoint now);
    Answer answer(Client& client, const AllowView& request, TimePoint now);
    Answer answer(Client& client, const AllowControl& request, TimePoint now);
    Answer answer(Client& client, const EndSharing& request, TimePoint now);
    Answer answer(Client& client, const UseServer& request, TimePoint now);
    Answer answer(Client& client, const SetPresence& request, TimePoint now);
    Answer answer(Client& client, const GetPresence& request, TimePoint now);
    Answer answer(Client& client, const SendMessage& request, TimePoint now);

    void follow(Client& client, const Request& request, const Response::Body& answer);
    void deliver(Client& client, const SendMessage& request);
    void sendMessages(const Client& client);
    void sendToPeople(const PresenceInfo& update, const QString& except);
    void vanish(Client& client);

    // One per kind of invitation document. An error goes back to the sender.
    Result<void> pass(
        Client& client, const InvitationDocument& invitation, const Invite& invite, TimePoint now);
    Result<void> pass(
        Client& client, const InvitationDocument& invitation, const InviteAccept& accept, TimePoint now);
    Result<void> pass(
        Client& client, const InvitationDocument& invitation, const InviteDecline& decline, TimePoint now);
    Result<void> pass(
        Client& client, const InvitationDocument& invitation, const InviteCancel& cancel, TimePoint now);
    void endInvitation(const InvitationBook::Entry& entry, const Error& why);

    // Coming back (focus_absence.cpp).
    bool resume(Client& client, quint32 requestId, const SignIn& signIn);
    void catchUp(Client& client, quint32 callsReceived);
    bool keepAbsent(Client& client, TimePoint now);
    void removeAbsent(TimePoint now);
    void remove(Client& client, TimePoint now);
    void sendCall(Client& client, const CallDocument& call);
    QString newToken(Client& client);
    void forgetFormerToken(Client& client);

    bool mayCall(Client& client, const CallDocument& call);
    void endCalls(const QString& entity, ErrorCode code, const QString& text);

    // Coming in and going out (focus_meetings.cpp).
    struct Guest;
    struct Address;
    Result<void> checkDoor(Meeting& meeting, const QString& address, const AddUser& request, TimePoint now);
    Result<void> checkPasscode(
        const Meeting& meeting, const QString& address, const QString& passcode, TimePoint now);
    Address& addressOf(const QString& address, TimePoint now);
    Result<AddUserResponse> enter(Client& client, Meeting& meeting);
    Result<void> admitGuest(Guest& guest);
    void refuseWaiting(Meeting& meeting, const QString& entity, const Error& why);
    void leaveLobby(Client& client);
    void takeOut(Meeting& meeting, const QString& entity, const char* event, TimePoint now);
    void endMeeting(Meeting& meeting, const char* why);
    void expireMeetings(TimePoint now);

    // What is checked before a presenter's action (focus_presenters.cpp).
    Result<Meeting*> meetingOf(const Client& client, const QString& meetingId) const;
    Result<Meeting*> presenterOf(const Client& client, const QString& meetingId) const;
    void stopSharing(Meeting& meeting, ErrorCode code, const QString& text);

    // The picture (focus_sharing.cpp).
    bool useServer(Meeting& meeting, const QString& except = {});
    void considerServer(Meeting& meeting, const QString& except = {});
    bool needsServer(const Meeting& meeting) const;
    void fillServer(const Meeting& meeting);
    void sendToServer(const Meeting& meeting, const SharingRequest::Body& body);
    void tellUser(const Meeting& meeting, const QString& entity);
    void tellUsers(const Meeting& meeting);
    void tellSharer(const Meeting& meeting);
    SharingUser sharingUser(const Meeting& meeting, const Participant& participant) const;
    Meeting* meetingOn(SharingId server, const QString& meetingId);
    void onSharing(SharingId server, const SharingMedia& media, TimePoint now);
    void onSharing(SharingId server, const SharingController& controller, TimePoint now);
    void onSharing(SharingId server, const SharingCall& call, TimePoint now);
    void onSharing(SharingId server, const SharingRdpJoin& join, TimePoint now);
    void onSharing(SharingId server, const SharingRdpGone& gone, TimePoint now);
    void dropGuestsOf(const Meeting& meeting, TimePoint now);
    Result<Guest*> letKnock(SharingId server, const SharingRdpJoin& join, TimePoint now);

    void restore(const StoredMeeting& stored, TimePoint now);
    StoredMeeting stored(const Meeting& meeting) const;
    void audit(const Meeting& meeting, const char* event, const QString& entity, const QString& detail = {});
    QString nameOf(const Meeting& meeting, const QString& entity) const;

    bool takeDocument(Client& client, TimePoint now);
    void fail(const Client& client, quint32 requestId, const Error& error);
    void send(const Client& client, const Document& document);
    void sendRoster(const Client& client);
    void broadcast(const Meeting& meeting, const ConferenceInfo& update, const QString& except = {});
    void leave(Client& client, TimePoint now, const char* event = "left");
    bool makeRoomForMeeting();
    Client* clientOf(const QString& entity);
    MeetingLink linkOf(const QString& meetingId) const;

    Sink& m_sink;
    Settings m_settings;
    std::unordered_map<ConnectionId, std::unique_ptr<Client>> m_clients;
    std::unordered_map<QString, ConnectionId> m_entities; ///< of those who are signed in
    std::unordered_map<QString, std::unique_ptr<Meeting>> m_meetings; ///< by id
    PresenceList m_presence;
    InvitationBook m_invitations;
    std::unordered_map<QByteArray, QString> m_tokens; ///< entities by the hash of what lets them come back
    std::deque<QString> m_absent; ///< entities, the longest absent first
    std::unordered_map<QString, std::unique_ptr<Guest>> m_guests; ///< RDP clients, by entity
    std::unordered_map<QString, std::unique_ptr<Address>> m_addresses;
    std::unordered_map<QString, TokenBucket> m_guesses; ///< wrong passcodes, by meeting
    QSet<QString> m_changed; ///< meetings that the store does not know as they are
};

} // namespace sightline
