#include "core/session/target_watch.h"

#include "core/base/clock.h"

#include <utility>

namespace sightline {

TargetWatch::TargetWatch(CaptureFactory openCapture, ShareTarget target, Handlers handlers)
    : m_openCapture(std::move(openCapture))
    , m_target(std::move(target))
    , m_handlers(std::move(handlers))
    , m_thread([this] { run(); })
{
}

TargetWatch::~TargetWatch()
{
    m_isStopped = true;
    {
        const std::lock_guard lock(m_mutex);
        if (m_wakeTarget)
            m_wakeTarget->wake();
    }
    m_thread.join();
}

void TargetWatch::run()
{
    Result<std::unique_ptr<ScreenCapture>> capture = m_openCapture();
    if (!capture)
        return m_handlers.failed(capture.error());
    {
        const std::lock_guard lock(m_mutex);
        m_wakeTarget = capture->get();
    }
    const Result<void> watched = watch(**capture);
    {
        const std::lock_guard lock(m_mutex);
        m_wakeTarget = nullptr;
    }
    if (!watched)
        m_handlers.failed(watched.error());
}

Result<void> TargetWatch::watch(ScreenCapture& capture)
{
    bool isStale = true;
    while (!m_isStopped) {
        if (isStale) {
            const Result<TargetPlace> place = m_target.locate(capture);
            if (!place)
                return place.error();
            m_handlers.moved(*place);
        }
        const Result<ScreenEvents> events = capture.waitForEvents(TimePoint::max());
        if (!events)
            return events.error();
        isStale = events->layout;
    }
    return {};
}

} // namespace sightline
