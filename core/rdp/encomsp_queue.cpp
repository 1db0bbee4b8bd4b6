#include "core/rdp/encomsp_queue.h"

namespace sightline {

namespace {

bool isReplacedBy(const EncomspPdu& old, const EncomspPdu& newer)
{
    if (old.index() != newer.index())
        return false;
    if (const auto* participant = std::get_if<EncomspParticipant>(&old))
        return participant->id == std::get<EncomspParticipant>(newer).id;
    if (const auto* removed = std::get_if<EncomspParticipantRemoved>(&old))
        return removed->id == std::get<EncomspParticipantRemoved>(newer).id;
    if (const auto* change = std::get_if<EncomspControlChange>(&old))
        return change->participant == std::get<EncomspControlChange>(newer).participant;
    return true;
}

} // namespace

void EncomspQueue::push(const EncomspPdu& pdu)
{
    std::erase_if(m_pdus, [&pdu](const EncomspPdu& old) { return isReplacedBy(old, pdu); });
    m_pdus.push_back(pdu);
}

std::optional<EncomspPdu> EncomspQueue::take()
{
    if (m_pdus.empty())
        return std::nullopt;
    EncomspPdu pdu = std::move(m_pdus.front());
    m_pdus.pop_front();
    return pdu;
}

} // namespace sightline
