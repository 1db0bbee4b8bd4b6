#include "core/rdp/channel_chunks.h"

#include <algorithm>
#include <utility>

namespace sightline {
namespace {

Error malformed(const char* what)
{
    return {ErrorCode::ParseFailed, QLatin1StringView(what)};
}

} // namespace

Result<std::optional<Bytes>> ChannelAssembler::add(const ChannelChunk& chunk)
{
    const bool isFirst = (chunk.flags & ChannelChunk::kFirst) != 0;
    if (isFirst == m_isInside)
        return malformed("the chunks of a channel's message are out of order");
    if ((chunk.flags & ChannelChunk::kCompressed) != 0)
        return malformed("a channel's message is compressed, which was not agreed");
    if (isFirst) {
        if (chunk.total > m_maxMessage)
            return Error(ErrorCode::TooLarge, QStringLiteral("a channel's message is too large"));
        m_message.clear();
        m_total = chunk.total;
        m_isInside = true;
    }
    if (chunk.total != m_total || chunk.data.size() > m_total - m_message.size())
        return malformed("a channel's message is not as long as announced");
    m_message.insert(m_message.end(), chunk.data.begin(), chunk.data.end());
    if ((chunk.flags & ChannelChunk::kLast) == 0)
        return std::optional<Bytes>();
    m_isInside = false;
    if (m_message.size() != m_total)
        return malformed("a channel's message is not as long as announced");
    return std::optional(std::exchange(m_message, {}));
}

void ChannelChunkQueue::push(Bytes message)
{
    m_octets += message.size();
    if (!message.empty())
        m_messages.push_back(std::move(message));
}

std::optional<ChannelChunk> ChannelChunkQueue::next(std::size_t maxSize)
{
    if (!m_messages.empty() && m_sent == m_messages.front().size()) {
        m_messages.pop_front();
        m_sent = 0;
    }
    if (m_messages.empty())
        return std::nullopt;
    const Bytes& message = m_messages.front();
    const std::size_t size = std::min(maxSize, message.size() - m_sent);
    const bool isWhole = size == message.size();
    ChannelChunk chunk{
        ByteView(message).subspan(m_sent, size), isWhole ? 0 : ChannelChunk::kShowProtocol, message.size()};
    if (m_sent == 0)
        chunk.flags |= ChannelChunk::kFirst;
    m_sent += size;
    m_octets -= size;
    if (m_sent == message.size())
        chunk.flags |= ChannelChunk::kLast;
    return chunk;
}

} // namespace sightline
