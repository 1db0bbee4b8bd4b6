#pragma once

#include "core/base/counter_log.h"
#include "core/signaling/call_table.h"
#include "core/signaling/documents.h"
#include "core/signaling/session_description.h"

#include <QObject>

#include <functional>

namespace sightline {

/// The calls of one client: makes call documents of what it says, and checks what others say before anybody
/// hears of it. Inactive, and deaf, while we are in no meeting. GUI thread.
class CallExchange : public QObject {
    Q_OBJECT
public:
    using Send = std::function<void(const Document&)>;

    explicit CallExchange(Send send, QObject* parent = nullptr);

    void start(const QString& ownEntity); ///< we are in a meeting
    void stop(); ///< and no more; forgets all calls
    void forget(const QString& peer); ///< it has left

    void sendOffer(const QString& to, const QString& callId, const SessionDescription& offer);
    void sendAnswer(const QString& to, const QString& callId, const SessionDescription& answer);
    void sendCandidates(const QString& to, const QString& callId, const CallCandidates& candidates);
    void sendBye(const QString& to, const QString& callId, ErrorCode code, const QString& text);

    void receive(const CallDocument& call);

Q_SIGNALS:
    void offerReceived(const QString& from, const QString& callId, const SessionDescription& offer);
    void answerReceived(const QString& from, const QString& callId, const SessionDescription& answer);
    void candidateReceived(const QString& from, const QString& callId, const QByteArray& candidate);
    void endOfCandidatesReceived(const QString& from, const QString& callId);
    void byeReceived(const QString& from, const QString& callId, ErrorCode code, const QString& text);

private:
    void send(const QString& to, const QString& callId, CallDocument::Body body);
    void onBody(const CallDocument& call, const CallOffer& offer);
    void onBody(const CallDocument& call, const CallAnswer& answer);
    void onBody(const CallDocument& call, const CallCandidates& candidates);
    void onBody(const CallDocument& call, const CallBye& bye);

    Send m_send;
    QString m_entity; ///< empty while inactive
    CallTable m_calls;
    CounterLog m_ignored;
};

} // namespace sightline
