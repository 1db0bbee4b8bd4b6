#pragma once

#include <QDateTime>
#include <QString>

namespace sightline {

/// Something that a participant wrote to all others of a meeting, as the focus passes it on (PROTOCOL.md,
/// "Messages").
struct ChatMessage {
    QString meetingId;
    quint32 number = 0; ///< from 1, one more with each message of the meeting
    QString from; ///< the sender's entity, who may have left since
    QString senderName;
    QDateTime time; ///< the focus's clock, UTC
    QString text; ///< plain, see normalizedMessage
    bool operator==(const ChatMessage&) const = default;
};

} // namespace sightline
