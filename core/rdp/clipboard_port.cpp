#include "core/rdp/clipboard_port.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {
namespace {

constexpr std::size_t kBurst = 16 * 1024;

} // namespace

ClipboardPort::ClipboardPort(ClipboardChannel::Role role, ClipboardHandlers handlers)
    : m_hasRoom(std::move(handlers.hasRoom))
{
    const ClipboardChannel::Handlers& channel = handlers.channel;
    if (channel.offered && channel.wanted && channel.received)
        m_channel = std::make_unique<ClipboardChannel>(role, std::move(handlers.channel));
}

void ClipboardPort::offer(std::vector<ClipboardFormat> formats)
{
    const std::lock_guard lock(m_mutex);
    if (m_channel)
        m_channel->offer(std::move(formats));
}

void ClipboardPort::request(ClipboardFormat format)
{
    const std::lock_guard lock(m_mutex);
    if (m_channel)
        m_channel->request(format);
}

void ClipboardPort::open()
{
    const std::lock_guard lock(m_mutex);
    if (m_channel && !std::exchange(m_isOpen, true))
        m_channel->start();
}

bool ClipboardPort::receive(const ChannelChunk& chunk)
{
    const std::lock_guard lock(m_mutex);
    if (!m_channel)
        return true;
    const Result<void> received = m_channel->receive(chunk);
    if (!received)
        qCWarning(logRdp) << "The clipboard channel broke:" << received.error().toString();
    return received.has_value();
}

bool ClipboardPort::hasOutput() const
{
    const std::lock_guard lock(m_mutex);
    return m_channel && m_channel->hasOutput();
}

bool ClipboardPort::send(std::size_t chunkSize, const std::function<bool(const ChannelChunk&)>& write)
{
    if (m_hasRoom && !m_hasRoom())
        return true;
    for (std::size_t sent = 0; sent < kBurst;) {
        const auto chunk = take(chunkSize);
        if (!chunk)
            break;
        if (!write({chunk->data, chunk->flags, chunk->total}))
            return false;
        sent += chunk->data.size();
    }
    return true;
}

std::optional<ClipboardPort::OwnedChunk> ClipboardPort::take(std::size_t chunkSize)
{
    // Owned, because while it is written the other side's chunks are received.
    const std::lock_guard lock(m_mutex);
    const auto chunk = m_channel ? m_channel->next(chunkSize) : std::nullopt;
    if (!chunk)
        return std::nullopt;
    return OwnedChunk{Bytes(chunk->data.begin(), chunk->data.end()), chunk->flags, chunk->total};
}

} // namespace sightline
