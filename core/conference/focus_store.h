#pragma once

#include "core/signaling/roster.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace sightline {

/// A participant as it outlives the server's process.
struct StoredParticipant {
    Participant participant;
    QByteArray tokenHash; ///< of what lets it come back
    bool mayView = false;
    bool isOrganizer = false;
    bool operator==(const StoredParticipant&) const = default;
};

/// A meeting likewise. No secret is in it, only hashes.
struct StoredMeeting {
    QString id;
    QString subject = {};
    MeetingSettings settings = {};
    bool isLocked = false;
    QByteArray passcodeHash = {};
    QByteArray keyHash = {};
    QString creator = {};
    QDateTime expiresAt = {}; ///< invalid: never
    quint32 nextNumber = 1;
    QString sharingEntity = {}; ///< empty: the picture is direct
    QList<StoredParticipant> participants = {};
    bool operator==(const StoredMeeting&) const = default;
};

/// One line of the audit log.
struct AuditEntry {
    QDateTime time;
    QString meetingId;
    QString event; ///< "joined", "left", "shared"...: the list is in README.md
    QString entity;
    QString displayName;
    QString detail = {};
    bool operator==(const AuditEntry&) const = default;
};

/// Where the focus keeps what outlives it. Nothing here waits for a disk.
class FocusStore {
public:
    virtual ~FocusStore() = default;
    virtual void save(const StoredMeeting& meeting) = 0;
    virtual void remove(const QString& meetingId) = 0;
    virtual void audit(const AuditEntry& entry) = 0;
};

} // namespace sightline
