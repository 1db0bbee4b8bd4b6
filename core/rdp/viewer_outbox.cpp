#include "core/rdp/viewer_outbox.h"

#include <utility>

namespace sightline {

void ViewerOutbox::addInput(const InputEvent& event)
{
    const std::lock_guard lock(m_mutex);
    m_input.push(event);
}

void ViewerOutbox::addControl(const EncomspPdu& pdu)
{
    const std::lock_guard lock(m_mutex);
    m_control.push(pdu);
}

void ViewerOutbox::requestRefresh(const Rects& areas)
{
    const std::lock_guard lock(m_mutex);
    const bool isAll = areas.empty() || (m_refresh && m_refresh->empty());
    if (!m_refresh || isAll)
        m_refresh.emplace();
    if (!isAll)
        m_refresh->insert(m_refresh->end(), areas.begin(), areas.end());
}

void ViewerOutbox::acknowledge(std::uint32_t frame)
{
    const std::lock_guard lock(m_mutex);
    m_acknowledged = frame;
}

std::optional<InputEvent> ViewerOutbox::takeInput()
{
    const std::lock_guard lock(m_mutex);
    return m_input.take();
}

std::optional<EncomspPdu> ViewerOutbox::takeControl()
{
    const std::lock_guard lock(m_mutex);
    return m_input.isEmpty() ? m_control.take() : std::nullopt;
}

std::optional<Rects> ViewerOutbox::takeRefresh()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_refresh, std::nullopt);
}

std::optional<std::uint32_t> ViewerOutbox::takeAcknowledged()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_acknowledged, std::nullopt);
}

} // namespace sightline
