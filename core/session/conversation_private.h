#pragma once

#include "core/session/conversation.h"
#include "core/session/sharing_side.h"
#include "core/session/viewing_side.h"
#include "core/signaling/signaling_client.h"

#include <QTimer>

namespace sightline {

/// The parts of a conversation; for the sources of Conversation alone.
class Conversation::Private {
public:
    Private(Conversation* conversation, Options given);

    void connectSignaling();
    void connectSharing();
    void connectViewing();
    void enter(const MeetingLink& server, const QString& meetingId);
    void setState(State value);
    void onConnectionFailed(const Error& error);
    void onRequestFailed(const Error& error);
    void onInterruptionChanged();
    void updateTimer();
    void refreshStatistics();
    void announceViewing();
    void onServerRefused(const Error& error);
    void onMeetingEnded(const Error& error);

    Conversation* const q;
    Options options;
    State state = State::Idle;
    std::optional<MeetingLink> link;
    MeetingLink server;
    QString meetingToJoin; ///< empty: make one
    AddConference meetingToMake;
    QString passcode;
    bool asksPasscode = false;
    bool wasSharingRefused = false; ///< and told: the request that failed is no other news
    SessionStatistics statistics;
    QTimer statisticsTimer;

    EventLoop loop;
    RemoteScreen screen;
    SignalingClient signaling;
    SharingSide sharing;
    ViewingSide viewing;
    SessionControl control;
    SharedDesktop desktop;
    SessionClipboard clipboard;
    MeetingModeration moderation;
};

} // namespace sightline
