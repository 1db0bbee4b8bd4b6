#include "core/session/conversation.h"

#include "core/base/log.h"
#include "core/media/client_capabilities.h"
#include "core/session/conversation_private.h"

#include <utility>

namespace sightline {

Conversation::Private::Private(Conversation* conversation, Options given)
    : q(conversation)
    , options(std::move(given))
    , sharing(signaling, loop)
    , viewing(signaling, loop, screen)
    , control(signaling, sharing, viewing)
    , desktop(sharing, options.openCapture)
    , clipboard(sharing, viewing)
    , moderation(signaling)
{
    sharing.setInjectorFactory(options.openInjector);
    sharing.setControlPolicy(options.controlPolicy);
    statisticsTimer.setInterval(std::chrono::seconds(1));
    connectSignaling();
    connectSharing();
    connectViewing();
    QObject::connect(&statisticsTimer, &QTimer::timeout, q, [this] { refreshStatistics(); });
}

void Conversation::Private::enter(const MeetingLink& at, const QString& meetingId)
{
    q->leave();
    server = at;
    meetingToJoin = meetingId;
    setState(State::Connecting);
    RdpViewer::warmUp();
    signaling.connectToServer({.url = at.signalingUrl(),
        .pinnedFingerprint = at.certificateFingerprint,
        .displayName = options.displayName,
        .capabilities = clientCapabilities()});
}

void Conversation::Private::setState(State value)
{
    if (std::exchange(state, value) != value)
        Q_EMIT q->stateChanged();
}

void Conversation::Private::onRequestFailed(const Error& error)
{
    if (std::exchange(wasSharingRefused, false))
        return;
    if (state == State::Connecting && error.code() == ErrorCode::WrongPasscode && asksPasscode) {
        Q_EMIT q->passcodeRequired(!passcode.isEmpty());
        return;
    }
    // Until we are in, a refusal means that we will not get in.
    if (state == State::Connecting || state == State::InLobby) {
        signaling.disconnectFromServer();
        link.reset();
        setState(State::Idle);
        Q_EMIT q->ended(error);
        return;
    }
    Q_EMIT q->requestFailed(error);
}

void Conversation::Private::onConnectionFailed(const Error& error)
{
    qCInfo(logSession) << "The server is gone:" << error.toString();
    const bool goesOn = sharing.session() || viewing.session();
    viewing.withdrawInvitation();
    setState(State::Idle);
    if (goesOn)
        Q_EMIT q->serverLost(error);
    else {
        sharing.stop();
        link.reset();
        Q_EMIT q->ended(error);
    }
}

void Conversation::Private::onInterruptionChanged()
{
    if (q->isInterrupted()) // a restart needs the server, and what cut the path may have cut it off as well
        signaling.checkConnection();
    Q_EMIT q->interruptionChanged();
}

void Conversation::Private::updateTimer()
{
    const bool isOn = sharing.session() || viewing.session();
    if (!isOn)
        statisticsTimer.stop();
    else if (!statisticsTimer.isActive())
        statisticsTimer.start();
    if (sharing.state() == SharingSide::State::Active || viewing.state() == ViewingSide::State::Active)
        refreshStatistics();
}

void Conversation::Private::refreshStatistics()
{
    if (ViewerSession* const viewer = viewing.session())
        statistics = viewer->takeStatistics();
    else if (HostSession* const host = sharing.session())
        statistics = host->takeStatistics();
    Q_EMIT q->statisticsChanged(statistics);
}

void Conversation::Private::onServerRefused(const Error& error)
{
    sharing.onServerRefused();
    viewing.onServerRefused(error);
}

void Conversation::Private::onMeetingEnded(const Error& error)
{
    sharing.stop();
    viewing.stop();
    signaling.disconnectFromServer();
    link.reset();
    setState(State::Idle);
    Q_EMIT q->ended(error);
}

Conversation::Conversation(Options options, QObject* parent)
    : QObject(parent)
    , m_d(std::make_unique<Private>(this, std::move(options)))
{
}

Conversation::~Conversation()
{
    // Nobody is told any more: the listeners may be half destroyed.
    blockSignals(true);
    leave();
}

void Conversation::setDisplayName(const QString& name)
{
    m_d->options.displayName = name;
}

void Conversation::setAsksPasscode(bool asks)
{
    m_d->asksPasscode = asks;
}

void Conversation::startMeeting(const MeetingLink& server, const AddConference& meeting)
{
    m_d->enter(server, {});
    m_d->meetingToMake = meeting;
    m_d->passcode = meeting.passcode;
}

void Conversation::joinMeeting(
    const MeetingLink& link, const std::optional<MeetingLink>& shown, const QString& passcode)
{
    m_d->enter(link, link.meetingId);
    m_d->link = shown.value_or(link);
    m_d->passcode = passcode;
}

void Conversation::enterPasscode(const QString& passcode)
{
    if (m_d->state != State::Connecting || m_d->meetingToJoin.isEmpty())
        return;
    m_d->passcode = passcode;
    m_d->signaling.joinMeeting(m_d->meetingToJoin, passcode);
}

void Conversation::leave()
{
    m_d->sharing.stop();
    m_d->viewing.stop();
    m_d->signaling.disconnectFromServer();
    m_d->link.reset();
    if (m_d->state == State::Idle)
        return;
    m_d->setState(State::Idle);
    Q_EMIT ended(Error(ErrorCode::Cancelled, QStringLiteral("the meeting was left here")));
}

Result<std::vector<Monitor>> Conversation::monitors() const
{
    return m_d->desktop.monitors();
}

void Conversation::startSharing(const ShareTarget& target)
{
    ShareTarget found = target;
    const Result<TargetPlace> place = m_d->desktop.locate(found);
    if (!place) {
        Q_EMIT sharingEnded(place.error());
        return;
    }
    m_d->sharing.start({.openCapture = m_d->options.openCapture,
                           .target = found,
                           .maxFramesPerSecond = m_d->options.maxFramesPerSecond},
        {place->area.width, place->area.height}, m_d->options.admitAll);
}

void Conversation::stopSharing()
{
    m_d->sharing.stop();
}

void Conversation::admit(const QString& entity)
{
    m_d->sharing.admit(entity);
}

void Conversation::refuse(const QString& entity)
{
    m_d->sharing.refuse(entity);
}

void Conversation::trust(const QString& entity)
{
    m_d->sharing.trust(entity);
}

void Conversation::acceptInvitation()
{
    m_d->viewing.accept();
}

void Conversation::declineInvitation()
{
    m_d->viewing.decline();
}

void Conversation::stopViewing()
{
    m_d->viewing.stop();
}

void Conversation::useServer()
{
    m_d->signaling.useServer();
}

Conversation::State Conversation::state() const
{
    return m_d->state;
}

Conversation::SharingState Conversation::sharingState() const
{
    switch (m_d->sharing.state()) {
    case SharingSide::State::Waiting:
        return SharingState::Waiting;
    case SharingSide::State::Connecting:
        return SharingState::Connecting;
    case SharingSide::State::Active:
        return SharingState::Active;
    case SharingSide::State::Off:
        break;
    }
    return SharingState::Off;
}

Conversation::ViewingState Conversation::viewingState() const
{
    switch (m_d->viewing.state()) {
    case ViewingSide::State::Invited:
        return ViewingState::Invited;
    case ViewingSide::State::Connecting:
        return ViewingState::Connecting;
    case ViewingSide::State::Active:
        return ViewingState::Active;
    case ViewingSide::State::Off:
        break;
    }
    return ViewingState::Off;
}

const Roster& Conversation::roster() const
{
    return m_d->signaling.roster();
}

QString Conversation::ownEntity() const
{
    return m_d->signaling.entity();
}

std::optional<MeetingLink> Conversation::link() const
{
    return m_d->link;
}

QString Conversation::securityCode() const
{
    // The server is in between: with it there is nothing to compare.
    if (isThroughServer())
        return {};
    if (ViewerSession* const viewer = m_d->viewing.session())
        return viewer->leg().securityCode();
    if (HostSession* const host = m_d->sharing.session())
        return host->leg().securityCode();
    return {};
}

bool Conversation::isInterrupted() const
{
    const ViewerSession* const viewer = m_d->viewing.session();
    return (viewer && viewer->leg().isInterrupted()) || m_d->viewing.isWaiting()
        || m_d->sharing.isInterrupted();
}

bool Conversation::isReconnecting() const
{
    return m_d->viewing.isWaiting();
}

bool Conversation::isThroughServer() const
{
    if (m_d->viewing.state() != ViewingSide::State::Off)
        return m_d->viewing.isThroughServer();
    return m_d->sharing.isThroughServer();
}

QString Conversation::serverName() const
{
    return m_d->server.host;
}

QString Conversation::nameOf(const QString& entity) const
{
    const Participant* const participant = roster().find(entity);
    return participant ? participant->displayName : QString();
}

QStringList Conversation::viewerNames() const
{
    QStringList names;
    const QStringList viewers = m_d->sharing.viewers();
    for (const QString& viewer : viewers)
        names.append(nameOf(viewer));
    return names;
}

QString Conversation::partnerName() const
{
    if (m_d->viewing.state() != ViewingSide::State::Off)
        return nameOf(m_d->viewing.partner());
    if (const QString direct = m_d->sharing.partner(); !direct.isEmpty())
        return nameOf(direct);
    const QStringList viewers = viewerNames();
    return viewers.size() == 1 ? viewers.front() : QString();
}

RemoteScreen& Conversation::remoteScreen()
{
    return m_d->screen;
}

MeetingModeration& Conversation::moderation()
{
    return m_d->moderation;
}

MeetingChat& Conversation::chat()
{
    return m_d->signaling.chat();
}

SharedDesktop& Conversation::sharedDesktop()
{
    return m_d->desktop;
}

SessionControl& Conversation::control()
{
    return m_d->control;
}

const SessionControl& Conversation::control() const
{
    return m_d->control;
}

SessionClipboard& Conversation::clipboard()
{
    return m_d->clipboard;
}

Conversation::CaptureFactory Conversation::captureFactory() const
{
    return m_d->options.openCapture;
}

SessionStatistics Conversation::statistics() const
{
    return m_d->statistics;
}

} // namespace sightline
