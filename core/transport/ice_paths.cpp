#include "core/transport/ice_paths.h"

#include "core/base/log.h"
#include "core/transport/local_addresses.h"

#include <algorithm>
#include <utility>

namespace sightline {

namespace {

using namespace std::chrono_literals;

// Own addresses are known at once; a STUN or TURN server that does not answer is not waited for longer.
constexpr Duration kDescribeAfter = 500ms;

// Each restart is sockets and checks: of offers that come faster, as after an absence, only the last counts.
constexpr Duration kBeginInterval = 300ms;

// As long as the other side may still send to the old path; far longer than it takes both to switch.
constexpr Duration kDrainTime = 3s;

// A restart that the other side has given up would probe for ever.
constexpr Duration kNextTimeout = 15s;

QString pathText(const TransportPath& path)
{
    const bool isTcp = path.protocol == TransportPath::Protocol::Tcp;
    const bool isRelay = path.kind == TransportPath::Kind::Relay;
    return QStringLiteral("%1 %2, %3 to %4")
        .arg(QLatin1StringView(isRelay ? "relay" : "direct"), QLatin1StringView(isTcp ? "TCP" : "UDP"),
            path.local, path.remote);
}

} // namespace

/// A restart under way.
struct IcePaths::Next {
    std::uint32_t generation = 0;
    std::unique_ptr<IceAgent> agent = {};
    std::vector<QByteArray> candidates = {}; ///< ours
    TimePoint start = Clock::now();
    bool isDescribed = false;
    bool hasRemote = false;
    bool isDead = false; ///< failed; it is destroyed outside of its own callback
};

IcePaths::IcePaths(EventLoop& loop, IceAgent::Config config, Handlers handlers)
    : m_loop(loop)
    , m_config(std::move(config))
    , m_handlers(std::move(handlers))
    , m_timer(loop, [this] { onTimer(); })
{
}

IcePaths::~IcePaths() = default;

bool IcePaths::isNext(std::uint32_t generation) const
{
    return m_next && m_next->generation == generation && !m_next->isDead;
}

Result<void> IcePaths::open()
{
    auto agent = IceAgent::create(m_loop, m_config, handlersOf(0));
    if (!agent)
        return std::move(agent).error();
    m_current = *std::move(agent);
    return m_current->gather();
}

void IcePaths::addRemoteCandidate(const IceCandidate& candidate)
{
    if (m_currentGeneration == 0)
        m_current->addRemoteCandidate(candidate);
}

void IcePaths::setRemoteCandidatesDone()
{
    if (m_currentGeneration == 0)
        m_current->setRemoteCandidatesDone();
}

IceAgent::Handlers IcePaths::handlersOf(std::uint32_t generation)
{
    IceAgent::Handlers handlers;
    handlers.localCandidate = [this, generation](const QByteArray& candidate) {
        if (generation == 0)
            m_handlers.localCandidate(candidate);
        else if (isNext(generation))
            m_next->candidates.push_back(candidate);
    };
    handlers.localCandidatesDone = [this, generation] {
        if (generation == 0)
            m_handlers.localCandidatesDone();
        else if (isNext(generation))
            describeNext();
    };
    handlers.connected = [this, generation] {
        if (isCurrent(generation))
            m_handlers.connected();
        else if (isNext(generation))
            switchToNext();
    };
    handlers.pathChanged = [this, generation] {
        if (!isCurrent(generation))
            return;
        qCInfo(logIce).noquote() << "Path:" << pathText(path());
        m_handlers.pathChanged();
    };
    handlers.failed = [this, generation] {
        if (isCurrent(generation))
            m_handlers.failed();
        else if (isNext(generation))
            giveUpNext();
    };
    handlers.received = m_handlers.received;
    handlers.writable = [this, generation] {
        if (isCurrent(generation))
            m_handlers.writable();
    };
    return handlers;
}

bool IcePaths::hasNetwork() const
{
    if (!m_config.localAddresses.empty())
        return true;
    const std::vector<QString> addresses = localAddresses();
    const QString own = path().local;
    const bool isLoopbackPath
        = own.startsWith(QLatin1StringView("127.")) || own.startsWith(QLatin1StringView("[::1]"));
    return std::any_of(addresses.begin(), addresses.end(), [isLoopbackPath](const QString& each) {
        const bool isLoopback
            = each.startsWith(QLatin1StringView("127.")) || each == QLatin1StringView("::1");
        return isLoopbackPath || !isLoopback;
    });
}

void IcePaths::restart(bool tcpOnly)
{
    begin(m_lastGeneration + 1, tcpOnly);
}

void IcePaths::setRemoteRestart(const RemoteRestart& remote, bool tcpOnly)
{
    const bool isNew = !m_config.controlling && remote.generation > m_lastGeneration;
    if (isNew && Clock::now() < m_lastBegin + kBeginInterval) {
        m_waiting = {remote, tcpOnly};
        armTimer();
        return;
    }
    if (isNew)
        begin(remote.generation, tcpOnly);
    setRemote(remote);
}

void IcePaths::setRemote(const RemoteRestart& remote)
{
    if (!isNext(remote.generation) || std::exchange(m_next->hasRemote, true))
        return;
    m_next->agent->setRemoteCredentials(remote.credentials);
    for (const IceCandidate& candidate : remote.candidates)
        m_next->agent->addRemoteCandidate(candidate);
    m_next->agent->setRemoteCandidatesDone();
}

void IcePaths::begin(std::uint32_t generation, bool tcpOnly)
{
    m_lastGeneration = generation;
    m_lastBegin = Clock::now();
    m_waiting.reset();
    m_next.reset();
    IceAgent::Config config = m_config;
    config.udp = config.udp && !tcpOnly;
    auto agent = IceAgent::create(m_loop, config, handlersOf(generation));
    if (!agent) {
        qCInfo(logIce) << "No ICE restart:" << agent.error().toString();
        return;
    }
    qCInfo(logIce) << "ICE restart, generation" << generation;
    m_next = std::make_unique<Next>(Next{.generation = generation, .agent = *std::move(agent)});
    if (const auto gathered = m_next->agent->gather(); !gathered) {
        qCInfo(logIce) << "No ICE restart:" << gathered.error().toString();
        m_next.reset();
        return;
    }
    armTimer();
}

void IcePaths::describeNext()
{
    if (std::exchange(m_next->isDescribed, true))
        return;
    const IceAgent::Credentials own = m_next->agent->localCredentials();
    m_handlers.restartDescribed({.generation = m_next->generation,
        .iceUfrag = own.ufrag,
        .icePwd = own.password,
        .candidates = m_next->candidates});
}

void IcePaths::switchToNext()
{
    retire(std::exchange(m_current, std::move(m_next->agent)), kDrainTime);
    m_currentGeneration = m_next->generation;
    m_next.reset();
    qCInfo(logIce).noquote() << "Path after an ICE restart:" << pathText(path());
    m_handlers.pathChanged();
    m_handlers.writable();
}

void IcePaths::giveUpNext()
{
    m_next->isDead = true;
    m_timer.setDeadline(Clock::now());
}

void IcePaths::retire(std::unique_ptr<IceAgent> agent, Duration delay)
{
    m_retired.push_back({std::move(agent), Clock::now() + delay});
    armTimer();
}

void IcePaths::onTimer()
{
    const TimePoint now = Clock::now();
    std::erase_if(m_retired, [now](const Retired& each) { return now >= each.until; });
    if (m_next && (m_next->isDead || now >= m_next->start + kNextTimeout))
        m_next.reset();
    if (m_next && now >= m_next->start + kDescribeAfter)
        describeNext();
    if (m_waiting && now >= m_lastBegin + kBeginInterval) {
        const auto [remote, tcpOnly] = *std::exchange(m_waiting, std::nullopt);
        setRemoteRestart(remote, tcpOnly);
    }
    armTimer();
}

void IcePaths::armTimer()
{
    TimePoint next = TimePoint::max();
    for (const Retired& each : m_retired)
        next = std::min(next, each.until);
    if (m_waiting)
        next = std::min(next, m_lastBegin + kBeginInterval);
    if (m_next)
        next = std::min(next, m_next->start + (m_next->isDescribed ? kNextTimeout : kDescribeAfter));
    m_timer.setDeadline(next);
}

} // namespace sightline
