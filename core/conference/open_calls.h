#pragma once

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <utility>

namespace sightline {

/// The calls that one participant has offered and nobody has ended, so that their number can be limited.
class OpenCalls {
public:
    /// False when it is a new call and `limit` of them are open.
    bool open(const QString& peer, const QString& callId, int limit)
    {
        if (m_calls.value(peer).contains(callId))
            return true;
        if (m_count >= limit)
            return false;
        m_calls[peer].insert(callId);
        ++m_count;
        return true;
    }

    void close(const QString& peer, const QString& callId)
    {
        const auto found = m_calls.find(peer);
        if (found == m_calls.end() || !found->remove(callId))
            return;
        --m_count;
        if (found->isEmpty())
            m_calls.erase(found);
    }

    void closeAll(const QString& peer) { m_count -= static_cast<int>(m_calls.take(peer).size()); }

    void clear()
    {
        m_calls.clear();
        m_count = 0;
    }

    int count() const { return m_count; }

    /// All of them, as peer and call id.
    QList<std::pair<QString, QString>> all() const
    {
        QList<std::pair<QString, QString>> calls;
        for (auto it = m_calls.cbegin(); it != m_calls.cend(); ++it) {
            for (const QString& callId : it.value())
                calls.append({it.key(), callId});
        }
        return calls;
    }

private:
    QHash<QString, QSet<QString>> m_calls; ///< by peer
    int m_count = 0;
};

} // namespace sightline
