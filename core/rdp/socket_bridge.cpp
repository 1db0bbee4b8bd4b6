#include "core/rdp/socket_bridge.h"

#include "core/rdp/unique_fd.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <span>

#include <fcntl.h>
#include <sys/socket.h>

namespace sightline {

namespace {

// What lies in the kernel is latency that nobody can take back, so there is as little as throughput allows.
constexpr int kSocketBuffer = 64 * 1024;
constexpr std::size_t kChunk = 64 * 1024;

/// Octets that one side gave and the other has not taken yet.
class Pending {
public:
    bool isEmpty() const { return m_size == 0; }
    ByteView view() const { return ByteView(m_octets).subspan(m_start, m_size); }
    ByteSpan room() { return m_octets; } ///< when empty
    void filled(std::size_t size)
    {
        m_start = 0;
        m_size = size;
    }
    void taken(std::size_t size)
    {
        m_start += size;
        m_size -= size;
    }
    void clear() { m_size = 0; }

private:
    std::array<std::uint8_t, kChunk> m_octets;
    std::size_t m_start = 0;
    std::size_t m_size = 0;
};

Error systemError(const char* what)
{
    return {ErrorCode::Internal,
        QStringLiteral("%1: %2").arg(QLatin1StringView(what), QString::fromLocal8Bit(std::strerror(errno)))};
}

} // namespace

class SocketBridge::Private {
public:
    Private(EventLoop& loop, ByteStream& stream, UniqueFd fd)
        : m_loop(loop)
        , m_stream(stream)
        , m_fd(std::move(fd))
    {
        m_loop.call([this] { start(); });
    }

    ~Private()
    {
        m_loop.call([this] {
            m_watch.reset();
            m_stream.onReadable = nullptr;
            m_stream.onWritable = nullptr;
            m_stream.onClosed = nullptr;
        });
    }

private:
    void start()
    {
        m_watch = std::make_unique<EventLoop::FdWatch>(
            m_loop, m_fd.get(), [this] { fromSocket(); }, [this] { fromStream(); });
        m_stream.onReadable = [this] { fromStream(); };
        m_stream.onWritable = [this] { fromSocket(); };
        m_stream.onClosed = [this] {
            fromStream();
            fromSocket();
        };
        fromStream();
        fromSocket();
    }

    void fromSocket()
    {
        while (writeToStream() && readSocket()) {}
        updateInterest();
    }

    void fromStream()
    {
        while (writeToSocket() && readStream()) {}
        // What had arrived before the end is FreeRDP's to see, and only then the end.
        if (m_toSocket.isEmpty() && m_stream.error() && !m_isShutDown) {
            m_isShutDown = true;
            ::shutdown(m_fd.get(), SHUT_WR);
        }
        updateInterest();
    }

    /// False when the stream is full.
    bool writeToStream()
    {
        if (m_stream.error())
            m_toStream.clear(); // FreeRDP must not hang in a write that nobody will ever read
        if (!m_toStream.isEmpty())
            m_toStream.taken(m_stream.write(m_toStream.view()));
        return m_toStream.isEmpty();
    }

    /// False when there is nothing now.
    bool readSocket()
    {
        if (m_socketEnded)
            return false;
        const ByteSpan room = m_toStream.room();
        const ssize_t size = ::recv(m_fd.get(), room.data(), room.size(), MSG_DONTWAIT);
        if (size > 0) {
            m_toStream.filled(static_cast<std::size_t>(size));
            return true;
        }
        if (size < 0 && errno == EINTR)
            return true;
        if (size == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
            m_socketEnded = true;
        return false;
    }

    /// False when the socket is full.
    bool writeToSocket()
    {
        while (!m_toSocket.isEmpty()) {
            const ByteView rest = m_toSocket.view();
            const ssize_t size = ::send(m_fd.get(), rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (size > 0)
                m_toSocket.taken(static_cast<std::size_t>(size));
            else if (errno == EAGAIN || errno == EWOULDBLOCK)
                return false;
            else if (errno != EINTR)
                m_toSocket.clear(); // FreeRDP has closed its end: it reads no more
        }
        return true;
    }

    /// False when there is nothing now.
    bool readStream()
    {
        const std::size_t size = m_stream.read(m_toSocket.room());
        m_toSocket.filled(size);
        return size > 0;
    }

    void updateInterest()
    {
        m_watch->setInterest(!m_socketEnded && m_toStream.isEmpty(), !m_toSocket.isEmpty());
    }

    EventLoop& m_loop;
    ByteStream& m_stream;
    UniqueFd m_fd;
    std::unique_ptr<EventLoop::FdWatch> m_watch;
    Pending m_toStream;
    Pending m_toSocket;
    bool m_socketEnded = false;
    bool m_isShutDown = false;
};

SocketBridge::SocketBridge(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

SocketBridge::~SocketBridge() = default;

Result<SocketBridge::Ends> SocketBridge::create(EventLoop& loop, ByteStream& stream)
{
    std::array<int, 2> pair{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        return systemError("cannot make a socket pair");
    UniqueFd ours(pair[0]);
    UniqueFd theirs(pair[1]);
    for (const int fd : pair)
        ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSocketBuffer, sizeof kSocketBuffer);
    Ends ends;
    ends.bridge.reset(new SocketBridge(std::make_unique<Private>(loop, stream, std::move(ours))));
    ends.fd = theirs.release();
    return ends;
}

} // namespace sightline
