#include "core/session/screen_sender.h"

#include <algorithm>

// What a viewer asks to be sent anew.

namespace sightline {

void ScreenSender::refresh(const Rects& areas)
{
    const std::lock_guard lock(m_mutex);
    m_refresh.add(areas);
    if (m_wakeTarget)
        m_wakeTarget->wake();
}

/// True when everything is to be sent anew. Only with m_mutex locked.
bool ScreenSender::takeRefresh(TimePoint now)
{
    const Rect whole{0, 0, m_area.width, m_area.height};
    const std::optional<Rects> areas = m_isStarted ? m_refresh.take(whole, now) : std::nullopt;
    if (!areas || areas->empty())
        return false;
    if (areas->front() == whole)
        return true;
    m_encoder.refresh(*areas);
    m_unsentDamage.insert(m_unsentDamage.end(), areas->begin(), areas->end());
    m_isDirty = true;
    return false;
}

TimePoint ScreenSender::wakeTime() const
{
    const TimePoint next = nextDeadline(Clock::now());
    if (!m_isStarted || isPaused())
        return next;
    const std::lock_guard lock(m_mutex);
    return std::min(next, m_refresh.dueAt());
}

} // namespace sightline
