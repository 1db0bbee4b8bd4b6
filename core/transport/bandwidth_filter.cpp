#include "core/transport/bandwidth_filter.h"

namespace sightline {

void BandwidthFilter::update(double value, TimePoint now, Duration window)
{
    const Entry entry{value, now};
    if (value >= m_best[0].value || now - m_best[2].time > window) {
        m_best.fill(entry);
        return;
    }
    if (value >= m_best[1].value)
        m_best[1] = m_best[2] = entry;
    else if (value >= m_best[2].value)
        m_best[2] = entry;

    if (now - m_best[0].time > window) {
        m_best = {m_best[1], m_best[2], entry};
        if (now - m_best[0].time > window)
            m_best = {m_best[1], m_best[2], entry};
    } else if (m_best[1].time == m_best[0].time && now - m_best[0].time > window / 4) {
        // Without a second choice from the next quarter the window would end without any.
        m_best[1] = m_best[2] = entry;
    } else if (m_best[2].time == m_best[1].time && now - m_best[1].time > window / 2) {
        m_best[2] = entry;
    }
}

} // namespace sightline
