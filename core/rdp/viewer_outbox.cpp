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

void ViewerOutbox::requestRefresh()
{
    const std::lock_guard lock(m_mutex);
    m_refreshWanted = true;
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

bool ViewerOutbox::takeRefresh()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_refreshWanted, false);
}

} // namespace sightline
