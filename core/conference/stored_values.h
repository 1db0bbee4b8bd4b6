#pragma once

#include "core/conference/focus_store.h"

#include <QByteArray>

/// Stored meetings as the texts of their rows. Pure.
namespace sightline {

QByteArray toJson(const StoredMeeting& meeting); ///< without its participants
QByteArray toJson(const StoredParticipant& participant);
/// Empty values for what is not there.
StoredMeeting meetingFromJson(const QString& id, const QByteArray& json);
StoredParticipant participantFromJson(const QByteArray& json);

} // namespace sightline
