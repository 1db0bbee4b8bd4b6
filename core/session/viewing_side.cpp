#include "core/session/viewing_side.h"

#include "core/base/log.h"
#include "core/media/client_capabilities.h"

#include <utility>

namespace sightline {
namespace {

// As many as a description may carry (PROTOCOL.md); more come from nobody who means well.
constexpr qsizetype kMaxPendingCandidates = 100;

} // namespace

ViewingSide::ViewingSide(SignalingClient& signaling, EventLoop& loop, RemoteScreen& screen, QObject* parent)
    : QObject(parent)
    , m_signaling(signaling)
    , m_loop(loop)
    , m_screen(screen)
{
}

ViewingSide::~ViewingSide() = default;

void ViewingSide::onOffer(
    const QString& from, const QString& callId, const SessionDescription& offer, bool acceptAtOnce)
{
    if (offer.iceRestart > 0) {
        if (isOurs(from, callId) && m_session)
            m_session->leg().setRemoteRestart(offer);
        return;
    }
    if (m_state != State::Off) {
        m_signaling.sendBye(from, callId, ErrorCode::Busy, QStringLiteral("already viewing a desktop"));
        return;
    }
    if (offer.role != SessionDescription::Role::Sharer || !canShareWith(offer.capabilities)) {
        m_signaling.sendBye(from, callId, ErrorCode::VersionMismatch,
            QStringLiteral("this client cannot take such an offer"));
        return;
    }
    m_partner = from;
    m_callId = callId;
    m_pending = Pending{.offer = offer, .candidates = {}, .endOfCandidates = false};
    setState(State::Invited);
    if (acceptAtOnce)
        accept();
    else
        Q_EMIT invitationReceived(from);
}

void ViewingSide::accept()
{
    if (m_state != State::Invited)
        return;
    const Pending pending = *std::exchange(m_pending, std::nullopt);
    Result<std::unique_ptr<ViewerSession>> session = ViewerSession::create(m_loop, pending.offer, m_screen);
    if (!session) {
        const Error error = session.error();
        m_signaling.sendBye(m_partner, m_callId, error.code(), error.message());
        m_partner.clear();
        setState(State::Off);
        Q_EMIT ended(error);
        return;
    }
    m_session = std::move(session).value();
    m_sharerGivesControl = pending.offer.capabilities.contains(kControlCapability);
    connect(&m_session->control(), &ViewerControl::changed, this, &ViewingSide::controlChanged);
    MediaLeg* const leg = &m_session->leg();
    connectLeg(*leg);
    connect(m_session.get(), &ViewerSession::active, this, [this] { setState(State::Active); });
    connect(
        m_session.get(), &ViewerSession::ended, this, [this](const Error& error) { endCall(error, true); });
    setState(State::Connecting);
    SessionDescription answer = leg->localDescription();
    answer.sessionId = pending.offer.sessionId;
    answer.capabilities = clientCapabilities();
    m_signaling.sendAnswer(m_partner, m_callId, answer);
    for (const QByteArray& candidate : pending.candidates)
        leg->addRemoteCandidate(candidate);
    if (pending.endOfCandidates)
        leg->setRemoteCandidatesDone();
}

void ViewingSide::connectLeg(MediaLeg& leg)
{
    connect(&leg, &MediaLeg::localCandidate, this,
        [this](const QByteArray& candidate) { m_signaling.sendCandidate(m_partner, m_callId, candidate); });
    connect(&leg, &MediaLeg::localCandidatesDone, this,
        [this] { m_signaling.sendEndOfCandidates(m_partner, m_callId); });
    connect(&leg, &MediaLeg::restartDescribed, this, [this](const SessionDescription& restart) {
        SessionDescription answer = restart;
        answer.capabilities = clientCapabilities();
        m_signaling.sendAnswer(m_partner, m_callId, answer);
    });
    connect(&leg, &MediaLeg::interruptionChanged, this, &ViewingSide::interruptionChanged);
}

void ViewingSide::decline()
{
    if (m_state != State::Invited)
        return;
    m_signaling.sendBye(
        m_partner, m_callId, ErrorCode::Declined, QStringLiteral("the invitation was declined"));
    m_pending.reset();
    m_partner.clear();
    setState(State::Off);
}

void ViewingSide::withdrawInvitation()
{
    if (m_state != State::Invited)
        return;
    m_pending.reset();
    m_partner.clear();
    setState(State::Off);
    Q_EMIT invitationWithdrawn();
}

void ViewingSide::stop()
{
    if (m_state == State::Invited)
        decline();
    else
        endCall(Error(ErrorCode::Cancelled, QStringLiteral("viewing was stopped here")), true);
}

bool ViewingSide::isOurs(const QString& from, const QString& callId) const
{
    return m_state != State::Off && from == m_partner && callId == m_callId;
}

void ViewingSide::onCandidate(const QString& from, const QString& callId, const QByteArray& candidate)
{
    if (!isOurs(from, callId))
        return;
    if (m_session)
        m_session->leg().addRemoteCandidate(candidate);
    else if (m_pending && m_pending->candidates.size() < kMaxPendingCandidates)
        m_pending->candidates.append(candidate);
}

void ViewingSide::onEndOfCandidates(const QString& from, const QString& callId)
{
    if (!isOurs(from, callId))
        return;
    if (m_session)
        m_session->leg().setRemoteCandidatesDone();
    else if (m_pending)
        m_pending->endOfCandidates = true;
}

void ViewingSide::onBye(const QString& from, const QString& callId, const Error& reason)
{
    if (isOurs(from, callId)) {
        if (m_state == State::Invited)
            withdrawInvitation();
        else
            endCall(reason, false);
    } else if (m_state == State::Off) {
        Q_EMIT ended(reason);
    }
}

void ViewingSide::endCall(const Error& reason, bool tellPartner)
{
    if (!m_session)
        return;
    qCInfo(logSession) << "The session with the sharer ended:" << reason.toString();
    if (tellPartner) {
        const ErrorCode code = reason.code() == ErrorCode::Cancelled ? ErrorCode::Gone : reason.code();
        m_signaling.sendBye(m_partner, m_callId, code, reason.message());
    }
    m_session->close();
    // This may run inside one of the session's own signals. Whatever comes first, it goes before what it
    // uses.
    ViewerSession* const over = m_session.release();
    over->setParent(this);
    over->deleteLater();
    m_partner.clear();
    m_callId.clear();
    setState(State::Off);
    Q_EMIT controlChanged();
    Q_EMIT ended(reason);
}

void ViewingSide::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace sightline
