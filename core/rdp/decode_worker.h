#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace sightline {

/// Does what takes long on a thread of its own, while the thread that waits for it goes on serving others: a
/// key must not wait for a film's picture to be decoded, and FreeRDP wants one thread for all that is sent.
class DecodeWorker {
public:
    DecodeWorker();

    /// The outcome of `job`, which runs on the worker's thread; false also when `serve` failed. Meanwhile
    /// `serve` is called here for each notify(). One caller at a time.
    bool run(const std::function<bool()>& job, const std::function<bool()>& serve);
    /// There is something to serve. From any thread.
    void notify();

private:
    void work(const std::stop_token& stop);

    std::mutex m_mutex; // guards all below
    std::condition_variable_any m_changed;
    const std::function<bool()>* m_job = nullptr; ///< of the run() that waits
    bool m_isDone = false;
    bool m_outcome = false;
    bool m_hasNews = false;
    std::jthread m_thread; // after all that it uses
};

} // namespace sightline
