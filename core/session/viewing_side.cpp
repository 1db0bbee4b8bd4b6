#include "core/session/viewing_side.h"

#include "core/base/log.h"
#include "core/media/client_capabilities.h"

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// As many as a description may carry (PROTOCOL.md); more come from nobody who means well.
constexpr qsizetype kMaxPendingCandidates = 100;
// Calls whose end may be told to us twice, by the transport and by the other side.
constexpr qsizetype kMaxOver = 16;
// A first picture that is not whole by then is better than the last one of a session that may be over.
constexpr auto kPatience = 1500ms;
// Nobody shares any more: the server would have called by now.
constexpr auto kWaitForNobody = 5s;

} // namespace

ViewingSide::ViewingSide(SignalingClient& signaling, EventLoop& loop, RemoteScreen& screen, QObject* parent)
    : QObject(parent)
    , m_signaling(signaling)
    , m_loop(loop)
    , m_screen(screen)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    m_waiting.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &ViewingSide::takeOver);
    connect(&m_waiting, &QTimer::timeout, this, [this] { finish(m_whyWaiting); });
}

ViewingSide::~ViewingSide() = default;

bool ViewingSide::isServer(const QString& entity) const
{
    return !entity.isEmpty() && entity == m_signaling.roster().state.sharingServer;
}

bool ViewingSide::isThroughServer() const
{
    return m_wasThroughServer && m_state != State::Off;
}

QString ViewingSide::partner() const
{
    if (m_state == State::Off)
        return {};
    const QString direct = m_current ? m_current->partner() : m_invitation ? m_invitation->from : QString();
    if (!direct.isEmpty() && m_signaling.roster().find(direct))
        return direct;
    const Participant* const sharer = m_signaling.roster().sharer();
    return sharer ? sharer->entity : m_accepted;
}

ViewerCall* ViewingSide::callOf(const QString& from, const QString& callId) const
{
    if (m_current && m_current->is(from, callId))
        return m_current.get();
    return m_next && m_next->is(from, callId) ? m_next.get() : nullptr;
}

void ViewingSide::onRosterChanged(const Roster& roster)
{
    const Participant* const sharer = roster.sharer();
    const bool isShared = sharer && sharer->entity != m_signaling.entity();
    if (isShared) {
        if (m_state == State::Connecting || m_state == State::Active)
            m_accepted = sharer->entity; // whoever it is now: the picture goes on
        return;
    }
    if (!isWaiting())
        return;
    if (m_whyWaiting.code() == ErrorCode::Gone)
        finish(m_whyWaiting);
    else if (m_waiting.remainingTimeAsDuration() > kWaitForNobody)
        m_waiting.start(kWaitForNobody);
}

void ViewingSide::onOffer(OfferedCall offer, bool acceptAtOnce)
{
    if (offer.description.role != SessionDescription::Role::Sharer
        || !canShareWith(offer.description.capabilities)) {
        m_signaling.sendBye(offer.from, offer.callId, ErrorCode::VersionMismatch,
            QStringLiteral("this client cannot take such an offer"));
        return;
    }
    const bool isOfServer = isServer(offer.from);
    if (isOfServer && (m_state == State::Connecting || m_state == State::Active))
        return takeServersOffer(offer);
    if (isOfServer && m_state == State::Invited) {
        // The same question, to be answered the other way.
        m_signaling.sendBye(m_invitation->from, m_invitation->callId, ErrorCode::Moved,
            QStringLiteral("the picture comes through the server"));
        m_invitation = std::move(offer);
        return;
    }
    if (m_state != State::Off) {
        m_signaling.sendBye(
            offer.from, offer.callId, ErrorCode::Busy, QStringLiteral("already viewing a desktop"));
        return;
    }
    m_invitation = std::move(offer);
    m_wasThroughServer = isOfServer;
    setState(State::Invited);
    const QString sharer = partner();
    if (acceptAtOnce || (isOfServer && !m_accepted.isEmpty() && sharer == m_accepted))
        accept();
    else
        Q_EMIT invitationReceived(sharer);
}

Result<std::unique_ptr<ViewerCall>> ViewingSide::answer(const OfferedCall& offer, ScreenFeed::State feed)
{
    Result<std::unique_ptr<ViewerCall>> call = ViewerCall::answer(m_signaling, m_loop, m_screen, offer, feed);
    if (call) {
        ViewerCall* const made = call->get();
        connect(
            made, &ViewerCall::ended, this, [this, made](const Error& error) { onCallEnded(made, error); });
    }
    return call;
}

void ViewingSide::accept()
{
    if (m_state != State::Invited)
        return;
    m_accepted = partner();
    const OfferedCall offer = *std::exchange(m_invitation, std::nullopt);
    Result<std::unique_ptr<ViewerCall>> call = answer(offer, ScreenFeed::State::Shown);
    if (!call) {
        m_accepted.clear();
        setState(State::Off);
        Q_EMIT ended(call.error());
        return;
    }
    m_current = std::move(call).value();
    m_wasThroughServer = isServer(offer.from);
    connectCurrent();
    connect(&m_current->session(), &ViewerSession::active, this, [this] { setState(State::Active); });
    setState(State::Connecting);
}

void ViewingSide::connectCurrent()
{
    ViewerSession* const session = &m_current->session();
    connect(&session->control(), &ViewerControl::changed, this, &ViewingSide::controlChanged);
    connect(&session->leg(), &MediaLeg::interruptionChanged, this, &ViewingSide::interruptionChanged);
}

void ViewingSide::decline()
{
    if (m_state != State::Invited)
        return;
    m_signaling.sendBye(m_invitation->from, m_invitation->callId, ErrorCode::Declined,
        QStringLiteral("the invitation was declined"));
    m_invitation.reset();
    setState(State::Off);
}

void ViewingSide::withdrawInvitation()
{
    if (m_state != State::Invited)
        return;
    m_invitation.reset();
    setState(State::Off);
    Q_EMIT invitationWithdrawn();
}

void ViewingSide::stop()
{
    if (m_state == State::Invited)
        return decline();
    m_accepted.clear();
    if (m_state == State::Off)
        return;
    dropNext(ErrorCode::Gone, QStringLiteral("viewing was stopped here"));
    if (m_current) {
        m_current->end(ErrorCode::Gone, QStringLiteral("viewing was stopped here"));
        bury(std::move(m_current));
    }
    finish(Error(ErrorCode::Cancelled, QStringLiteral("viewing was stopped here")));
}

void ViewingSide::onRestart(const QString& from, const QString& callId, const SessionDescription& offer)
{
    if (ViewerCall* const call = callOf(from, callId))
        call->onRestart(offer);
}

void ViewingSide::onCandidate(const QString& from, const QString& callId, const QByteArray& candidate)
{
    if (ViewerCall* const call = callOf(from, callId))
        call->onCandidate(candidate);
    else if (m_invitation && m_invitation->is(from, callId)
        && m_invitation->candidates.size() < kMaxPendingCandidates)
        m_invitation->candidates.append(candidate);
}

void ViewingSide::onEndOfCandidates(const QString& from, const QString& callId)
{
    if (ViewerCall* const call = callOf(from, callId))
        call->onEndOfCandidates();
    else if (m_invitation && m_invitation->is(from, callId))
        m_invitation->endOfCandidates = true;
}

void ViewingSide::onBye(const QString& from, const QString& callId, const Error& reason)
{
    if (ViewerCall* const call = callOf(from, callId)) {
        call->close();
        onCallEnded(call, reason);
    } else if (m_invitation && m_invitation->is(from, callId)) {
        withdrawInvitation();
    } else if (m_state == State::Off && !m_over.contains(callId)) {
        Q_EMIT ended(reason);
    }
}

void ViewingSide::bury(std::unique_ptr<ViewerCall> call)
{
    // This may run inside one of its own signals. Whatever comes first, it goes before what it uses.
    m_over.append(call->callId());
    if (m_over.size() > kMaxOver)
        m_over.removeFirst();
    call->disconnect(this);
    call->session().disconnect(this);
    call->session().control().disconnect(this);
    call->session().leg().disconnect(this);
    call->session().close();
    ViewerCall* const over = call.release();
    over->setParent(this);
    over->deleteLater();
}

void ViewingSide::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace sightline
