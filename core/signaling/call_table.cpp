#include "core/signaling/call_table.h"

#include "core/signaling/limits.h"

#include <algorithm>

namespace sightline {

CallTable::Opened CallTable::open(
    const QString& peer, const QString& callId, Origin origin, SessionDescription::Role offerRole)
{
    if (contains(peer, callId))
        return Opened::Known;
    if (m_calls.size() >= limits::kCallsPerConnection)
        return Opened::Full;
    m_calls.insert({peer, callId}, Call{origin, offerRole, false, 0});
    return Opened::Yes;
}

bool CallTable::reopen(
    const QString& peer, const QString& callId, Origin origin, SessionDescription::Role offerRole)
{
    const auto call = m_calls.find({peer, callId});
    if (call == m_calls.end() || call->origin != origin || call->offerRole != offerRole)
        return false;
    call->isAnswered = false;
    return true;
}

bool CallTable::contains(const QString& peer, const QString& callId) const
{
    return m_calls.contains({peer, callId});
}

bool CallTable::awaitsAnswer(const QString& peer, const QString& callId) const
{
    const auto call = m_calls.constFind({peer, callId});
    return call != m_calls.cend() && call->origin == Origin::Ours && !call->isAnswered;
}

bool CallTable::takeAnswer(const QString& peer, const QString& callId, const SessionDescription& answer)
{
    const auto call = m_calls.find({peer, callId});
    if (call == m_calls.end() || call->origin != Origin::Ours || call->isAnswered)
        return false;
    if (answer.role == call->offerRole || answer.setup == SessionDescription::Setup::ActPass)
        return false;
    call->isAnswered = true;
    return true;
}

qsizetype CallTable::takeCandidates(const QString& peer, const QString& callId, qsizetype count)
{
    const auto call = m_calls.find({peer, callId});
    if (call == m_calls.end())
        return 0;
    const qsizetype taken = std::min(count, limits::kCandidates - call->candidates);
    call->candidates += taken;
    return taken;
}

bool CallTable::close(const QString& peer, const QString& callId)
{
    return m_calls.remove({peer, callId});
}

void CallTable::closeAll(const QString& peer)
{
    m_calls.removeIf([&peer](const auto& entry) { return entry.key().first == peer; });
}

} // namespace sightline
