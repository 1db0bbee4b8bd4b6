#pragma once

#include "core/base/result.h"
#include "core/signaling/limits.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/roster.h"
#include "core/signaling/session_description.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace sightline {

/// The client's one secure WebSocket to the focus and the documents on it (PROTOCOL.md). GUI thread.
///
/// Order of use: connectToServer -> signedIn -> createMeeting or joinMeeting -> joined -> calls. A call is
/// one offer with all that follows it, named by a call id that the offerer makes; its candidates and end
/// carry the same id. Candidates are those of MediaTransport, "candidate:..."; those of others are handed on
/// within an open call only. What goes to others while there is no meeting is dropped. A participant that
/// leaves the roster ends no call by it: its media may live on.
///
/// A connection that breaks while we are in a meeting is opened again by itself, and the meeting goes on as
/// if nothing had been: connectionInterrupted, then reconnected or connectionFailed. What is said to others
/// meanwhile is kept for them.
///
/// No signal is emitted from within one of the functions; do not destroy the object from within a signal.
class SignalingClient : public QObject {
    Q_OBJECT
public:
    struct Options {
        QUrl url; ///< wss://host:port/...
        QByteArray pinnedFingerprint; ///< SHA-256 of its certificate, 32 octets; empty: the system's trust
        QString displayName;
        QList<QByteArray> capabilities;
        // Tests shorten these.
        std::chrono::milliseconds connectTimeout = limits::kConnectTimeout;
        std::chrono::milliseconds requestTimeout = limits::kRequestTimeout;
        std::chrono::milliseconds pingInterval = limits::kPingInterval;
        std::chrono::milliseconds silenceTimeout = limits::kSilenceTimeout;
        std::chrono::milliseconds reconnectFor = limits::kReconnectFor;
    };

    explicit SignalingClient(QObject* parent = nullptr);
    ~SignalingClient() override;

    /// An unusable name or address comes as connectionFailed with InvalidArgument.
    void connectToServer(const Options& options);
    void disconnectFromServer(); ///< leaves the meeting first
    /// Something else lost its network: finds out soon whether we did as well.
    void checkConnection();

    void createMeeting(const QString& subject);
    void joinMeeting(const QString& meetingId);
    void leaveMeeting();
    /// Says in the roster what we do with application sharing.
    void setSharing(Participant::Sharing sharing);

    void sendOffer(const QString& to, const QString& callId, const SessionDescription& offer);
    void sendAnswer(const QString& to, const QString& callId, const SessionDescription& answer);
    void sendCandidate(const QString& to, const QString& callId, const QByteArray& candidate);
    void sendEndOfCandidates(const QString& to, const QString& callId);
    /// Declines or ends a call; `text` is for logs, the code picks the sentence on the other side.
    void sendBye(const QString& to, const QString& callId, ErrorCode code, const QString& text);

    QString entity() const; ///< our own, after signedIn
    const Roster& roster() const;

Q_SIGNALS:
    void signedIn(const QString& entity);
    void meetingCreated(const MeetingLink& link); ///< `joined` follows: the creator is in
    void joined(const Roster& roster);
    void rosterChanged(const Roster& roster);
    void meetingEnded(const Error& error); ///< it was ended, or we were taken out

    /// With iceRestart > 0 it is another one of an open call, and so is its answer.
    void offerReceived(const QString& from, const QString& callId, const SessionDescription& offer);
    void answerReceived(const QString& from, const QString& callId, const SessionDescription& answer);
    void candidateReceived(const QString& from, const QString& callId, const QByteArray& candidate);
    void endOfCandidatesReceived(const QString& from, const QString& callId);
    /// Also of a call that never was: somebody will not call us.
    void byeReceived(const QString& from, const QString& callId, ErrorCode code, const QString& text);

    /// A request was refused (no such meeting, wrong version...): the connection goes on.
    void requestFailed(const Error& error);
    void connectionInterrupted(const Error& error);
    /// We are in the meeting again; under another entity() when the server had forgotten us.
    void reconnected();
    /// NotFound: the server is back, but the meeting is over there.
    /// There is no connection, or no more: ConnectFailed, TlsFailed, CertificateMismatch, VersionMismatch,
    /// ConnectionLost. Nothing else comes until connectToServer is called again.
    void connectionFailed(const Error& error);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
