#pragma once

#include "core/base/clock.h"

namespace sightline {

/// Lets one thread wait for a file descriptor, for a deadline, and for other threads that want its attention.
class WakeEvent {
public:
    WakeEvent();
    ~WakeEvent();
    WakeEvent(const WakeEvent&) = delete;
    WakeEvent& operator=(const WakeEvent&) = delete;

    /// From any thread.
    void wake();

    /// Returns when `fd` can be read or hung up, when woken, or at `deadline`.
    void wait(int fd, TimePoint deadline) const;

    /// True when woken since the last call.
    bool take();

private:
    int m_event;
};

} // namespace sightline
