#pragma once

#include "core/transport/ice_agent.h"
#include "core/transport/ice_restart.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace sightline {

/// The ICE agents of one session: the one in use, and during a restart the one that is to follow it.
///
/// A restart makes before it breaks: the old agent carries on until the new one has found a path, and is
/// listened to a moment longer. It is a new agent and not nice_agent_restart(), because only a new one binds
/// to the addresses that the machine has now. Created, used and destroyed on the loop's thread; handlers run
/// there and must not destroy it.
class IcePaths {
public:
    struct Handlers {
        // Of the first generation:
        std::function<void(const QByteArray& candidate)> localCandidate;
        std::function<void()> localCandidatesDone;
        std::function<void()> connected;
        // Of the one in use:
        std::function<void()> pathChanged;
        std::function<void()> failed;
        std::function<void()> writable;
        // Of any:
        std::function<void(ByteView datagram)> received;
        std::function<void(const IceRestart& own)> restartDescribed; ///< to be told the other side
    };

    /// The other side's half of a restart, checked.
    struct RemoteRestart {
        std::uint32_t generation = 0;
        IceAgent::Credentials credentials;
        std::vector<IceCandidate> candidates;
    };

    IcePaths(EventLoop& loop, IceAgent::Config config, Handlers handlers);
    ~IcePaths();
    IcePaths(const IcePaths&) = delete;
    IcePaths& operator=(const IcePaths&) = delete;

    /// Begins the first generation. IceFailed as in IceAgent.
    Result<void> open();
    IceAgent& first() { return *m_current; } ///< before any restart
    // Of the first generation; when it is not in use any more they come too late.
    void addRemoteCandidate(const IceCandidate& candidate);
    void setRemoteCandidatesDone();

    /// The offerer's first step; what was begun before and is not done is given up. `tcpOnly`: a stream that
    /// counts on TCP stays on it.
    void restart(bool tcpOnly);
    /// The answerer begins with it, the offerer goes on with it. What fits no restart is left out.
    void setRemoteRestart(const RemoteRestart& remote, bool tcpOnly);

    /// Whether this machine has an address that a restart could be tried from.
    bool hasNetwork() const;

    IceAgent::SendResult send(ByteView datagram) { return m_current->send(datagram); }
    TransportPath path() const { return m_current->path(); }

private:
    struct Next;
    struct Retired {
        std::unique_ptr<IceAgent> agent;
        TimePoint until;
    };

    IceAgent::Handlers handlersOf(std::uint32_t generation);
    bool isCurrent(std::uint32_t generation) const { return generation == m_currentGeneration; }
    bool isNext(std::uint32_t generation) const;
    void begin(std::uint32_t generation, bool tcpOnly);
    void setRemote(const RemoteRestart& remote);
    void describeNext();
    void switchToNext();
    void giveUpNext();
    void retire(std::unique_ptr<IceAgent> agent, Duration delay);
    void onTimer();
    void armTimer();

    EventLoop& m_loop;
    const IceAgent::Config m_config;
    const Handlers m_handlers;
    EventLoop::Timer m_timer;
    std::uint32_t m_currentGeneration = 0;
    std::uint32_t m_lastGeneration = 0; ///< that was begun
    std::unique_ptr<IceAgent> m_current;
    std::unique_ptr<Next> m_next;
    TimePoint m_lastBegin{};
    std::optional<std::pair<RemoteRestart, bool>> m_waiting; ///< the other side's newest, and tcpOnly
    std::vector<Retired> m_retired;
};

} // namespace sightline
