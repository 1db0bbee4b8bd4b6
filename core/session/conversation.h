#pragma once

#include "core/base/result.h"
#include "core/session/meeting_moderation.h"
#include "core/session/remote_screen.h"
#include "core/session/session_clipboard.h"
#include "core/session/session_control.h"
#include "core/session/session_statistics.h"
#include "core/session/share_target.h"
#include "core/session/shared_desktop.h"
#include "core/signaling/conference_documents.h"
#include "core/signaling/meeting_chat.h"
#include "core/signaling/meeting_link.h"
#include "core/signaling/roster.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace sightline {

/// Everything that the ui knows of a meeting: who is in it, what we share and with whom, what we see. GUI
/// thread.
///
/// Start with startMeeting() or joinMeeting(); share or view in it; end with leave(). One object can do so
/// many times, one meeting at a time. Two share directly; with more, or when the two cannot reach each other,
/// the picture goes through the server (isThroughServer()), without an interruption.
class Conversation : public QObject {
    Q_OBJECT
public:
    using CaptureFactory = std::function<Result<std::unique_ptr<ScreenCapture>>()>;

    struct Options {
        QString displayName;
        CaptureFactory openCapture; ///< called on the capturing thread and, for monitors(), on the GUI thread
        InjectorFactory openInjector
            = {}; ///< called on the GUI thread; null: nobody can control this desktop
        ControlPolicy controlPolicy = ControlPolicy::Ask;
        bool admitAll = false; ///< whoever joins sees what we share, without a question
        bool acceptAll = false; ///< whatever is shared is viewed, without a question
        int maxFramesPerSecond = 60;
    };

    enum class State { Idle, Connecting, InLobby, InMeeting };
    enum class SharingState { Off, Waiting, Connecting, Active }; ///< Waiting: for somebody to see it
    enum class ViewingState { Off, Invited, Connecting, Active };

    explicit Conversation(Options options, QObject* parent = nullptr);
    ~Conversation() override;

    void setDisplayName(const QString& name); ///< for the next meeting
    /// Somebody is there to answer passcodeRequired; otherwise `ended` comes with WrongPasscode.
    void setAsksPasscode(bool asks);

    /// Signs in to the server and creates a meeting; linkReady and meetingEntered follow, or ended.
    /// `server`: its meetingId is not looked at. An empty subject is replaced by one with our name.
    void startMeeting(const MeetingLink& server, const AddConference& meeting = {});
    /// `shown`: what link() says then, when others reach the meeting by another address than we do.
    void joinMeeting(
        const MeetingLink& link, const std::optional<MeetingLink>& shown = {}, const QString& passcode = {});
    void enterPasscode(const QString& passcode); ///< answers passcodeRequired
    void leave();

    /// NoDisplay, CaptureFailed.
    Result<std::vector<Monitor>> monitors() const;
    /// Shares now with whoever is admitted, until stopSharing(). CaptureFailed and the like come by
    /// sharingEnded.
    void startSharing(const ShareTarget& target);
    void stopSharing();
    /// Answers admissionRequested.
    void admit(const QString& entity);
    void refuse(const QString& entity);
    /// Admits a participant without a question, also later: it came because we invited it.
    void trust(const QString& entity);

    /// Answers invitationReceived.
    void acceptInvitation();
    void declineInvitation();
    void stopViewing();
    /// What two share directly shall go through the server from now on.
    void useServer();

    State state() const;
    SharingState sharingState() const;
    ViewingState viewingState() const;
    const Roster& roster() const;
    QString ownEntity() const;
    std::optional<MeetingLink> link() const;
    /// Of the session that is on, if any; the same digits on both sides when nobody is in between.
    QString securityCode() const;
    /// The session that is on has nothing coming through at the moment; it goes on by itself, or ends.
    bool isInterrupted() const;
    /// What we share or see goes through the server, which can read it; there is no security code then.
    bool isThroughServer() const;
    QString serverName() const; ///< its host, for people
    /// The picture stands because its way through the server broke; it comes back by itself, or ends.
    bool isReconnecting() const;
    /// The display name of the one we share with or whose desktop we see; empty: nobody, or many.
    QString partnerName() const;
    QStringList viewerNames() const; ///< of those who see what we share
    QString nameOf(const QString& entity) const; ///< in the roster; empty: not there
    /// They live as long as the conversation.
    RemoteScreen& remoteScreen();
    SessionControl& control();
    const SessionControl& control() const;
    SessionClipboard& clipboard();
    MeetingModeration& moderation();
    /// The messages of the meeting; lives as long as the conversation.
    MeetingChat& chat();
    /// Opens the screen that is shared; from any thread.
    CaptureFactory captureFactory() const;
    SharedDesktop& sharedDesktop();
    SessionStatistics statistics() const; ///< refreshed once a second, see statisticsChanged

Q_SIGNALS:
    void stateChanged();
    void meetingEntered();
    void linkReady(const MeetingLink& link);
    /// In state Connecting; `isAgain`: the one that was given is not it. To be answered by enterPasscode(),
    /// or leave().
    void passcodeRequired(bool isAgain);
    void rosterChanged();
    /// The meeting is over for us, or could not be entered. An `error` of code Cancelled: we left.
    void ended(const Error& error);
    /// Something asked for did not work; nothing else changed.
    void requestFailed(const Error& error);
    /// The server went away. A direct session that is on goes on without it. In state InMeeting it is tried
    /// to come back, and serverRegained or ended follows; in state Idle nobody can join any more.
    void serverLost(const Error& error);
    void serverRegained();

    void sharingStateChanged();
    void admissionRequested(const Participant& participant);
    void admissionWithdrawn(const QString& entity);
    /// Nobody sees our desktop any more because of `error` (Cancelled: we stopped). Sharing itself goes on
    /// with state Waiting when the viewer went, and is Off when we stopped or the capture failed.
    void sharingEnded(const Error& error);

    void viewingStateChanged();
    void invitationReceived(const Participant& sharer);
    void invitationWithdrawn();
    /// What we saw ended because of `error` (Gone: the sharer stopped; Cancelled: we did). The last picture
    /// stays.
    void viewingEnded(const Error& error);

    void interruptionChanged(); ///< isInterrupted(), isReconnecting() or isThroughServer()
    /// We and the other one cannot reach each other: the server has been asked to carry the picture.
    void serverAskedFor();
    void statisticsChanged(const SessionStatistics& statistics);

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
