#pragma once

#include "core/signaling/session_description.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sightline {

/// A desktop that is offered to us, until we answer.
struct OfferedCall {
    QString from; ///< a participant, or the sharing server
    QString callId;
    SessionDescription description;
    QList<QByteArray> candidates = {}; ///< that came since
    bool endOfCandidates = false;

    bool is(const QString& other, const QString& id) const { return other == from && id == callId; }
};

} // namespace sightline
