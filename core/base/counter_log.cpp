#include "core/base/counter_log.h"

namespace sightline {

void CounterLog::add(TimePoint now)
{
    ++m_total;
    if (m_reported != 0 && now - m_lastReport < std::chrono::seconds(1))
        return;
    qCInfo(m_category).nospace() << m_what << " (+" << m_total - m_reported << ", " << m_total << " in all)";
    m_reported = m_total;
    m_lastReport = now;
}

} // namespace sightline
