#pragma once

#include "core/base/result.h"
#include "core/signaling/chat_message.h"

#include <QObject>
#include <QStringList>

#include <functional>

namespace sightline {

struct SendMessage;

/// The messages of the meeting that one client is in (PROTOCOL.md, "Messages"). GUI thread.
///
/// What one writes is not lost: it comes back as a message of the meeting, one's own included, or as
/// `refused`, also when the meeting or the connection ends before the focus has answered.
class MeetingChat : public QObject {
    Q_OBJECT
public:
    using Send = std::function<void(const SendMessage&)>;

    explicit MeetingChat(Send send, QObject* parent = nullptr);

    void start(const QString& meetingId); ///< we are in this meeting
    void stop(); ///< and no more
    /// The connection broke: nobody knows whether the focus took what it has not answered, so it is refused.
    void interrupt();
    void resume(); ///< we are back in the meeting
    void confirm(); ///< the focus took the oldest message that it has not answered yet
    void refuse(const Error& error); ///< or did not

    /// InvalidArgument: nothing to send, or more than 4096 octets; NotAllowed: in no meeting;
    /// ConnectionLost: until resume(). Then it is not sent, and `refused` does not come.
    Result<void> write(const QString& text);
    void receive(const ChatMessage& message);

Q_SIGNALS:
    void received(const ChatMessage& message); ///< in the order of their numbers
    void refused(const QString& text, const Error& error);

private:
    void refuseAll(const Error& error);

    Send m_send;
    QString m_meetingId; ///< empty: in none
    bool m_isInterrupted = false;
    quint32 m_lastNumber = 0;
    QStringList m_unanswered;
};

} // namespace sightline
