#include "core/base/log.h"
#include "core/media/client_capabilities.h"
#include "core/session/path_failure.h"
#include "core/session/server_call.h"
#include "core/session/sharing_side.h"

#include <QUuid>

#include <utility>

// Whom a sharer calls: one viewer, or the sharing server; and how the one becomes the other.

namespace sightline {
namespace {

using Answer = Admissions::Answer;

void tell(SignalingClient& signaling, const QString& entity, ErrorCode code, const QString& text)
{
    signaling.sendBye(entity, QUuid::createUuid().toString(QUuid::WithoutBraces), code, text);
}

bool isOver(ErrorCode code)
{
    return code == ErrorCode::CaptureFailed || code == ErrorCode::NoWindow || code == ErrorCode::NoDisplay;
}

} // namespace

void SharingSide::evaluate(const Participant& participant)
{
    const QString& entity = participant.entity;
    if (m_admissions.of(entity) != Answer::None)
        return;
    // More than one viewer needs a sharing server, which is on its way if there is any.
    const bool needsServer = m_direct || m_signaling.roster().participants.size() > 2
        || !participant.capabilities.contains(kDirectCapability);
    if (needsServer && !m_noServer)
        return waitForServer();
    if (!canShareWith(participant.capabilities)) {
        m_admissions.set(entity, Answer::Refused);
        tell(m_signaling, entity, ErrorCode::VersionMismatch,
            QStringLiteral("this client lacks what a direct session needs"));
        return;
    }
    if (m_direct) {
        m_admissions.set(entity, Answer::ToldBusy);
        tell(m_signaling, entity, ErrorCode::Busy, QStringLiteral("already sharing with somebody"));
        return;
    }
    if (m_admissions.isWelcome(entity))
        call(entity);
    else
        m_admissions.ask(participant);
}

void SharingSide::waitForServer()
{
    if (!m_serverComes.isActive())
        m_serverComes.start();
}

void SharingSide::evaluateForServer(const Roster& roster)
{
    const Participant* const self = roster.find(m_signaling.entity());
    if (!self || self->sharing != Participant::Sharing::Sharer)
        return;
    if (roster.state.settings.viewers == MeetingSettings::Viewers::All) {
        m_admissions.forget(Answer::Asked);
        return;
    }
    m_admissions.forget(Answer::ToldBusy);
    m_allowed.removeIf([&roster](const QString& entity) { return !roster.find(entity); });
    for (const Participant& participant : roster.participants) {
        const QString& entity = participant.entity;
        if (entity == m_signaling.entity())
            continue;
        if (m_admissions.of(entity) == Answer::None) {
            if (m_admissions.isWelcome(entity))
                m_admissions.set(entity, Answer::Admitted);
            else
                m_admissions.ask(participant);
        }
        // Also whom we have let in before there was a server.
        if (m_admissions.of(entity) == Answer::Admitted && !m_allowed.contains(entity)) {
            m_allowed.append(entity);
            m_signaling.allowView(entity, true);
        }
    }
}

void SharingSide::admit(const QString& entity)
{
    if (m_state == State::Off || m_admissions.of(entity) != Answer::Asked)
        return;
    if (m_server) {
        m_admissions.set(entity, Answer::Admitted);
        return evaluateForServer(m_signaling.roster());
    }
    if (!m_direct)
        return call(entity);
    m_admissions.set(entity, Answer::None);
    if (const Participant* participant = m_signaling.roster().find(entity))
        evaluate(*participant);
}

void SharingSide::trust(const QString& entity)
{
    if (m_admissions.trust(entity))
        admit(entity);
}

void SharingSide::refuse(const QString& entity)
{
    if (m_state == State::Off || m_admissions.of(entity) != Answer::Asked)
        return;
    m_admissions.set(entity, Answer::Refused);
    tell(m_signaling, entity, ErrorCode::Declined, QStringLiteral("the sharer did not let you in"));
}

HostControl::Config SharingSide::controlConfig(
    std::vector<ControlViewer> viewers, bool introducesViewers) const
{
    return {.openInjector = m_openInjector,
        .policy = m_controlPolicy,
        .takeBackHotkey = m_takeBackHotkey,
        .viewers = std::move(viewers),
        .introducesViewers = introducesViewers,
        .isPaused = m_isPaused};
}

std::vector<ControlViewer> SharingSide::controlViewers(const Roster& roster) const
{
    std::vector<ControlViewer> viewers;
    for (const Participant& participant : roster.participants) {
        if (participant.entity != m_signaling.entity() && participant.number != 0)
            viewers.push_back({participant.number, participant.displayName, participant.mayControl});
    }
    return viewers;
}

void SharingSide::call(const QString& entity)
{
    m_admissions.set(entity, Answer::Admitted);
    const Participant* const viewer = m_signaling.roster().find(entity);
    Result<std::unique_ptr<HostCall>> made = HostCall::call(m_signaling, m_loop, entity,
        {.capture = m_config,
            .desktop = m_desktop,
            .control = controlConfig({{.name = viewer ? viewer->displayName : QString()}}, true)});
    if (!made) {
        Q_EMIT ended(made.error());
        return;
    }
    m_direct = std::move(made).value();
    m_directStanding = {};
    HostSession& session = m_direct->session();
    connectSession(session);
    connect(m_direct.get(), &HostCall::answered, this, &SharingSide::controlChanged);
    connect(m_direct.get(), &HostCall::ended, this, &SharingSide::onDirectEnded);
    connect(&session, &HostSession::active, this, &SharingSide::updateState);
    HostControl* const control = &session.control();
    connect(
        control, &HostControl::changed, this, [this, control] { m_directStanding = control->standing(); });
    connect(control, &HostControl::requested, this, [this, entity] { Q_EMIT controlRequested(entity); });
    updateState();
}

void SharingSide::callServer(const Roster& roster)
{
    const Participant* const self = roster.find(m_signaling.entity());
    // Until the roster says so it takes no call of ours.
    if (!m_server && (!self || self->sharing != Participant::Sharing::Sharer))
        return;
    if (!m_server)
        makeServerCall();
    m_server->setServer(roster.state.sharingServer);
    if (HostCall* const call = serverHostCall())
        call->session().control().setViewers(controlViewers(roster));
}

void SharingSide::makeServerCall()
{
    m_serverComes.stop();
    m_withoutPath.reset();
    m_server = std::make_unique<ServerCall>([this](const QString& server) {
        return HostCall::call(m_signaling, m_loop, server,
            {.capture = m_config,
                .desktop = m_desktop,
                .control = controlConfig(controlViewers(m_signaling.roster()), false)});
    });
    connect(m_server.get(), &ServerCall::called, this, [this] {
        if (HostCall* const call = m_server->call()) {
            connectSession(call->session());
            connect(call, &HostCall::answered, this, &SharingSide::controlChanged);
            connect(&call->session().control(), &HostControl::requested, this,
                [this](std::uint32_t number) { Q_EMIT controlRequested(entityOf(number)); });
        }
        updateState();
        Q_EMIT controlChanged();
    });
    connect(m_server.get(), &ServerCall::active, this, &SharingSide::onServerActive);
    connect(m_server.get(), &ServerCall::interruptionChanged, this, &SharingSide::interruptionChanged);
    connect(m_server.get(), &ServerCall::ended, this, &SharingSide::onServerEnded);
}

void SharingSide::onServerActive()
{
    if (m_direct && !m_directEnds.isActive())
        m_directEnds.start();
    updateState();
    Q_EMIT controlChanged();
}

void SharingSide::onServerEnded(const Error& error)
{
    const bool isTakenAway
        = error.code() == ErrorCode::Replaced || error.code() == ErrorCode::EndedByPresenter;
    close(!isTakenAway, error);
    Q_EMIT ended(error);
}

void SharingSide::onDirectEnded(const Error& reason)
{
    const QString viewer = m_direct->partner();
    const bool neverConnected = m_state == State::Connecting;
    qCInfo(logSession) << "The direct session ended:" << reason.toString();
    const HostControl::Standing standing = m_directStanding;
    dropDirect();
    if (m_server) {
        // The viewer sees the same through the server, or is about to.
        carryControlOver(viewer, standing);
        updateState();
        Q_EMIT controlChanged();
        Q_EMIT interruptionChanged();
        return;
    }
    if (isOver(reason.code())) {
        close(true, reason);
        Q_EMIT ended(reason);
        return;
    }
    Q_EMIT controlChanged();
    if (neverConnected && isPathless(reason.code()) && !m_noServer) {
        m_withoutPath = reason;
        m_signaling.useServer();
        updateState();
        Q_EMIT serverAskedFor();
        return;
    }
    m_admissions.set(viewer, Answer::Left);
    updateState();
    Q_EMIT ended(reason);
    if (m_state != State::Waiting)
        return;
    m_admissions.forget(Answer::ToldBusy);
    onRosterChanged(m_signaling.roster());
}

void SharingSide::onServerRefused()
{
    if (m_state == State::Off || m_server || !m_withoutPath)
        return;
    m_noServer = true;
    Q_EMIT ended(*std::exchange(m_withoutPath, std::nullopt));
}

void SharingSide::carryControlOver(const QString& entity, const HostControl::Standing& standing)
{
    HostCall* const call = serverHostCall();
    const Participant* const viewer = m_signaling.roster().find(entity);
    // Who only asked asks again itself.
    if (call && viewer && standing.controller != 0)
        call->session().control().restore({.controller = viewer->number, .asking = {}});
}

void SharingSide::dropDirect()
{
    m_directEnds.stop();
    // This may run inside one of its own signals. Whatever comes first, it goes before what it uses.
    HostSession& session = m_direct->session();
    m_direct->disconnect(this);
    session.disconnect(this);
    session.control().disconnect(this);
    session.leg().disconnect(this);
    session.close();
    HostCall* const over = m_direct.release();
    over->setParent(this);
    over->deleteLater();
}

} // namespace sightline
