#pragma once

#include "core/sharing/rdp_door.h"
#include "core/sharing/sharing_meeting.h"
#include "core/sharing/sharing_statistics.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace sightline {

/// The role `sharing` of a server: carries the pictures of conferences, as a focus tells it by C3P
/// (sharing_documents.h). Lives on the server's thread; its legs' packets have a thread of their own, and
/// each conference's pixels another one.
class SharingServer : public QObject {
    Q_OBJECT
public:
    struct Handlers {
        /// For the focus; id and sender are the carrier's to set. Never called inside handle().
        std::function<void(const SharingNotification&)> notify;
    };

    SharingServer(SharingLimits limits, Handlers handlers, const RdpDoor::Limits& door = {});
    ~SharingServer() override;

    /// Answers at once, with the request's id. Whatever the request says, other conferences go on.
    void handle(const SharingRequest& request, const std::function<void(const SharingResponse&)>& respond);

    /// A plain RDP client at the server's port, see RdpDoor.
    void acceptRdp(int fd, const QString& address) { m_door.accept(fd, address); }

    /// No new conferences from now on; those that are go on until the focus has moved them.
    void setDraining(bool isDraining) { m_isDraining = isDraining; }
    SharingStatistics statistics() const;

private:
    SharingMeeting* meeting(const QString& id);
    using Answer = Result<SharingResponse::Body>;
    Answer on(const SharingAddConference& request);
    Answer on(const SharingDeleteConference& request);
    Answer on(const SharingPutUser& request);
    Answer on(const SharingDeleteUser& request);
    Answer on(const SharingGetConference& request);
    Answer on(const SharingSetSharer& request);
    Answer on(const SharingCall& request);
    Answer on(const SharingAnswerRdpJoin& request);
    Answer on(const SharingGetLoad& request);
    void notify(SharingNotification::Body body);

    SharingLimits m_limits;
    const Handlers m_handlers;
    bool m_isDraining = false;
    EventLoop m_loop; ///< of all legs
    std::map<QString, std::unique_ptr<SharingMeeting>> m_meetings;
    RdpDoor m_door;
};

} // namespace sightline
