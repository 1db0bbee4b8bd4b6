#include "core/signaling/sent_calls.h"

#include <algorithm>

namespace sightline {

void SentCalls::add(const QByteArray& document)
{
    ++m_count;
    m_kept.append(document);
    m_size += document.size();
    while (m_kept.size() > kMaxKept || m_size > kMaxKeptSize)
        m_size -= m_kept.takeFirst().size();
}

QList<QByteArray> SentCalls::missed(quint32 received) const
{
    if (received >= m_count)
        return {};
    return m_kept.last(std::min<qsizetype>(m_kept.size(), m_count - received));
}

} // namespace sightline
