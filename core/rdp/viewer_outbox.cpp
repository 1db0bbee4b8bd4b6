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
    // One PDU has room for them (MS-RDPBCGR 2.2.11.2); whoever wants more wants everything.
    constexpr std::size_t kMaxAreas = 64;
    const std::lock_guard lock(m_mutex);
    if (m_refresh && m_refresh->empty())
        return;
    Rects all = m_refresh.value_or(Rects());
    all.insert(all.end(), areas.begin(), areas.end());
    m_refresh = areas.empty() || all.size() > kMaxAreas ? Rects() : std::move(all);
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
