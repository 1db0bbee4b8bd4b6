#include "core/sharing/source_gate.h"

#include "core/rdp/rdp_source.h"

namespace sightline {

void SourceGate::open(RdpSource* source)
{
    const std::lock_guard lock(m_mutex);
    m_source = source;
}

void SourceGate::acknowledge(std::uint32_t frame)
{
    const std::lock_guard lock(m_mutex);
    if (m_source)
        m_source->acknowledge(frame);
}

void SourceGate::requestRefresh(const Rects& areas)
{
    const std::lock_guard lock(m_mutex);
    if (m_source)
        m_source->requestRefresh(areas);
}

void SourceGate::sendInput(const InputEvent& event)
{
    const std::lock_guard lock(m_mutex);
    if (m_source)
        m_source->sendInput(event);
}

void SourceGate::sendControl(const EncomspPdu& pdu)
{
    const std::lock_guard lock(m_mutex);
    if (m_source)
        m_source->sendControl(pdu);
}

} // namespace sightline
