#include "core/transport/loopback_stream.h"

#include <algorithm>
#include <array>
#include <deque>
#include <utility>

namespace sightline {

/// What both ends share. Index 0 and 1 are the ends; `inbox` is what an end has yet to read.
struct LoopbackStream::Wire : std::enable_shared_from_this<Wire> {
    struct End {
        LoopbackStream* stream = nullptr; ///< null once destroyed
        std::deque<std::uint8_t> inbox;
        bool isWriterWaiting = false; ///< the other end wrote more than fitted
        bool isReaderWaiting = true; ///< read() came up empty
        bool isClosed = false; ///< by this end
        bool toldClosed = false;
    };

    Wire(EventLoop& eventLoop, std::size_t octets)
        : loop(eventLoop)
        , capacity(octets)
    {
    }

    EventLoop& loop;
    std::size_t capacity;
    std::array<End, 2> ends;

    std::optional<Error> errorOf(std::size_t side) const
    {
        if (ends[side].isClosed)
            return Error(ErrorCode::Cancelled, QStringLiteral("the stream was closed"));
        if (ends[1 - side].isClosed && ends[side].inbox.empty())
            return Error(ErrorCode::Gone, QStringLiteral("the other side closed the stream"));
        return std::nullopt;
    }

    void notify(std::size_t side, std::function<void()> ByteStream::*handler)
    {
        loop.post([weak = weak_from_this(), side, handler] {
            const auto wire = weak.lock();
            if (!wire || !wire->ends[side].stream)
                return;
            if (const auto& function = wire->ends[side].stream->*handler)
                function();
        });
    }

    void notifyIfEnded(std::size_t side)
    {
        if (errorOf(side) && !std::exchange(ends[side].toldClosed, true))
            notify(side, &ByteStream::onClosed);
    }
};

LoopbackStream::LoopbackStream(std::shared_ptr<Wire> wire, std::size_t side)
    : m_wire(std::move(wire))
    , m_side(side)
{
    m_wire->ends[side].stream = this;
}

LoopbackStream::Pair LoopbackStream::createPair(EventLoop& loop, std::size_t capacity)
{
    const auto wire = std::make_shared<Wire>(loop, capacity);
    return {std::make_unique<LoopbackStream>(wire, 0), std::make_unique<LoopbackStream>(wire, 1)};
}

LoopbackStream::~LoopbackStream()
{
    // Destroyed elsewhere, it has to wait until no handler of it runs.
    m_wire->loop.call([this] {
        close();
        m_wire->ends[m_side].stream = nullptr;
    });
}

std::size_t LoopbackStream::write(ByteView data)
{
    Wire::End& peer = m_wire->ends[1 - m_side];
    if (error() || peer.isClosed)
        return 0;
    const std::size_t count = std::min(data.size(), m_wire->capacity - peer.inbox.size());
    const ByteView taken = data.first(count);
    peer.inbox.insert(peer.inbox.end(), taken.begin(), taken.end());
    if (count < data.size())
        peer.isWriterWaiting = true;
    if (count > 0 && std::exchange(peer.isReaderWaiting, false))
        m_wire->notify(1 - m_side, &ByteStream::onReadable);
    return count;
}

std::size_t LoopbackStream::read(ByteSpan buffer)
{
    Wire::End& own = m_wire->ends[m_side];
    if (own.isClosed)
        return 0;
    const auto count = std::min(buffer.size(), own.inbox.size());
    const auto end = own.inbox.begin() + static_cast<std::ptrdiff_t>(count);
    std::copy(own.inbox.begin(), end, buffer.begin());
    own.inbox.erase(own.inbox.begin(), end);
    if (own.inbox.empty())
        own.isReaderWaiting = true;
    if (count > 0 && std::exchange(own.isWriterWaiting, false))
        m_wire->notify(1 - m_side, &ByteStream::onWritable);
    m_wire->notifyIfEnded(m_side);
    return count;
}

std::optional<Error> LoopbackStream::error() const
{
    return m_wire->errorOf(m_side);
}

void LoopbackStream::close()
{
    m_wire->ends[m_side].isClosed = true;
    m_wire->notifyIfEnded(m_side);
    m_wire->notifyIfEnded(1 - m_side);
}

} // namespace sightline
