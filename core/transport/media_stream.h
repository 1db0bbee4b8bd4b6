#pragma once

#include "core/transport/byte_stream.h"
#include "core/transport/event_loop.h"
#include "core/transport/rtp_stream.h"

#include <functional>
#include <optional>

namespace sightline {

/// Runs an RtpStream on an EventLoop and shows it as a ByteStream: hands it what arrives, sends what it has
/// to send when it is time, and tells readers and writers. Everything on the loop's thread.
class MediaStream final : public ByteStream {
public:
    /// Sends one packet. False: it was taken, but nothing more can be before resume().
    using Send = std::function<bool(const RtpStream::Outgoing& packet)>;

    MediaStream(EventLoop& loop, Send send);

    void start(const RtpStream::Config& config);
    void onPacket(ByteView packet, TimePoint now);
    void resume();
    void requestKeepalive();

    /// Everything written is followed by the end; nothing more is taken.
    void finish();
    bool isFinishAcknowledged() const { return m_rtp && m_rtp->isFinishAcknowledged(); }
    /// What arrived is still read, and after it comes `error`.
    void endAfterReading(const Error& error);
    /// Ends both directions at once.
    void fail(const Error& error);
    /// Nothing is sent any more.
    void stop();

    std::size_t write(ByteView data) override;
    std::size_t read(ByteSpan buffer) override;
    std::optional<Error> error() const override { return m_error; }

    /// All zero before start(), the last ones after stop().
    RtpStream::Statistics statistics() const;

    /// The peer's end was reached and everything before it was read. Comes before onClosed.
    std::function<void()> onPeerFinished;
    /// Something was sent or received: counters have changed.
    std::function<void()> onActivity;

private:
    void schedulePump();
    void pump();
    void sendAll(TimePoint now);
    void notify();
    void checkEnd();

    Send m_send;
    EventLoop::Timer m_timer;
    std::optional<RtpStream> m_rtp;
    RtpStream::Statistics m_lastStatistics;
    std::optional<Error> m_error;
    std::optional<Error> m_errorAfterReading;
    int m_unpumpedPackets = 0;
    bool m_isBlocked = false;
    bool m_isPumping = false;
    bool m_isPumpWanted = false;
    bool m_isWriterWaiting = false;
    bool m_isFinished = false; ///< by us
    bool m_toldPeerFinished = false;
    std::size_t m_toldReadable = 0; ///< octets that the reader knows of
};

} // namespace sightline
