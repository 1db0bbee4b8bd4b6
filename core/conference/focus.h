#pragma once

#include "core/base/clock.h"
#include "core/conference/invitation_book.h"
#include "core/conference/meeting.h"
#include "core/conference/open_calls.h"
#include "core/conference/presence_list.h"
#include "core/conference/server_limits.h"
#include "core/conference/token_bucket.h"
#include "core/signaling/documents.h"

#include <QDateTime>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>

namespace sightline {

/// The focus of PROTOCOL.md without its sockets: meetings in memory, who is in them, and what is passed on
/// between them. It knows connections by numbers that the caller gives, trusts nothing that comes from them,
/// and answers through a Sink. One thread, any one.
class Focus {
public:
    using ConnectionId = quint64;
    enum class CloseReason { Done, TooManyDocuments };

    /// What the focus needs from outside. It must not call the focus back from within these.
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void send(ConnectionId to, const QByteArray& document) = 0;
        virtual void signedIn(ConnectionId connection) = 0;
        /// What was sent before still goes out. The focus ignores what comes from it until closed().
        virtual void close(ConnectionId connection, CloseReason reason) = 0;
    };

    struct Settings {
        ServerLimits limits;
        QUrl baseUrl; ///< https://HOST[:PORT] of the links
        QByteArray pin; ///< SHA-256 of a certificate that links must pin; empty: none
        QString product; ///< "Sightline/0.1.0"
        bool hasPresence = true; ///< people who want to are shown to each other
        std::function<QDateTime()> wallClock = QDateTime::currentDateTimeUtc; ///< stamps messages, UTC
    };

    Focus(Sink& sink, Settings settings);
    ~Focus();

    void opened(ConnectionId connection, TimePoint now);
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
    Answer answer(Client& client, const GetConference& request, TimePoint now);
    Answer answer(Client& client, const ModifyEndpointMedia& request, TimePoint now);
    template <typename Other> Answer answer(Client&, const Other&, TimePoint)
    {
        return Error(ErrorCode::NotAllowed, QStringLiteral("this server does not do that"));
    }
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
    bool takeDocument(Client& client, TimePoint now);
    void fail(const Client& client, quint32 requestId, const Error& error);
    void send(const Client& client, const Document& document);
    void sendRoster(const Client& client);
    void broadcast(const Meeting& meeting, const ConferenceInfo& update, const QString& except);
    void leave(Client& client, TimePoint now);
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
    std::unordered_map<QString, QString> m_tokens; ///< entities by what lets them come back
    std::deque<QString> m_absent; ///< entities, the longest absent first
};

} // namespace sightline
