#pragma once

#include "core/signaling/roster.h"

#include <QObject>

namespace sightline {

class SignalingClient;

/// What presenters do in a meeting, and what the organizer does. What somebody may not do, or what does not
/// fit the moment, is refused by the server: Conversation::requestFailed. GUI thread.
class MeetingModeration : public QObject {
    Q_OBJECT
public:
    explicit MeetingModeration(SignalingClient& signaling);

    bool isPresenter() const;
    bool isOrganizer() const;

    void letIn(const QString& guest); ///< who waits in the lobby
    void turnAway(const QString& guest);
    void remove(const QString& participant);
    void setRole(const QString& participant, Participant::Role role);
    void allowControl(const QString& participant, bool isAllowed);
    void lock(bool isLocked);
    void setLobby(bool hasLobby);
    void setEverybodySees(bool isSo); ///< or the sharer is asked about each viewer
    void setPasscode(const QString& passcode); ///< empty: none
    void endSharing(); ///< of whoever shares
    void endMeeting(); ///< for everybody; the organizer

Q_SIGNALS:
    void guestsChanged(); ///< who waits in the lobby

private:
    SignalingClient& m_signaling;
    QList<LobbyGuest> m_guests;
};

} // namespace sightline
