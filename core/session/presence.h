#pragma once

#include "core/session/conversation.h"
#include "core/signaling/presence_client.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace sightline {

/// Signed in to our server as long as the app runs, so that others see us: who else is there, and invitations
/// into meetings, both ways. GUI thread.
///
/// Works on `conversation`, which outlives it: inviting starts a meeting in it when there is none, accepting
/// joins one, and whom we invited may see our desktop without another question. A lost connection is made
/// anew by itself.
class Presence : public QObject {
    Q_OBJECT
public:
    enum class State {
        Off,
        Connecting, ///< for the first time, or again after `lastError`
        Shown, ///< we see others, and they see us
        Hidden, ///< signed in where people are not shown to each other, see `lastError`
        Failed, ///< does not try again: `lastError` would be the same
    };

    struct Invitation {
        QString from; ///< entity
        QString id;
        QString inviterName;
        MeetingLink link; ///< as we reach the meeting
        std::optional<MeetingLink> shownLink; ///< as others do
    };

    explicit Presence(Conversation& conversation, QObject* parent = nullptr);
    ~Presence() override;

    /// Signs out where we were before. `server`'s meetingId is not looked at.
    void signIn(const MeetingLink& server, const QString& displayName);
    void signOut();
    void setDisplayName(const QString& name); ///< signs in anew when it is another one

    State state() const { return m_state; }
    const std::optional<Error>& lastError() const { return m_lastError; }
    QList<Person> others() const; ///< without ourselves

    /// Into the meeting that we are in, or into a new one on our server. invitationEnded follows, and before
    /// it invitationSent when it has to wait for an answer.
    void invite(const Person& person);
    void cancelInvitation(const QString& entity);
    bool isInviting(const QString& entity) const;

    /// Answers invitationReceived. Accepting leaves the meeting we are in.
    void accept(const QString& from);
    void decline(const QString& from);

Q_SIGNALS:
    void stateChanged();
    void othersChanged();
    void invitationSent(const QString& entity, const QString& name);
    /// The person has come (no error), or not: Declined, Timeout, Gone, Cancelled (by us)...
    void invitationEnded(const QString& entity, const QString& name, const std::optional<Error>& error);
    void invitationReceived(const sightline::Presence::Invitation& invitation);
    /// It is void, because of `error` when nobody here answered it.
    void invitationWithdrawn(const QString& from, const QString& inviterName, const Error& error);

private:
    struct Outgoing {
        QString to;
        QString name;
        QString id;
        bool isSent = false;
    };

    void connectClient();
    void connectConversation();
    void open();
    void setState(State state);
    void onFailed(const Error& error);
    void onInvited(const QString& from, const QString& id, const Invite& invite);
    void onMeetingEntered();
    void onMeetingEnded(const Error& error);
    void sendInvitations();
    void endOutgoing(const QString& id, const std::optional<Error>& error);
    void endAll(const Error& error);
    std::optional<Invitation> takeReceived(const QString& from);

    Conversation& m_conversation;
    PresenceClient m_client;
    MeetingLink m_server;
    QString m_displayName;
    State m_state = State::Off;
    std::optional<Error> m_lastError;
    QTimer m_retry;
    int m_failures = 0; ///< since the last success
    std::vector<Outgoing> m_outgoing;
    std::vector<Invitation> m_received;
    std::optional<Invitation> m_accepted; ///< while its meeting is being joined
};

} // namespace sightline
