#include "core/rdp/decode_worker.h"

#include <pthread.h>
#include <utility>

namespace sightline {

DecodeWorker::DecodeWorker()
    : m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

bool DecodeWorker::run(const std::function<bool()>& job, const std::function<bool()>& serve)
{
    std::unique_lock lock(m_mutex);
    m_job = &job;
    m_isDone = false;
    m_changed.notify_all();
    bool isServed = true;
    for (;;) {
        m_changed.wait(lock, [this] { return m_isDone || m_hasNews; });
        if (m_isDone)
            return m_outcome && isServed;
        m_hasNews = false;
        lock.unlock();
        isServed = isServed && serve();
        lock.lock();
    }
}

void DecodeWorker::notify()
{
    const std::lock_guard lock(m_mutex);
    m_hasNews = true;
    m_changed.notify_all();
}

void DecodeWorker::work(const std::stop_token& stop)
{
    pthread_setname_np(pthread_self(), "rdp-decode");
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return m_job != nullptr; })) {
        const auto* const job = std::exchange(m_job, nullptr);
        lock.unlock();
        const bool outcome = (*job)();
        lock.lock();
        m_outcome = outcome;
        m_isDone = true;
        m_changed.notify_all();
    }
}

} // namespace sightline
