#include "core/session/control_gate.h"

#include <utility>

namespace sightline {

ControlGate::~ControlGate()
{
    close();
}

void ControlGate::open(std::unique_ptr<InputInjector> injector)
{
    // The old one is destroyed without the lock: it waits for its handlers, and they may want the lock.
    {
        const std::lock_guard lock(m_mutex);
        if (!m_held.isEmpty())
            release();
        std::swap(m_injector, injector);
        if (m_injector && !m_area.isEmpty())
            m_injector->setArea(m_area);
    }
}

void ControlGate::close()
{
    open(nullptr);
}

void ControlGate::setPaused(bool isPaused)
{
    const std::lock_guard lock(m_mutex);
    m_isPaused = isPaused;
    if (isPaused)
        release();
}

void ControlGate::setArea(const Rect& area)
{
    const std::lock_guard lock(m_mutex);
    m_area = area;
    if (m_injector)
        m_injector->setArea(area);
}

void ControlGate::setHotkey(const Hotkey& hotkey)
{
    const std::lock_guard lock(m_mutex);
    if (m_injector)
        m_injector->setHotkey(hotkey);
}

void ControlGate::handle(const InputEvent& event, TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    m_lastHeard = now;
    if (!mayInject(now)) {
        ++m_counts.dropped;
        return;
    }
    ++m_counts.injected;
    m_held.note(event);
    m_injector->inject(event);
}

void ControlGate::heard(TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    m_lastHeard = now;
}

void ControlGate::localInput(TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    m_localUntil = now + kLocalPriority;
    release();
}

void ControlGate::releaseIfSilent(TimePoint now)
{
    const std::lock_guard lock(m_mutex);
    if (!m_held.isEmpty() && now - m_lastHeard > kSilence)
        release();
}

ControlGate::Counts ControlGate::counts() const
{
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

bool ControlGate::mayInject(TimePoint now) const
{
    return m_injector && !m_isPaused && now >= m_localUntil;
}

void ControlGate::release()
{
    m_held.clear();
    if (m_injector)
        m_injector->releaseAll();
}

} // namespace sightline
