#pragma once

#include <QByteArray>
#include <QList>

namespace sightline {

/// The call documents that one side sent to the other, counted, and the last of them kept: after a break the
/// other side says how many it got, and what the dying connection swallowed is sent again (PROTOCOL.md,
/// "Coming back"). Bounded; the oldest go first. Pure.
class SentCalls {
public:
    static constexpr qsizetype kMaxKept = 64;
    static constexpr qsizetype kMaxKeptSize = 64 * 1024; ///< octets

    void add(const QByteArray& document);
    /// What a peer has missed that got `received` documents, in the order it was sent. A number that cannot
    /// be true means nothing was missed.
    QList<QByteArray> missed(quint32 received) const;
    void restart() { *this = {}; } ///< the peer begins to count anew

private:
    QList<QByteArray> m_kept;
    qsizetype m_size = 0; ///< of those kept
    quint32 m_count = 0; ///< of all
};

} // namespace sightline
