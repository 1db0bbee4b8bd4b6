#include "core/session/conversation_private.h"

// What a conversation hears from the server, and from the two sides of a session.

namespace sightline {

void Conversation::Private::connectSignaling()
{
    QObject::connect(&signaling, &SignalingClient::signedIn, q, [this] {
        if (!meetingToJoin.isEmpty())
            return signaling.joinMeeting(meetingToJoin, passcode);
        AddConference meeting = meetingToMake;
        if (meeting.subject.isEmpty())
            meeting.subject = QObject::tr("Desktop sharing of %1").arg(options.displayName);
        signaling.createConference(meeting);
    });
    QObject::connect(&signaling, &SignalingClient::waitingInLobby, q, [this] { setState(State::InLobby); });
    QObject::connect(
        &signaling, &SignalingClient::meetingEnded, q, [this](const Error& error) { onMeetingEnded(error); });
    QObject::connect(&signaling, &SignalingClient::sharingEnded, &sharing, &SharingSide::onTakenAway);
    QObject::connect(&signaling, &SignalingClient::sharingRefused, q, [this](const Error& error) {
        wasSharingRefused = true;
        sharing.onTakenAway(error);
        signaling.setSharing(Participant::Sharing::None); // or it is asked for again with the next connection
    });
    QObject::connect(&signaling, &SignalingClient::serverRefused, q,
        [this](const Error& error) { onServerRefused(error); });
    QObject::connect(&signaling, &SignalingClient::meetingCreated, q, [this](const MeetingLink& made) {
        link = made;
        Q_EMIT q->linkReady(made);
    });
    QObject::connect(&signaling, &SignalingClient::joined, q, [this] {
        setState(State::InMeeting);
        Q_EMIT q->meetingEntered();
        Q_EMIT q->rosterChanged();
    });
    QObject::connect(&signaling, &SignalingClient::rosterChanged, q, [this](const Roster& roster) {
        sharing.onRosterChanged(roster);
        viewing.onRosterChanged(roster);
        Q_EMIT q->rosterChanged();
    });
    QObject::connect(&signaling, &SignalingClient::offerReceived, q,
        [this](const QString& from, const QString& callId, const SessionDescription& offer) {
            if (offer.iceRestart > 0)
                viewing.onRestart(from, callId, offer);
            else
                viewing.onOffer({.from = from, .callId = callId, .description = offer}, options.acceptAll);
        });
    QObject::connect(&signaling, &SignalingClient::answerReceived, &sharing, &SharingSide::onAnswer);
    QObject::connect(&signaling, &SignalingClient::candidateReceived, &sharing, &SharingSide::onCandidate);
    QObject::connect(&signaling, &SignalingClient::candidateReceived, &viewing, &ViewingSide::onCandidate);
    QObject::connect(
        &signaling, &SignalingClient::endOfCandidatesReceived, &sharing, &SharingSide::onEndOfCandidates);
    QObject::connect(
        &signaling, &SignalingClient::endOfCandidatesReceived, &viewing, &ViewingSide::onEndOfCandidates);
    QObject::connect(&signaling, &SignalingClient::byeReceived, q,
        [this](const QString& from, const QString& callId, ErrorCode code, const QString& text) {
            const Error reason(code, text);
            if (sharing.isOurs(from, callId))
                sharing.onBye(from, callId, reason);
            else if (sharing.state() == SharingSide::State::Off || viewing.state() != ViewingSide::State::Off)
                viewing.onBye(from, callId, reason);
        });
    QObject::connect(&signaling, &SignalingClient::requestFailed, q,
        [this](const Error& error) { onRequestFailed(error); });
    QObject::connect(&signaling, &SignalingClient::connectionInterrupted, q, &Conversation::serverLost);
    QObject::connect(&signaling, &SignalingClient::reconnected, q, &Conversation::serverRegained);
    QObject::connect(&signaling, &SignalingClient::connectionFailed, q,
        [this](const Error& error) { onConnectionFailed(error); });
}

void Conversation::Private::connectSharing()
{
    QObject::connect(&sharing, &SharingSide::stateChanged, q, [this] {
        updateTimer();
        // Who stops sharing may see another desktop meanwhile, and says so after saying that it shares none.
        if (sharing.state() == SharingSide::State::Off && viewing.state() == ViewingSide::State::Active)
            QMetaObject::invokeMethod(
                q, [this] { announceViewing(); }, Qt::QueuedConnection);
        Q_EMIT q->sharingStateChanged();
    });
    QObject::connect(&sharing, &SharingSide::interruptionChanged, q, [this] { onInterruptionChanged(); });
    QObject::connect(&sharing, &SharingSide::admissionRequested, q, &Conversation::admissionRequested);
    QObject::connect(&sharing, &SharingSide::admissionWithdrawn, q, &Conversation::admissionWithdrawn);
    QObject::connect(&sharing, &SharingSide::ended, q, &Conversation::sharingEnded);
    QObject::connect(&sharing, &SharingSide::serverAskedFor, q, &Conversation::serverAskedFor);
}

void Conversation::Private::announceViewing()
{
    const bool isViewing = viewing.state() == ViewingSide::State::Active;
    if (sharing.state() == SharingSide::State::Off && state == State::InMeeting)
        signaling.setSharing(isViewing ? Participant::Sharing::Viewer : Participant::Sharing::None);
}

void Conversation::Private::connectViewing()
{
    QObject::connect(&viewing, &ViewingSide::stateChanged, q, [this] {
        updateTimer();
        announceViewing();
        Q_EMIT q->viewingStateChanged();
    });
    QObject::connect(&viewing, &ViewingSide::interruptionChanged, q, [this] { onInterruptionChanged(); });
    QObject::connect(&viewing, &ViewingSide::invitationReceived, q, [this](const QString& from) {
        if (const Participant* sharer = signaling.roster().find(from))
            Q_EMIT q->invitationReceived(*sharer);
        else
            viewing.decline();
    });
    QObject::connect(&viewing, &ViewingSide::invitationWithdrawn, q, &Conversation::invitationWithdrawn);
    QObject::connect(&viewing, &ViewingSide::ended, q, &Conversation::viewingEnded);
    QObject::connect(&viewing, &ViewingSide::serverAskedFor, q, &Conversation::serverAskedFor);
}

} // namespace sightline
