#pragma once

#include <QList>
#include <QString>

namespace sightline {

/// One participant of a meeting as the roster tells (RFC 4575 user element).
struct Participant {
    enum class Role { Presenter, Attendee };
    enum class Sharing { None, Sharer, Viewer }; ///< applicationsharing media: sendonly, recvonly

    QString entity; ///< the server's name for the participant, unique
    QString displayName;
    Role role = Role::Attendee;
    Sharing sharing = Sharing::None;
    QList<QByteArray> capabilities; ///< as in SessionDescription
    bool operator==(const Participant&) const = default;
};

/// A meeting's state as of `version` (RFC 4575 conference-info).
struct Roster {
    QString meetingId;
    QString subject;
    quint32 version = 0;
    QList<Participant> participants; ///< in the order in which they joined

    const Participant* find(const QString& entity) const;
    bool operator==(const Roster&) const = default;
};

} // namespace sightline
