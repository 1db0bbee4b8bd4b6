#pragma once

#include <QByteArray>
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
    QList<QByteArray> capabilities = {}; ///< as in SessionDescription
    quint32 number = 0; ///< from 1, unique in the meeting for ever; 0: the server gives none
    bool mayControl = true; ///< a presenter has not muted its control
    bool operator==(const Participant&) const = default;
};

/// How a meeting is run; told when it is created, and changed by a presenter.
struct MeetingSettings {
    enum class Viewers { Ask, All }; ///< the sharer is asked about each viewer, or everybody may see
    enum class Presenters { Organizer, Everyone }; ///< who is one from the start

    bool hasLobby = false; ///< who joins waits until a presenter lets it in
    Viewers viewers = Viewers::Ask;
    Presenters presenters = Presenters::Organizer;
    bool hasPasscode = false; ///< in a roster; a request gives the passcode itself
    bool operator==(const MeetingSettings&) const = default;
};

/// Somebody who waits in the lobby.
struct LobbyGuest {
    QString entity;
    QString displayName;
    bool operator==(const LobbyGuest&) const = default;
};

/// What a roster says of the meeting as a whole beside its subject.
struct MeetingState {
    QString sharingServer = {}; ///< entity that carries the picture; empty until the meeting needs one
    QString controller = {}; ///< who controls what is shared; empty: its sharer alone
    bool isLocked = false; ///< nobody new comes in
    MeetingSettings settings = {};
    QList<LobbyGuest> lobby = {}; ///< who waits, the longest first
    bool operator==(const MeetingState&) const = default;
};

/// A meeting's state as of `version` (RFC 4575 conference-info).
struct Roster {
    QString meetingId;
    QString subject;
    quint32 version = 0;
    QList<Participant> participants; ///< in the order in which they joined
    MeetingState state = {};

    const Participant* find(const QString& entity) const;
    const Participant* sharer() const; ///< null: nobody shares
    bool operator==(const Roster&) const = default;
};

} // namespace sightline
