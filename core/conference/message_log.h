#pragma once

#include "core/signaling/chat_message.h"
#include "core/signaling/limits.h"

#include <deque>

namespace sightline {

/// The last messages of a running meeting, for those who join later: so many of them, and so much text, as
/// the limits allow. Pure.
class MessageLog {
public:
    /// Numbers the message and keeps it.
    const ChatMessage& add(ChatMessage message)
    {
        message.number = ++m_lastNumber;
        m_size += sizeOf(message);
        m_messages.push_back(std::move(message));
        while (m_messages.size() > static_cast<std::size_t>(limits::kKeptMessages)
            || m_size > limits::kKeptMessageSize) {
            m_size -= sizeOf(m_messages.front());
            m_messages.pop_front();
        }
        return m_messages.back();
    }

    /// Forgets what was written; numbers go on.
    void clear()
    {
        m_messages.clear();
        m_size = 0;
    }

    const std::deque<ChatMessage>& messages() const { return m_messages; }

private:
    static qsizetype sizeOf(const ChatMessage& message) { return message.text.size(); }

    std::deque<ChatMessage> m_messages;
    qsizetype m_size = 0; ///< UTF-16 units: at most twice as many octets, and twelve on the wire
    quint32 m_lastNumber = 0;
};

} // namespace sightline
