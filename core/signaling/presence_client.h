#pragma once

#include "core/base/counter_log.h"
#include "core/signaling/documents.h"
#include "core/signaling/focus_connection.h"
#include "core/signaling/pending_requests.h"
#include "core/signaling/presence_tracker.h"

#include <QObject>
#include <QTimer>

namespace sightline {

/// Signed in to a focus to be seen, to see others, and to invite each other (PROTOCOL.md, "Presence" and
/// "Invitations"). Meetings are SignalingClient's, on connections of their own: a meeting may be on another
/// server, and the end of one must not sign us out here. GUI thread.
class PresenceClient : public QObject {
    Q_OBJECT
public:
    struct Options {
        QUrl url; ///< wss://host:port/...
        QByteArray pinnedFingerprint; ///< as in SignalingClient
        QString displayName;
        std::chrono::milliseconds connectTimeout = limits::kConnectTimeout;
        std::chrono::milliseconds requestTimeout = limits::kRequestTimeout;
    };

    explicit PresenceClient(QObject* parent = nullptr);
    ~PresenceClient() override;

    /// Closes what was open before. The outcome is `signedIn` or `failed`, later.
    void connectToServer(const Options& options);
    void disconnectFromServer();
    /// Also before `signedIn`.
    void setAvailability(Person::Availability availability);

    /// Invites somebody; the outcome is `accepted` or `declined`. `id` is a new one.
    void invite(const QString& to, const QString& id, const QString& meetingId);
    void cancel(const QString& to, const QString& id);
    /// `participant`: as whom we have joined.
    void accept(const QString& from, const QString& id, const QString& participant);
    void decline(const QString& from, const QString& id, ErrorCode code, const QString& text);

    bool isSignedIn() const { return !m_entity.isEmpty(); }
    QString entity() const { return m_entity; } ///< our own, while signed in
    const People& people() const { return m_tracker.people(); }

Q_SIGNALS:
    void signedIn();
    void peopleChanged();
    /// The server shows nobody to anybody, or is too old to know how: NotAllowed, UnknownDocument. The
    /// connection goes on.
    void presenceRefused(const Error& error);
    /// As for SignalingClient::connectionFailed.
    void failed(const Error& error);

    void invited(const QString& from, const QString& id, const sightline::Invite& invite);
    void cancelled(const QString& from, const QString& id, const Error& reason);
    void accepted(const QString& by, const QString& id, const QString& participant);
    void declined(const QString& by, const QString& id, const Error& reason);

private:
    void request(Request::Body body);
    void send(const QString& to, const QString& id, InvitationDocument::Body body);
    void onOpened();
    void onDocument(const QByteArray& text);
    template <typename Other> void handle(const Other&) { m_unreadable.add(Clock::now()); }
    void handle(const Response& response);
    void handle(const PresenceInfo& info);
    void handle(const InvitationDocument& invitation);
    void onSignedIn(const SignInResponse& response);
    void onFailed(const Request::Body& request, const Error& cause);
    void lose(const Error& error);
    void reset();

    FocusConnection m_connection;
    PendingRequests m_pending;
    PresenceTracker m_tracker;
    Options m_options;
    QString m_entity;
    QString m_resumeToken; ///< so that nobody sees us twice after a break that the focus has not noticed
    Person::Availability m_availability = Person::Availability::Available;
    QTimer m_repeat;
    CounterLog m_unreadable;
};

} // namespace sightline
