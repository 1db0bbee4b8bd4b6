#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/transport/event_loop.h"
#include "core/transport/ice_candidate.h"
#include "core/transport/ice_server.h"
#include "core/transport/transport_path.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace sightline {

/// Finds a path to the peer and carries datagrams over it: ICE (RFC 8445) with trickled candidates (RFC
/// 8838), regular nomination, ICE-TCP (RFC 6544) below UDP in priority, and TURN. One component. It sends as
/// long as it is told to: consent (RFC 7675) is the session's business, see RTP.md.
///
/// Created, used and destroyed on the loop's thread; handlers run there, never after destruction began. They
/// must not destroy the agent.
class IceAgent {
public:
    struct Config {
        bool controlling = false;
        bool udp = true;
        bool tcp = true;
        bool relayOnly = false;
        std::vector<IceServer> servers;
        std::vector<QString>
            localAddresses; ///< empty: all of the machine, loopback only if there is no other
    };

    struct Handlers {
        std::function<void(const QByteArray& candidate)> localCandidate;
        std::function<void()> localCandidatesDone;
        std::function<void()> connected; ///< a pair is selected: send() works from now on
        std::function<void()> pathChanged; ///< also right before `connected`
        std::function<void()> failed; ///< no pair works, or the selected one works no more
        std::function<void(ByteView datagram)> received;
        std::function<void()> writable; ///< after send() said Blocked
    };

    struct Credentials {
        QByteArray ufrag;
        QByteArray password;
    };

    enum class SendResult { Sent, Blocked, Lost };

    /// Gathering starts with gather(). IceFailed when libnice cannot be set up or an address is none.
    static Result<std::unique_ptr<IceAgent>> create(EventLoop& loop, const Config& config, Handlers handlers);
    ~IceAgent();
    IceAgent(const IceAgent&) = delete;
    IceAgent& operator=(const IceAgent&) = delete;

    /// IceFailed when there is no address to be reached at.
    Result<void> gather();

    Credentials localCredentials() const;
    void setRemoteCredentials(const Credentials& credentials);
    void addRemoteCandidate(const IceCandidate& candidate);
    void setRemoteCandidatesDone();

    /// Lost: the network refused it, and like a lost packet it does not come back.
    SendResult send(ByteView datagram);

    TransportPath path() const;

private:
    class Private;
    explicit IceAgent(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m_d;
};

} // namespace sightline
