#include "core/rdp/connection_breaker.h"

#include <cerrno>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace sightline {

ConnectionBreaker::ConnectionBreaker(int fd)
    : m_fd(::fcntl(fd, F_DUPFD_CLOEXEC, 0))
{
}

void ConnectionBreaker::breakConnection() const
{
    ::shutdown(m_fd.get(), SHUT_RDWR);
}

bool ConnectionBreaker::isHungUp() const
{
    pollfd state{m_fd.get(), POLLRDHUP, 0};
    return ::poll(&state, 1, 0) > 0 && (state.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

ConnectionBreaker::Readiness ConnectionBreaker::waitReady() const
{
    pollfd state{m_fd.get(), POLLIN | POLLOUT, 0};
    while (::poll(&state, 1, -1) < 0 && errno == EINTR) {}
    const bool isOver = (state.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    return {isOver || (state.revents & POLLIN) != 0, isOver || (state.revents & POLLOUT) != 0};
}

} // namespace sightline
