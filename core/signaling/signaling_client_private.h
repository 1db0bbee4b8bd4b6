#pragma once

#include "core/base/counter_log.h"
#include "core/base/log.h"
#include "core/signaling/call_exchange.h"
#include "core/signaling/documents.h"
#include "core/signaling/meeting_chat.h"
#include "core/signaling/pending_requests.h"
#include "core/signaling/reconnecting_connection.h"
#include "core/signaling/roster_tracker.h"
#include "core/signaling/signaling_client.h"

namespace sightline {

/// The dialogue with the focus; for the sources of SignalingClient alone.
class SignalingClient::Private : public QObject {
public:
    explicit Private(SignalingClient* client);

    void request(Request::Body body);
    /// To a meeting that we are in; without one it is dropped.
    void requestInMeeting(Request::Body body)
    {
        if (isJoined)
            request(std::move(body));
    }
    QString meetingId() const { return tracker.roster().meetingId; }
    void join(AddUser meeting);
    void leave();
    void forgetMeeting();
    void reset();

    void onOpened();
    void onDocument(const QByteArray& text);

    template <typename Other> void handle(const Other&) { m_unreadable.add(Clock::now()); }
    void handle(const ChatMessage& message) { chat.receive(message); }
    void handle(const Response& response);
    void handle(const CallDocument& call)
    {
        ++m_callsReceived;
        calls.receive(call);
    }
    void handle(const ConferenceInfo& info);
    void onResponse(const SignInResponse& response, const Request::Body& request);
    void onResponse(const AddConferenceResponse& response, const Request::Body& request);
    void onResponse(const AddUserResponse& response, const Request::Body& request);
    void onPending(quint32 requestId, const Request::Body& request);
    template <typename Other>
    void onResponse(const Other&, const Request::Body&) {} // success is all they say
    void onResponse(const SendMessageResponse&, const Request::Body&) { chat.confirm(); }
    void onResponse(const Failure& failure, const Request::Body& request)
    {
        refuseRequest(request, failure.toError());
    }

    void onRosterApplied(const Roster& before);
    void checkSharing(const Roster& before);
    void loseSharing(const Roster& now);
    void endMeeting(ErrorCode code, const QString& why);
    void refuseRequest(const Request::Body& request, const Error& cause);
    bool refuseReturn(const Request::Body& request, const Error& error);
    void onReturned(quint32 callsReceived);
    void loseConnection(const Error& error);

    SignalingClient* const q;
    ReconnectingConnection connection;
    Options options;
    QString entity; ///< set while signed in
    AddUser wanted; ///< the meeting that we joined or are joining
    QString organizerKey;
    QList<IceServerInfo> iceServers;
    bool isCreating = false;
    bool isJoined = false;
    bool isWaiting = false; ///< in the lobby
    Participant::Sharing sharing = Participant::Sharing::None; ///< what we want the roster to say
    RosterTracker tracker;
    CallExchange calls;
    MeetingChat chat;

private:
    PendingRequests m_pending;
    QString m_resumeToken;
    quint32 m_callsReceived = 0; ///< since we are this entity; the focus asks when we come back
    CounterLog m_unreadable{logSignaling, "Documents from the server that make no sense"};
};

} // namespace sightline
