#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/conference/message_log.h"
#include "core/signaling/documents.h"

#include <QSet>

#include <optional>

namespace sightline {

/// One meeting: who is in it, who waits, and what they may do. Each change returns the partial roster that
/// tells the others (RFC 4575 4.6), whose version is one more than that of the change before; one with
/// version 0 says that nothing changed, and nobody need be told. Pure.
class Meeting {
public:
    struct Options {
        QString id;
        QString subject = {};
        MeetingSettings settings = {};
        QByteArray passcodeHash = {}; ///< empty: no passcode
        QByteArray keyHash = {}; ///< of the organizer's key
        QString creator = {}; ///< entity of the organizer's connection
        std::optional<TimePoint> expiresAt = {};
    };

    /// Where the meeting's picture is.
    struct SharingPlace {
        std::optional<quint32> server; ///< nothing: none is there that could carry it
        QString entity; ///< what the roster says
    };

    Meeting(Options options, TimePoint now);

    const Options& options() const { return m_options; }
    const QString& id() const { return m_roster.meetingId; }
    const QString& subject() const { return m_roster.subject; }
    const Roster& roster() const { return m_roster; }
    bool contains(const QString& entity) const { return m_roster.find(entity) != nullptr; }
    bool isPresenter(const QString& entity) const;
    bool isOrganizer(const QString& entity) const { return m_organizers.contains(entity); }
    void addOrganizer(const QString& entity) { m_organizers.insert(entity); }

    /// The organizer becomes presenter, everybody else what the settings say; `participant.role` is not
    /// asked, its number is given. TooLarge when `limit` participants are in it. INVARIANT: nobody joins
    /// twice.
    Result<ConferenceInfo> join(Participant participant, std::size_t limit);
    /// As it was before the server's restart.
    void restore(const Participant& participant, bool mayView, bool isOrganizer, TimePoint now);
    /// INVARIANT: `entity` is in the meeting, here and below.
    ConferenceInfo leave(const QString& entity, TimePoint now);
    /// Busy when somebody else shares and `entity` is no presenter; else it takes over.
    Result<ConferenceInfo> setSharing(const QString& entity, Participant::Sharing sharing);
    ConferenceInfo setRole(const QString& entity, Participant::Role role, TimePoint now);
    ConferenceInfo setMayControl(const QString& entity, bool mayControl);

    // The lobby. INVARIANT: who waits is not in the meeting.
    bool isLobbyFull() const { return m_roster.state.lobby.size() >= limits::kLobby; }
    bool isWaiting(const QString& entity) const;
    ConferenceInfo wait(const LobbyGuest& guest, TimePoint until);
    ConferenceInfo stopWaiting(const QString& entity);
    QStringList waitedTooLong(TimePoint now) const;
    /// Who was taken out comes in again only when a presenter lets it.
    void ban(const QString& entity) { m_banned.insert(entity); }
    bool isBanned(const QString& entity) const { return m_banned.contains(entity); }
    void pardon(const QString& entity) { m_banned.remove(entity); }

    /// What the request says; the passcode comes as its hash.
    ConferenceInfo modify(const ModifyConference& change, const QByteArray& passcodeHash);
    ConferenceInfo setController(const QString& entity);

    // Where the picture is, and who may see it there.
    const SharingPlace& place() const { return m_place; }
    ConferenceInfo setPlace(SharingPlace place);
    void losePlace() { m_place.server.reset(); }
    bool mayView(const QString& entity) const;
    void setMayView(const QString& entity, bool mayView);
    void setNumbers(quint32 next) { m_nextNumber = next; }
    quint32 nextNumber() const { return m_nextNumber; }

    MessageLog& log() { return m_log; }

    /// Since when nobody is in it; nothing while somebody is.
    std::optional<TimePoint> emptySince() const { return m_emptySince; }
    /// Since when it has no presenter; nothing while it has one.
    std::optional<TimePoint> abandonedSince() const { return m_abandonedSince; }

private:
    ConferenceInfo nextPartial();
    ConferenceInfo stateChanged();
    ConferenceInfo changed(const Participant& participant);
    Participant& participant(const QString& entity);
    void notePresenters(TimePoint now);

    Roster m_roster;
    Options m_options;
    MessageLog m_log; ///< empty while nobody is in the meeting
    SharingPlace m_place;
    QSet<QString> m_organizers;
    QSet<QString> m_viewers; ///< whom the sharer lets see
    QSet<QString> m_banned;
    QHash<QString, TimePoint> m_deadlines; ///< of those who wait
    quint32 m_nextNumber = 1;
    std::optional<TimePoint> m_emptySince;
    std::optional<TimePoint> m_abandonedSince;
};

} // namespace sightline
