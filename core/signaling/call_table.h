#pragma once

#include "core/signaling/session_description.h"

#include <QHash>
#include <QString>

#include <utility>

namespace sightline {

/// The calls of one client that are open, with the limits of PROTOCOL.md, so that nobody can make it keep
/// more or hand on what belongs to no call. Pure.
class CallTable {
public:
    enum class Origin { Ours, Theirs };
    enum class Opened { Yes, Known, Full };

    Opened open(
        const QString& peer, const QString& callId, Origin origin, SessionDescription::Role offerRole);
    /// An ICE restart of an open call, by the side that opened it: there is an answer to come again. False
    /// when there is no such call.
    bool reopen(
        const QString& peer, const QString& callId, Origin origin, SessionDescription::Role offerRole);
    bool contains(const QString& peer, const QString& callId) const;
    /// True once, for the answer to an offer of ours, when it is the reverse of it (MS-SDPEXT 3.1.5.18).
    bool takeAnswer(const QString& peer, const QString& callId, const SessionDescription& answer);
    bool awaitsAnswer(const QString& peer, const QString& callId) const;
    /// How many of so many candidates from the peer are still within the limit.
    qsizetype takeCandidates(const QString& peer, const QString& callId, qsizetype count);
    bool close(const QString& peer, const QString& callId); ///< false: there was none
    void closeAll(const QString& peer);
    void clear() { m_calls.clear(); }

private:
    struct Call {
        Origin origin = Origin::Theirs;
        SessionDescription::Role offerRole = SessionDescription::Role::Sharer;
        bool isAnswered = false;
        qsizetype candidates = 0;
    };
    QHash<std::pair<QString, QString>, Call> m_calls;
};

} // namespace sightline
