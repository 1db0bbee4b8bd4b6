#include "core/transport/media_stream.h"

#include <utility>

namespace sightline {

namespace {

// libnice hands over all that a socket holds before it returns to the loop: acknowledgements must not wait
// for that.
constexpr int kPacketsPerPump = 8;

// A writer is not woken up for each packet that leaves. Less than the least that RtpStream buffers.
constexpr std::size_t kWritableAt = 16 * 1024;

} // namespace

MediaStream::MediaStream(EventLoop& loop, Send send)
    : m_send(std::move(send))
    , m_timer(loop, [this] { pump(); })
{
}

void MediaStream::start(const RtpStream::Config& config)
{
    m_rtp.emplace(config, Clock::now());
    m_isWriterWaiting = true;
    schedulePump();
}

void MediaStream::onPacket(ByteView packet, TimePoint now)
{
    if (!m_rtp)
        return;
    m_rtp->onPacket(packet, now);
    if (++m_unpumpedPackets >= kPacketsPerPump)
        pump();
    else
        schedulePump();
}

void MediaStream::resume()
{
    if (std::exchange(m_isBlocked, false))
        pump();
}

void MediaStream::requestKeepalive()
{
    if (!m_rtp)
        return;
    m_rtp->requestKeepalive();
    schedulePump();
}

void MediaStream::finish()
{
    m_isFinished = true;
    if (!m_rtp)
        return;
    m_rtp->finish();
    pump(); // it may be the last thing that happens
}

void MediaStream::endAfterReading(const Error& error)
{
    m_errorAfterReading = error;
    schedulePump();
}

void MediaStream::fail(const Error& error)
{
    if (m_error)
        return;
    m_error = error;
    if (onClosed)
        onClosed();
}

void MediaStream::stop()
{
    m_timer.cancel();
    m_lastStatistics = statistics();
    m_rtp.reset();
}

std::size_t MediaStream::write(ByteView data)
{
    if (m_error || m_isFinished)
        return 0;
    const std::size_t count = m_rtp ? m_rtp->write(data) : 0;
    m_isWriterWaiting = count < data.size();
    if (count > 0)
        schedulePump();
    return count;
}

std::size_t MediaStream::read(ByteSpan buffer)
{
    if (m_error || !m_rtp)
        return 0;
    const std::size_t count = m_rtp->read(buffer);
    m_toldReadable = m_rtp->readableBytes();
    if (count > 0)
        schedulePump(); // the peer may wait for room, and its end may be what comes next
    return count;
}

RtpStream::Statistics MediaStream::statistics() const
{
    return m_rtp ? m_rtp->statistics() : m_lastStatistics;
}

void MediaStream::schedulePump()
{
    if (std::exchange(m_isPumpWanted, true) || m_isPumping)
        return;
    m_timer.setDeadline(Clock::now());
}

void MediaStream::pump()
{
    if (!m_rtp || m_isPumping)
        return;
    m_isPumping = true;
    m_isPumpWanted = false;
    m_unpumpedPackets = 0;
    sendAll(Clock::now());
    notify();
    checkEnd();
    m_isPumping = false;
    if (onActivity)
        onActivity();
    if (!m_rtp)
        return;
    if (m_isPumpWanted)
        m_timer.setDeadline(Clock::now());
    else if (m_isBlocked)
        m_timer.cancel();
    else
        m_timer.setDeadline(m_rtp->nextTimeout());
}

void MediaStream::sendAll(TimePoint now)
{
    while (!m_isBlocked) {
        const auto packet = m_rtp->takePacket(now);
        if (!packet)
            return;
        m_isBlocked = !m_send(*packet);
    }
}

void MediaStream::notify()
{
    if (m_error)
        return;
    if (onReadable && m_rtp->readableBytes() > m_toldReadable) {
        m_toldReadable = m_rtp->readableBytes();
        onReadable();
    }
    if (onWritable && m_isWriterWaiting && !m_isFinished && m_rtp && m_rtp->writableBytes() >= kWritableAt) {
        m_isWriterWaiting = false;
        onWritable();
    }
}

void MediaStream::checkEnd()
{
    if (!m_rtp || m_error)
        return;
    if (m_rtp->isPeerFinished() && !std::exchange(m_toldPeerFinished, true) && onPeerFinished)
        onPeerFinished();
    if (m_errorAfterReading && m_rtp && m_rtp->readableBytes() == 0)
        fail(*m_errorAfterReading);
}

} // namespace sightline
