#pragma once

#include "core/base/result.h"
#include "core/signaling/conference_documents.h"
#include "core/signaling/limits.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/roster.h"
#include "core/signaling/session_description.h"

#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace sightline {

class MeetingChat;

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
    void createConference(const AddConference& meeting); ///< a meeting with settings; likewise
    /// `key` is the organizer's, from organizerKey(); both are remembered for coming back.
    void joinMeeting(const QString& meetingId, const QString& passcode = {}, const QString& key = {});
    void leaveMeeting(); ///< also from the lobby
    /// Says in the roster what we do with application sharing. A presenter takes over from who shares.
    void setSharing(Participant::Sharing sharing);

    // What presenters may do; dropped while there is no meeting. A refusal comes as requestFailed.
    void admit(const QString& guest, bool isAllowed); ///< who waits in the lobby
    void remove(const QString& participant);
    void setRole(const QString& participant, Participant::Role role);
    void allowControl(const QString& participant, bool isAllowed);
    void modifyMeeting(ModifyConference change); ///< `meetingId` is filled in
    void lock(bool isLocked);
    void endSharing(); ///< of whoever shares
    void endMeeting(); ///< the organizer, for everybody

    /// The sharer, or a presenter: whether somebody sees what goes through the server.
    void allowView(const QString& participant, bool isAllowed);
    /// Anybody: direct media does not work, the server shall carry them.
    void useServer();

    void sendOffer(const QString& to, const QString& callId, const SessionDescription& offer);
    void sendAnswer(const QString& to, const QString& callId, const SessionDescription& answer);
    void sendCandidate(const QString& to, const QString& callId, const QByteArray& candidate);
    void sendEndOfCandidates(const QString& to, const QString& callId);
    /// Declines or ends a call; `text` is for logs, the code picks the sentence on the other side.
    void sendBye(const QString& to, const QString& callId, ErrorCode code, const QString& text);

    /// The messages of the meeting; lives as long as the client.
    MeetingChat& chat();

    QString entity() const; ///< our own, after signedIn
    const Roster& roster() const;
    QString organizerKey() const; ///< of the meeting that we created last
    const QList<IceServerInfo>& iceServers() const; ///< for our media, from when we joined

Q_SIGNALS:
    void signedIn(const QString& entity);
    void meetingCreated(const MeetingLink& link); ///< `joined` follows: the creator is in
    void joined(const Roster& roster);
    void rosterChanged(const Roster& roster);
    void waitingInLobby(); ///< then `joined`, or requestFailed with Declined or Timeout
    void meetingEnded(const Error& error); ///< Gone: it was ended; Removed: we were taken out
    /// We do not share any more: Replaced, or EndedByPresenter. The roster said so before.
    void sharingEnded(const Error& error);

    /// With iceRestart > 0 it is another one of an open call, and so is its answer.
    void offerReceived(const QString& from, const QString& callId, const SessionDescription& offer);
    void answerReceived(const QString& from, const QString& callId, const SessionDescription& answer);
    void candidateReceived(const QString& from, const QString& callId, const QByteArray& candidate);
    void endOfCandidatesReceived(const QString& from, const QString& callId);
    /// Also of a call that never was: somebody will not call us.
    void byeReceived(const QString& from, const QString& callId, ErrorCode code, const QString& text);

    /// We may not share now, because somebody else does; requestFailed follows.
    void sharingRefused(const Error& error);
    /// Instead of requestFailed: the server does not carry the picture.
    void serverRefused(const Error& error);
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
