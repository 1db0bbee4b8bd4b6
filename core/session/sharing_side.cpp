#include "core/session/sharing_side.h"

#include "core/base/log.h"
#include "core/session/server_call.h"

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// The focus escalates within a round trip to a sharing server; without one there is none to wait for.
constexpr auto kServerComes = 3s;
constexpr auto kDirectEnds = 10s;

} // namespace

SharingSide::SharingSide(SignalingClient& signaling, EventLoop& loop, QObject* parent)
    : QObject(parent)
    , m_signaling(signaling)
    , m_loop(loop)
{
    m_serverComes.setSingleShot(true);
    m_serverComes.setInterval(kServerComes);
    m_directEnds.setSingleShot(true);
    m_directEnds.setInterval(kDirectEnds);
    connect(&m_serverComes, &QTimer::timeout, this, [this] {
        m_noServer = true;
        onRosterChanged(m_signaling.roster());
    });
    connect(&m_directEnds, &QTimer::timeout, this, [this] {
        const Error moved(ErrorCode::Moved, QStringLiteral("the picture goes through the server"));
        if (m_direct) {
            m_direct->end(moved);
            onDirectEnded(moved);
        }
    });
    connect(&m_admissions, &Admissions::requested, this, &SharingSide::admissionRequested);
    connect(&m_admissions, &Admissions::withdrawn, this, &SharingSide::admissionWithdrawn);
}

SharingSide::~SharingSide() = default;

void SharingSide::start(ScreenSender::Config config, Size desktop, bool admitAll)
{
    stop();
    m_config = std::move(config);
    m_config.excludedWindows = m_excludedWindows;
    m_desktop = desktop;
    m_admissions.start(admitAll);
    RdpHost::warmUp();
    m_isPaused = false;
    m_noServer = false;
    m_withoutPath.reset();
    setState(State::Waiting);
    m_signaling.setSharing(Participant::Sharing::Sharer);
    onRosterChanged(m_signaling.roster());
}

void SharingSide::stop()
{
    if (m_state == State::Off)
        return;
    const bool hadSession = session() || m_server;
    close(true, Error(ErrorCode::Gone, QStringLiteral("the sharer stopped")));
    if (hadSession)
        Q_EMIT ended(Error(ErrorCode::Cancelled, QStringLiteral("sharing was stopped here")));
}

void SharingSide::giveUp(const Error& why)
{
    if (m_state == State::Off || session())
        return;
    qCInfo(logSession) << "There is nothing to share any more:" << why.toString();
    close(true, why);
    Q_EMIT ended(why);
}

void SharingSide::onTakenAway(const Error& why)
{
    if (m_state == State::Off)
        return;
    close(false, why);
    Q_EMIT ended(why);
}

void SharingSide::close(bool tellRoster, const Error& reason)
{
    setState(State::Off);
    m_serverComes.stop();
    m_directEnds.stop();
    if (m_server) {
        m_server->stop(reason);
        // This may run inside one of its signals.
        ServerCall* const over = m_server.release();
        over->disconnect(this);
        over->setParent(this);
        over->deleteLater();
    }
    if (m_direct) {
        m_direct->end(reason);
        dropDirect();
    }
    m_admissions.clear();
    m_allowed.clear();
    if (tellRoster)
        m_signaling.setSharing(Participant::Sharing::None);
    Q_EMIT controlChanged();
}

void SharingSide::forEachSession(const std::function<void(HostSession&)>& act)
{
    if (m_direct)
        act(m_direct->session());
    if (HostCall* const call = serverHostCall())
        act(call->session());
}

void SharingSide::setControlPolicy(ControlPolicy policy)
{
    m_controlPolicy = policy;
    forEachSession([policy](HostSession& session) { session.control().setPolicy(policy); });
}

void SharingSide::setTakeBackHotkey(const Hotkey& hotkey)
{
    if (std::exchange(m_takeBackHotkey, hotkey) == hotkey)
        return;
    forEachSession([&hotkey](HostSession& session) { session.control().setTakeBackHotkey(hotkey); });
    Q_EMIT controlChanged();
}

void SharingSide::setTarget(const ShareTarget& target, Size desktop)
{
    m_config.target = target;
    if (!desktop.isEmpty())
        m_desktop = desktop;
    forEachSession([&target](HostSession& session) { session.setTarget(target); });
}

void SharingSide::setExcludedWindows(const std::vector<std::uint64_t>& windows)
{
    m_excludedWindows = windows;
    m_config.excludedWindows = windows;
    forEachSession([&windows](HostSession& session) { session.setExcludedWindows(windows); });
}

void SharingSide::setPaused(bool isPaused)
{
    if (m_state == State::Off || std::exchange(m_isPaused, isPaused) == isPaused)
        return;
    forEachSession([isPaused](HostSession& session) { session.setPaused(isPaused); });
    Q_EMIT controlChanged();
}

void SharingSide::onRosterChanged(const Roster& roster)
{
    if (m_state == State::Off)
        return;
    m_admissions.prune(roster);
    if (!roster.state.sharingServer.isEmpty()) {
        callServer(roster);
        evaluateForServer(roster);
        updateState();
        return;
    }
    for (const Participant& participant : roster.participants) {
        if (participant.entity != m_signaling.entity())
            evaluate(participant);
    }
}

void SharingSide::connectSession(HostSession& session)
{
    connect(&session, &HostSession::areaChanged, this, &SharingSide::areaChanged);
    connect(&session.leg(), &MediaLeg::interruptionChanged, this, &SharingSide::interruptionChanged);
    HostControl* const control = &session.control();
    connect(control, &HostControl::changed, this, &SharingSide::controlChanged);
    connect(control, &HostControl::failed, this, &SharingSide::controlFailed);
}

void SharingSide::onAnswer(const QString& from, const QString& callId, const SessionDescription& answer)
{
    if (HostCall* const call = callOf(from, callId))
        call->onAnswer(answer);
}

void SharingSide::onCandidate(const QString& from, const QString& callId, const QByteArray& candidate)
{
    if (HostCall* const call = callOf(from, callId))
        call->session().leg().addRemoteCandidate(candidate);
}

void SharingSide::onEndOfCandidates(const QString& from, const QString& callId)
{
    if (HostCall* const call = callOf(from, callId))
        call->session().leg().setRemoteCandidatesDone();
}

void SharingSide::onBye(const QString& from, const QString& callId, const Error& reason)
{
    HostCall* const call = callOf(from, callId);
    if (!call)
        return;
    if (call == m_direct.get()) {
        call->session().close();
        onDirectEnded(reason);
    } else {
        m_server->onBye(reason);
    }
}

HostCall* SharingSide::serverHostCall() const
{
    return m_server ? m_server->call() : nullptr;
}

HostCall* SharingSide::callOf(const QString& from, const QString& callId) const
{
    if (m_direct && m_direct->is(from, callId))
        return m_direct.get();
    HostCall* const call = serverHostCall();
    return call && call->is(from, callId) ? call : nullptr;
}

HostSession* SharingSide::session() const
{
    // The direct one as long as its viewer has nothing better.
    if (m_direct)
        return &m_direct->session();
    HostCall* const call = serverHostCall();
    return call ? &call->session() : nullptr;
}

QString SharingSide::partner() const
{
    return m_direct ? m_direct->partner() : QString();
}

QStringList SharingSide::viewers() const
{
    if (m_state == State::Off)
        return {};
    QStringList found;
    if (m_direct && m_direct->session().isActive())
        found.append(m_direct->partner());
    if (!m_server)
        return found;
    for (const Participant& participant : m_signaling.roster().participants) {
        if (participant.sharing == Participant::Sharing::Viewer && !found.contains(participant.entity))
            found.append(participant.entity);
    }
    return found;
}

bool SharingSide::isInterrupted() const
{
    if (m_direct)
        return m_direct->session().leg().isInterrupted();
    if (!m_server || !m_server->wasActive())
        return false;
    return !m_server->isActive() || m_server->call()->session().leg().isInterrupted();
}

void SharingSide::updateState()
{
    if (m_state == State::Off)
        return;
    if (m_server && m_server->wasActive())
        return setState(State::Active);
    if (m_direct)
        return setState(m_direct->session().isActive() ? State::Active : State::Connecting);
    setState(m_server ? State::Connecting : State::Waiting);
}

void SharingSide::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace sightline
