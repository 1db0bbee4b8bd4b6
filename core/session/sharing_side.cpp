#include "core/session/sharing_side.h"

#include "core/base/log.h"
#include "core/session/client_capabilities.h"

#include <QUuid>

#include <utility>

namespace sightline {

SharingSide::SharingSide(SignalingClient& signaling, EventLoop& loop, QObject* parent)
    : QObject(parent)
    , m_signaling(signaling)
    , m_loop(loop)
{
}

SharingSide::~SharingSide() = default;

void SharingSide::start(ScreenSender::Config config, Size desktop, bool admitAll)
{
    stop();
    m_config = std::move(config);
    m_config.excludedWindows = m_excludedWindows;
    m_desktop = desktop;
    m_admitAll = admitAll;
    RdpHost::warmUp();
    m_isPaused = false;
    setState(State::Waiting);
    m_signaling.setSharing(Participant::Sharing::Sharer);
    onRosterChanged(m_signaling.roster());
}

void SharingSide::stop()
{
    if (m_state == State::Off)
        return;
    const bool hadSession = m_session != nullptr;
    close();
    if (hadSession)
        Q_EMIT ended(Error(ErrorCode::Cancelled, QStringLiteral("sharing was stopped here")));
}

void SharingSide::giveUp(const Error& why)
{
    if (m_state == State::Off || m_session)
        return;
    qCInfo(logSession) << "There is nothing to share any more:" << why.toString();
    close();
    Q_EMIT ended(why);
}

void SharingSide::close()
{
    setState(State::Off);
    endCall(Error(ErrorCode::Gone, QStringLiteral("the sharer stopped")), true);
    for (auto it = m_admissions.cbegin(); it != m_admissions.cend(); ++it) {
        if (it.value() == Admission::Asked)
            Q_EMIT admissionWithdrawn(it.key());
    }
    m_admissions.clear();
    m_signaling.setSharing(Participant::Sharing::None);
}

void SharingSide::setControlPolicy(ControlPolicy policy)
{
    m_controlPolicy = policy;
    if (m_session)
        m_session->control().setPolicy(policy);
}

void SharingSide::setTakeBackHotkey(const Hotkey& hotkey)
{
    if (std::exchange(m_takeBackHotkey, hotkey) == hotkey)
        return;
    if (m_session)
        m_session->control().setTakeBackHotkey(hotkey);
    Q_EMIT controlChanged();
}

void SharingSide::setTarget(const ShareTarget& target, Size desktop)
{
    m_config.target = target;
    if (!desktop.isEmpty())
        m_desktop = desktop;
    if (m_session)
        m_session->setTarget(target);
}

void SharingSide::setExcludedWindows(const std::vector<std::uint64_t>& windows)
{
    m_excludedWindows = windows;
    m_config.excludedWindows = windows;
    if (m_session)
        m_session->setExcludedWindows(windows);
}

void SharingSide::setPaused(bool isPaused)
{
    if (m_state == State::Off || std::exchange(m_isPaused, isPaused) == isPaused)
        return;
    if (m_session)
        m_session->setPaused(isPaused);
    Q_EMIT controlChanged();
}

void SharingSide::onRosterChanged(const Roster& roster)
{
    if (m_state == State::Off)
        return;
    for (auto it = m_admissions.begin(); it != m_admissions.end();) {
        if (roster.find(it.key())) {
            ++it;
            continue;
        }
        if (it.value() == Admission::Asked)
            Q_EMIT admissionWithdrawn(it.key());
        it = m_admissions.erase(it);
    }
    for (const Participant& participant : roster.participants) {
        if (participant.entity != m_signaling.entity())
            evaluate(participant);
    }
}

void SharingSide::evaluate(const Participant& participant)
{
    const QString& entity = participant.entity;
    if (m_admissions.contains(entity))
        return;
    if (!canShareWith(participant.capabilities)) {
        m_admissions.insert(entity, Admission::Refused);
        m_signaling.sendBye(entity, QUuid::createUuid().toString(QUuid::WithoutBraces),
            ErrorCode::VersionMismatch, QStringLiteral("this client lacks what a direct session needs"));
        return;
    }
    if (m_session) {
        m_admissions.insert(entity, Admission::ToldBusy);
        m_signaling.sendBye(entity, QUuid::createUuid().toString(QUuid::WithoutBraces), ErrorCode::Busy,
            QStringLiteral("already sharing with somebody"));
        return;
    }
    if (m_admitAll || m_trusted.contains(entity)) {
        call(entity);
        return;
    }
    m_admissions.insert(entity, Admission::Asked);
    Q_EMIT admissionRequested(participant);
}

void SharingSide::admit(const QString& entity)
{
    if (m_state == State::Off || m_admissions.value(entity, Admission::Left) != Admission::Asked)
        return;
    if (m_session) {
        m_admissions.remove(entity);
        if (const Participant* participant = m_signaling.roster().find(entity))
            evaluate(*participant);
        return;
    }
    call(entity);
}

void SharingSide::trust(const QString& entity)
{
    m_trusted.insert(entity);
    if (m_admissions.value(entity, Admission::Left) != Admission::Asked)
        return;
    Q_EMIT admissionWithdrawn(entity);
    admit(entity);
}

void SharingSide::refuse(const QString& entity)
{
    if (m_state == State::Off || m_admissions.value(entity, Admission::Left) != Admission::Asked)
        return;
    m_admissions.insert(entity, Admission::Refused);
    m_signaling.sendBye(entity, QUuid::createUuid().toString(QUuid::WithoutBraces), ErrorCode::Declined,
        QStringLiteral("the sharer did not let you in"));
}

void SharingSide::call(const QString& entity)
{
    m_admissions.insert(entity, Admission::Admitted);
    const Participant* const viewer = m_signaling.roster().find(entity);
    Result<std::unique_ptr<HostSession>> session = HostSession::create(m_loop, m_config, m_desktop,
        {.openInjector = m_openInjector,
            .policy = m_controlPolicy,
            .takeBackHotkey = m_takeBackHotkey,
            .viewers = {{.name = viewer ? viewer->displayName : QString()}},
            .isPaused = m_isPaused});
    if (!session) {
        Q_EMIT ended(session.error());
        return;
    }
    m_session = std::move(session).value();
    m_partner = entity;
    m_callId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    connectSession();
    setState(State::Connecting);
    SessionDescription offer = m_session->leg().localDescription();
    offer.capabilities = offeredCapabilities();
    m_signaling.sendOffer(entity, m_callId, offer);
}

void SharingSide::connectSession()
{
    connectLeg(m_session->leg());
    connect(m_session.get(), &HostSession::active, this, [this] { setState(State::Active); });
    connect(m_session.get(), &HostSession::ended, this, [this](const Error& error) { endCall(error, true); });
    connect(m_session.get(), &HostSession::areaChanged, this, &SharingSide::areaChanged);
    HostControl* const control = &m_session->control();
    connect(control, &HostControl::changed, this, &SharingSide::controlChanged);
    connect(control, &HostControl::failed, this, &SharingSide::controlFailed);
    connect(control, &HostControl::requested, this, [this] { Q_EMIT controlRequested(m_partner); });
}

QList<QByteArray> SharingSide::offeredCapabilities() const
{
    // Who cannot be controlled does not offer it.
    QList<QByteArray> capabilities = clientCapabilities();
    if (!m_openInjector)
        capabilities.removeAll(kControlCapability);
    return capabilities;
}

void SharingSide::connectLeg(MediaLeg& leg)
{
    connect(&leg, &MediaLeg::localCandidate, this,
        [this](const QByteArray& candidate) { m_signaling.sendCandidate(m_partner, m_callId, candidate); });
    connect(&leg, &MediaLeg::localCandidatesDone, this,
        [this] { m_signaling.sendEndOfCandidates(m_partner, m_callId); });
    connect(&leg, &MediaLeg::restartDescribed, this, [this](const SessionDescription& restart) {
        SessionDescription offer = restart;
        offer.capabilities = offeredCapabilities();
        m_signaling.sendOffer(m_partner, m_callId, offer);
    });
    connect(&leg, &MediaLeg::interruptionChanged, this, &SharingSide::interruptionChanged);
}

bool SharingSide::isOurs(const QString& from, const QString& callId) const
{
    return m_session && from == m_partner && callId == m_callId;
}

void SharingSide::onAnswer(const QString& from, const QString& callId, const SessionDescription& answer)
{
    if (!isOurs(from, callId))
        return;
    if (answer.iceRestart > 0)
        return m_session->leg().setRemoteRestart(answer);
    if (const Result<void> set = m_session->leg().setRemoteDescription(answer); !set)
        return endCall(set.error(), true);
    m_viewerTakesControl = answer.capabilities.contains(kControlCapability);
    Q_EMIT controlChanged();
}

void SharingSide::onCandidate(const QString& from, const QString& callId, const QByteArray& candidate)
{
    if (isOurs(from, callId))
        m_session->leg().addRemoteCandidate(candidate);
}

void SharingSide::onEndOfCandidates(const QString& from, const QString& callId)
{
    if (isOurs(from, callId))
        m_session->leg().setRemoteCandidatesDone();
}

void SharingSide::onBye(const QString& from, const QString& callId, const Error& reason)
{
    if (isOurs(from, callId))
        endCall(reason, false);
}

void SharingSide::endCall(const Error& reason, bool tellPartner)
{
    if (!m_session)
        return;
    qCInfo(logSession) << "The session with the viewer ended:" << reason.toString();
    if (tellPartner) {
        // For the viewer a closed window is a sharer who stopped, as the end of the transport tells it, too.
        const ErrorCode code = reason.code() == ErrorCode::NoWindow ? ErrorCode::Gone : reason.code();
        m_signaling.sendBye(m_partner, m_callId, code, reason.message());
    }
    m_admissions.insert(m_partner, Admission::Left);
    m_session->close();
    // This may run inside one of the session's own signals. Whatever comes first, it goes before what it
    // uses.
    HostSession* const over = m_session.release();
    over->setParent(this);
    over->deleteLater();
    m_partner.clear();
    m_callId.clear();
    m_viewerTakesControl = false;
    Q_EMIT controlChanged();
    if (m_state == State::Off)
        return;

    const bool isOver = reason.code() == ErrorCode::CaptureFailed || reason.code() == ErrorCode::NoWindow
        || reason.code() == ErrorCode::NoDisplay;
    setState(isOver ? State::Off : State::Waiting);
    if (isOver) {
        m_admissions.clear();
        m_signaling.setSharing(Participant::Sharing::None);
    }
    Q_EMIT ended(reason);
    if (m_state != State::Waiting)
        return;
    m_admissions.removeIf([](const auto& entry) { return entry.value() == Admission::ToldBusy; });
    onRosterChanged(m_signaling.roster());
}

void SharingSide::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace sightline
