#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace sightline {

/// Calls a function, on a thread of its own, unless it is destroyed before the time is over. For the one call
/// of FreeRDP's that waits for the other side without limit: freerdp_connect().
class DeadlineGuard {
public:
    DeadlineGuard(std::chrono::milliseconds time, std::function<void()> onExpired);

private:
    std::jthread m_thread;
};

} // namespace sightline
