#include "core/sharing/source_gate.h"

#include "core/rdp/rdp_source.h"

#include <utility>

namespace sightline {

void SourceGate::open(RdpSource* source)
{
    const std::lock_guard lock(m_mutex);
    m_source = source;
    if (m_acknowledged)
        m_source->acknowledge(*std::exchange(m_acknowledged, std::nullopt));
}

void SourceGate::close()
{
    const std::lock_guard lock(m_mutex);
    m_source = nullptr;
    m_acknowledged.reset();
}

void SourceGate::acknowledge(std::uint32_t frame)
{
    const std::lock_guard lock(m_mutex);
    if (m_source)
        m_source->acknowledge(frame);
    else
        m_acknowledged = frame;
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
