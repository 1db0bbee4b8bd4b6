#include "platform/linux/x11/wake_event.h"

#include <QtGlobal>

#include <array>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace sightline {

WakeEvent::WakeEvent()
    : m_event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_event < 0)
        qFatal("No file descriptor left for a wake event");
}

WakeEvent::~WakeEvent()
{
    close(m_event);
}

void WakeEvent::wake()
{
    const std::uint64_t one = 1;
    // Fails only when the counter is full, and then it wakes as well.
    [[maybe_unused]] const auto written = write(m_event, &one, sizeof one);
}

void WakeEvent::wait(int fd, TimePoint deadline) const
{
    std::array<pollfd, 2> watched{pollfd{fd, POLLIN, 0}, pollfd{m_event, POLLIN, 0}};
    if (deadline == TimePoint::max()) {
        ppoll(watched.data(), watched.size(), nullptr, nullptr);
        return;
    }
    const TimePoint now = Clock::now();
    const auto left = deadline > now ? deadline - now : Duration::zero();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec timeout{static_cast<time_t>(seconds.count()),
        static_cast<long>(std::chrono::nanoseconds(left - seconds).count())};
    ppoll(watched.data(), watched.size(), &timeout, nullptr);
}

bool WakeEvent::take()
{
    std::uint64_t count = 0;
    return read(m_event, &count, sizeof count) == sizeof count;
}

} // namespace sightline
