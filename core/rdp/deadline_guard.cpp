#include "core/rdp/deadline_guard.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace sightline {

DeadlineGuard::DeadlineGuard(std::chrono::milliseconds time, std::function<void()> onExpired)
    : m_thread([time, onExpired = std::move(onExpired)](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any stopped;
        std::unique_lock lock(mutex);
        stopped.wait_for(lock, stop, time, [&stop] { return stop.stop_requested(); });
        if (!stop.stop_requested())
            onExpired();
    })
{
}

} // namespace sightline
