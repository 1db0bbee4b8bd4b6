#include "core/signaling/meeting_chat.h"

#include "core/signaling/documents.h"
#include "core/signaling/names.h"

#include <utility>

namespace sightline {

MeetingChat::MeetingChat(Send send, QObject* parent)
    : QObject(parent)
    , m_send(std::move(send))
{
}

void MeetingChat::start(const QString& meetingId)
{
    m_meetingId = meetingId;
    m_isInterrupted = false;
    m_lastNumber = 0;
}

void MeetingChat::stop()
{
    m_meetingId.clear();
    refuseAll({ErrorCode::Gone, QStringLiteral("the meeting ended before the server had taken the message")});
}

void MeetingChat::interrupt()
{
    m_isInterrupted = true;
    refuseAll({ErrorCode::ConnectionLost,
        QStringLiteral("the connection broke before the server had confirmed the message")});
}

void MeetingChat::resume()
{
    m_isInterrupted = false;
}

void MeetingChat::refuseAll(const Error& error)
{
    // Later: whoever ends the meeting may not be called back from within.
    for (const QString& text : std::exchange(m_unanswered, {}))
        QMetaObject::invokeMethod(
            this, [this, text, error] { Q_EMIT refused(text, error); }, Qt::QueuedConnection);
}

void MeetingChat::confirm()
{
    if (!m_unanswered.isEmpty())
        m_unanswered.removeFirst();
}

void MeetingChat::refuse(const Error& error)
{
    if (!m_unanswered.isEmpty())
        Q_EMIT refused(m_unanswered.takeFirst(), error);
}

Result<void> MeetingChat::write(const QString& text)
{
    const auto message = normalizedMessage(text);
    if (!message)
        return Error(ErrorCode::InvalidArgument, QStringLiteral("the message is empty or too long"));
    if (m_meetingId.isEmpty())
        return Error(ErrorCode::NotAllowed, QStringLiteral("in no meeting"));
    if (m_isInterrupted)
        return Error(ErrorCode::ConnectionLost, QStringLiteral("the server cannot be reached"));
    m_unanswered.append(*message);
    m_send({m_meetingId, *message});
    return {};
}

void MeetingChat::receive(const ChatMessage& message)
{
    if (message.meetingId != m_meetingId)
        return;
    // Numbers wrap, so they are compared by their distance.
    if (m_lastNumber != 0 && static_cast<qint32>(message.number - m_lastNumber) <= 0)
        return;
    m_lastNumber = message.number;
    Q_EMIT received(message);
}

} // namespace sightline
