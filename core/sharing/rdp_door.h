#pragma once

#include "core/rdp/rdp_host.h"
#include "core/signaling/sharing_documents.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace sightline {

/// Where plain RDP clients knock: they connect by TLS, say who they are and which meeting they want, and wait
/// until the focus has answered. Strangers are few, and have little time. Server thread.
class RdpDoor : public QObject {
    Q_OBJECT
public:
    struct Limits {
        int strangers = 32; ///< not admitted yet, those that wait in a lobby included
        int strangersOfAddress = 4;
        std::chrono::milliseconds handshake{10'000};
        std::chrono::milliseconds answer{300'000}; ///< somebody may have to decide
    };
    struct Handlers {
        std::function<void(SharingNotification::Body)> notify;
        /// Seats it in its meeting by admitting `host`; false: there is no such meeting.
        std::function<bool(const QString& meetingId, const SharingUser& user, std::unique_ptr<RdpHost> host)>
            seat;
    };

    RdpDoor(const Limits& limits, Handlers handlers);
    ~RdpDoor() override;

    /// A connected TCP socket whose first octet is that of RDP (TPKT: 3), read by nobody yet; it is the
    /// door's from now on. One too many is closed.
    void accept(int fd, const QString& address);
    /// False: nobody waits for this answer.
    bool answer(const SharingAnswerRdpJoin& answer);
    int strangers() const { return static_cast<int>(m_strangers.size()); }

private:
    struct Stranger {
        std::unique_ptr<RdpHost> host;
        QString address;
        QString joinId; ///< empty: it has not said who it is
        QString meetingId;
    };
    void onKnocked(int id, const GuestCredentials& guest);
    void onClosed(int id, const Error& error);
    void sendAway(int id);

    const Limits m_limits;
    const Handlers m_handlers;
    int m_lastId = 0;
    std::map<int, Stranger> m_strangers;
};

} // namespace sightline
