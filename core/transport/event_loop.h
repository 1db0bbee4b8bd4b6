#pragma once

#include "core/base/clock.h"

#include <functional>
#include <memory>

struct _GMainContext;

namespace sightline {

/// The network thread: one GLib main context (libnice needs one) running on a thread of its own. Everything
/// of a media transport happens on it; other threads reach it by post().
///
/// Destroying a Timer or FdWatch on the loop's thread stops its callbacks at once. The loop outlives all that
/// runs on it; destroying the loop runs what was posted before and joins the thread.
class EventLoop {
public:
    class Timer;
    class FdWatch;
    using Task = std::function<void()>;

    EventLoop();
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Runs `task` on the loop's thread, in the order of the calls. From any thread.
    void post(Task task);
    /// Runs `task` on the loop's thread and returns when it is done; at once when called there.
    void call(const Task& task);
    bool isCurrentThread() const;

    /// For libnice only.
    _GMainContext* context() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Fires once at the time it was last set to. Owned and used on the loop's thread.
class EventLoop::Timer {
public:
    Timer(EventLoop& loop, Task onTimeout);
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    void setDeadline(TimePoint when);
    void cancel();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Tells when a file descriptor can be read or written. Owned and used on the loop's thread.
class EventLoop::FdWatch {
public:
    FdWatch(EventLoop& loop, int fd, Task onReadable, Task onWritable);
    ~FdWatch();
    FdWatch(const FdWatch&) = delete;
    FdWatch& operator=(const FdWatch&) = delete;

    /// Which of the two to watch for; both are off at first. A hang-up counts as readable.
    void setInterest(bool readable, bool writable);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sightline
