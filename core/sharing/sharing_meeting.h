#pragma once

#include "core/sharing/sharer_leg.h"
#include "core/sharing/sharing_limits.h"
#include "core/sharing/viewer_leg.h"
#include "core/signaling/call_exchange.h"
#include "core/signaling/sharing_documents.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace sightline {

/// One conference on a sharing server: who is in, whose picture it is, a leg for each of them. To the sharer
/// it is one viewer, to each viewer the sharer. Server thread.
class SharingMeeting : public QObject {
    Q_OBJECT
public:
    using Notify = std::function<void(SharingNotification::Body)>;

    SharingMeeting(
        EventLoop& loop, const SharingAddConference& conference, SharingLimits& limits, Notify notify);
    ~SharingMeeting() override;

    const QString& sharingEntity() const { return m_entity; }
    /// TooLarge: no more of them.
    Result<void> putUser(const SharingUser& user);
    void deleteUser(const QString& entity);
    void setSharer(const QString& entity);
    /// NotFound: from nobody who is in here; TooOften: more than anybody has a reason to send.
    Result<void> takeCall(const CallDocument& call);
    SharingConference describe() const;
    int legs() const;
    RelayStatistics relayStatistics() const { return m_hub.relay.statistics(); }
    struct PathSums {
        int count = 0;
        double lossPercent = 0;
        double roundTripSeconds = 0;
    };
    void addPaths(PathSums& sums) const; ///< of the viewers' legs

    /// An RDP client is this user from now on, until the user is deleted. NotFound: no such user.
    Result<void> seatGuest(const QString& entity, std::unique_ptr<RdpHost> host);

private:
    /// A user, and the leg on which it sees the picture.
    struct Seat {
        SharingUser user;
        std::unique_ptr<ViewerLeg> leg;
        QString callId;
        bool hasLeft = false; ///< it ended its call itself: not offered again until somebody else shares
        int failures = 0; ///< since its last picture
        std::unique_ptr<ViewerEnd> guest; ///< an RDP client
        Participant::Sharing media = Participant::Sharing::None; ///< as the focus knows it
    };

    // Calls.
    void connectCalls();
    void onOffer(const QString& from, const QString& callId, const SessionDescription& offer);
    void onAnswer(const QString& from, const QString& callId, const SessionDescription& answer);
    void onBye(const QString& from, const QString& callId, const Error& reason);
    MediaLeg* legOf(const QString& peer, const QString& callId);
    bool isTooOften(const QString& from);
    void connectLeg(MediaLeg& leg, const QString& peer, const QString& callId);

    // The sharer's leg.
    void takeOffer(const QString& from, const QString& callId, const SessionDescription& offer);
    void onPicture();
    void endSharer(const std::optional<Error>& tell);
    void blacken();

    // Viewers' legs.
    bool mayOffer(const Seat& seat) const;
    void offerAll();
    void offer(Seat& seat);
    void offerLater(const QString& entity, int failures);
    void endViewer(Seat& seat, const std::optional<Error>& tell);
    void onViewerEnded(const QString& entity, const Error& error);

    void endGuest(Seat& seat);
    ViewerEnd* endOf(Seat* seat) const;
    void onControllerChanged(std::uint32_t number);
    void setMedia(Seat& seat, Participant::Sharing media);
    Seat* seatOf(const QString& entity);
    Seat* seatOf(std::uint32_t number);
    void bury(std::unique_ptr<QObject> leg);

    EventLoop& m_loop;
    const QString m_meetingId;
    const QString m_entity;
    SharingLimits& m_limits;
    const Notify m_notify;
    CallExchange m_calls;
    SharingHub m_hub;
    std::unique_ptr<RelaySource> m_blackness; ///< shown while nobody shares
    Size m_desktop{1280, 720};
    bool m_hasPicture = false; ///< of a sharer, perhaps of one whose leg broke
    std::map<QString, Seat> m_seats; ///< by entity
    QHash<QString, std::deque<TimePoint>> m_offers; ///< lately, by whom
    QString m_sharer; ///< whose offer is taken; empty: nobody's
    QString m_sharerPeer; ///< whose leg there is
    QString m_sharerCall;
    std::unique_ptr<SharerLeg> m_sharerLeg;
    std::uint32_t m_controller = 0; ///< as the focus knows it
    std::deque<std::unique_ptr<ViewerEnd>> m_leaving; ///< RDP clients that are being told
    std::vector<std::unique_ptr<QObject>> m_buried; ///< that end inside one of their own signals
};

} // namespace sightline
