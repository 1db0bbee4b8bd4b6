#include "core/transport/event_loop.h"

#include <glib.h>

#include <algorithm>
#include <cassert>
#include <future>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

namespace sightline {

namespace {

struct ContextDeleter {
    void operator()(GMainContext* context) const { g_main_context_unref(context); }
};
struct MainLoopDeleter {
    void operator()(GMainLoop* loop) const { g_main_loop_unref(loop); }
};
struct SourceDeleter {
    void operator()(GSource* source) const
    {
        g_source_destroy(source);
        g_source_unref(source);
    }
};

using ContextPtr = std::unique_ptr<GMainContext, ContextDeleter>;
using MainLoopPtr = std::unique_ptr<GMainLoop, MainLoopDeleter>;
using SourcePtr = std::unique_ptr<GSource, SourceDeleter>;

/// A GSource with a part of ours behind it, in the one piece of memory that GLib allocates for both. GLib
/// holds a reference while it dispatches, so that a part survives the destruction of its owner by its own
/// callback.
template <typename Part> struct SourceWith {
    GSource base;
    Part part;

    static Part& partOf(GSource* source) { return reinterpret_cast<SourceWith*>(source)->part; }

    static SourcePtr create()
    {
        static GSourceFuncs functions = makeFunctions();
        SourcePtr source(g_source_new(&functions, sizeof(SourceWith)));
        new (&partOf(source.get())) Part;
        return source;
    }

private:
    static GSourceFuncs makeFunctions()
    {
        GSourceFuncs functions{};
        functions.prepare
            = [](GSource* source, gint* timeout) -> gboolean { return partOf(source).prepare(timeout); };
        functions.check = [](GSource* source) -> gboolean { return partOf(source).check(); };
        functions.dispatch = [](GSource* source, GSourceFunc, gpointer) -> gboolean {
            partOf(source).dispatch(source);
            return G_SOURCE_CONTINUE;
        };
        functions.finalize = [](GSource* source) { partOf(source).~Part(); };
        return functions;
    }
};

/// Tasks from any thread. g_source_set_ready_time() wakes the loop up.
struct QueuePart {
    std::mutex mutex;
    std::vector<EventLoop::Task> tasks;

    static bool prepare(gint* timeout)
    {
        *timeout = -1;
        return false;
    }
    static bool check() { return false; }

    void dispatch(GSource* source)
    {
        g_source_set_ready_time(source, -1);
        std::vector<EventLoop::Task> running;
        {
            const std::lock_guard lock(mutex);
            running.swap(tasks);
        }
        for (EventLoop::Task& task : running) {
            task();
            task = nullptr; // what it holds goes before the next one runs
        }
    }
};

/// One deadline, checked against our own clock: g_source_set_ready_time() would cost a system call for each
/// packet that moves it.
struct TimerPart {
    TimePoint deadline = TimePoint::max();
    EventLoop::Task task;

    bool prepare(gint* timeout) const
    {
        *timeout = -1;
        if (deadline == TimePoint::max())
            return false;
        // Longer waits are cut: they wake up early and wait again.
        constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        *timeout = static_cast<gint>(std::clamp(left, std::chrono::milliseconds(0), kLongest).count());
        return left.count() <= 0;
    }
    bool check() const { return deadline != TimePoint::max() && Clock::now() >= deadline; }

    void dispatch(GSource*)
    {
        deadline = TimePoint::max();
        task();
    }
};

struct FdPart {
    static constexpr gushort kHangUp = G_IO_HUP | G_IO_ERR | G_IO_NVAL;

    GPollFD poll{-1, 0, 0};
    EventLoop::Task onReadable;
    EventLoop::Task onWritable;

    static bool prepare(gint* timeout)
    {
        *timeout = -1;
        return false;
    }
    bool check() const { return (poll.revents & (poll.events | kHangUp)) != 0; }

    void dispatch(GSource* source)
    {
        const auto ready = std::exchange(poll.revents, gushort(0));
        const bool hungUp = (ready & kHangUp) != 0;
        const bool readable = (poll.events & G_IO_IN) != 0 && (hungUp || (ready & G_IO_IN) != 0);
        // A hang-up that nobody reads has to end the wait too: the write then tells the error.
        const bool writable = (ready & G_IO_OUT) != 0 || (hungUp && !readable);
        if (readable)
            onReadable();
        if (writable && !g_source_is_destroyed(source) && (poll.events & G_IO_OUT) != 0)
            onWritable();
    }
};

} // namespace

struct EventLoop::State {
    ContextPtr context{g_main_context_new()};
    MainLoopPtr loop{g_main_loop_new(context.get(), FALSE)};
    SourcePtr queue = SourceWith<QueuePart>::create();
    std::jthread thread;
};

EventLoop::EventLoop()
    : m_state(std::make_unique<State>())
{
    g_source_attach(m_state->queue.get(), m_state->context.get());
    m_state->thread = std::jthread([context = m_state->context.get(), loop = m_state->loop.get()] {
        g_main_context_push_thread_default(context);
        g_main_loop_run(loop);
        g_main_context_pop_thread_default(context);
    });
}

EventLoop::~EventLoop()
{
    assert(!isCurrentThread() && "a loop cannot join itself");
    // As a task, so that it comes after those posted before, and not before the thread runs the loop.
    post([loop = m_state->loop.get()] { g_main_loop_quit(loop); });
    m_state->thread.join();
}

void EventLoop::post(Task task)
{
    GSource* source = m_state->queue.get();
    auto& queue = SourceWith<QueuePart>::partOf(source);
    const std::lock_guard lock(queue.mutex);
    queue.tasks.push_back(std::move(task));
    if (queue.tasks.size() == 1)
        g_source_set_ready_time(source, 0);
}

void EventLoop::call(const Task& task)
{
    if (isCurrentThread()) {
        task();
        return;
    }
    std::promise<void> done;
    post([&] {
        task();
        done.set_value();
    });
    done.get_future().wait();
}

bool EventLoop::isCurrentThread() const
{
    return std::this_thread::get_id() == m_state->thread.get_id();
}

GMainContext* EventLoop::context() const
{
    return m_state->context.get();
}

struct EventLoop::Timer::State {
    EventLoop& loop;
    SourcePtr source = SourceWith<TimerPart>::create();

    TimerPart& part() const { return SourceWith<TimerPart>::partOf(source.get()); }
};

EventLoop::Timer::Timer(EventLoop& loop, Task onTimeout)
    : m_state(std::make_unique<State>(State {loop}))
{
    m_state->part().task = std::move(onTimeout);
    g_source_attach(m_state->source.get(), loop.context());
}

EventLoop::Timer::~Timer() = default;

void EventLoop::Timer::setDeadline(TimePoint when)
{
    assert(m_state->loop.isCurrentThread());
    m_state->part().deadline = when;
}

void EventLoop::Timer::cancel()
{
    setDeadline(TimePoint::max());
}

struct EventLoop::FdWatch::State {
    EventLoop& loop;
    SourcePtr source = SourceWith<FdPart>::create();

    FdPart& part() const { return SourceWith<FdPart>::partOf(source.get()); }
};

EventLoop::FdWatch::FdWatch(EventLoop& loop, int fd, Task onReadable, Task onWritable)
    : m_state(std::make_unique<State>(State {loop}))
{
    FdPart& part = m_state->part();
    part.poll.fd = fd;
    part.onReadable = std::move(onReadable);
    part.onWritable = std::move(onWritable);
    g_source_attach(m_state->source.get(), loop.context());
}

EventLoop::FdWatch::~FdWatch() = default;

void EventLoop::FdWatch::setInterest(bool readable, bool writable)
{
    assert(m_state->loop.isCurrentThread());
    GPollFD& poll = m_state->part().poll;
    const auto events = static_cast<gushort>((readable ? G_IO_IN : 0) | (writable ? G_IO_OUT : 0));
    // poll(2) reports a hang-up even to those who ask for nothing: without interest the descriptor is not
    // polled.
    if (poll.events == 0 && events != 0)
        g_source_add_poll(m_state->source.get(), &poll);
    else if (poll.events != 0 && events == 0)
        g_source_remove_poll(m_state->source.get(), &poll);
    poll.events = events;
    poll.revents = static_cast<gushort>(poll.revents & (events | FdPart::kHangUp));
}

} // namespace sightline
