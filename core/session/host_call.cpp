#include "core/session/host_call.h"

#include "core/media/client_capabilities.h"
#include "core/session/media_servers.h"

#include <QUuid>

#include <utility>

namespace sightline {

HostCall::HostCall(SignalingClient& signaling, const QString& partner, bool offersControl,
    std::unique_ptr<HostSession> session)
    : m_signaling(signaling)
    , m_partner(partner)
    , m_callId(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_offersControl(offersControl)
    , m_session(std::move(session))
{
    connectLeg();
    connect(m_session.get(), &HostSession::ended, this, [this](const Error& error) {
        sayBye(error);
        Q_EMIT ended(error);
    });
}

HostCall::~HostCall() = default;

Result<std::unique_ptr<HostCall>> HostCall::call(
    SignalingClient& signaling, EventLoop& loop, const QString& partner, Config config)
{
    const bool offersControl = config.control.openInjector != nullptr;
    Result<std::unique_ptr<HostSession>> session
        = HostSession::create(loop, mediaConfig(signaling.iceServers()), std::move(config.capture),
            config.desktop, std::move(config.control));
    if (!session)
        return session.error();
    std::unique_ptr<HostCall> made(
        new HostCall(signaling, partner, offersControl, std::move(session).value()));
    SessionDescription offer = made->m_session->leg().localDescription();
    offer.capabilities = made->capabilities();
    signaling.sendOffer(partner, made->m_callId, offer);
    return made;
}

QList<QByteArray> HostCall::capabilities() const
{
    // Who cannot be controlled does not offer it.
    QList<QByteArray> capabilities = clientCapabilities();
    if (!m_offersControl)
        capabilities.removeAll(kControlCapability);
    return capabilities;
}

void HostCall::connectLeg()
{
    MediaLeg* const leg = &m_session->leg();
    connect(leg, &MediaLeg::localCandidate, this,
        [this](const QByteArray& candidate) { m_signaling.sendCandidate(m_partner, m_callId, candidate); });
    connect(leg, &MediaLeg::localCandidatesDone, this,
        [this] { m_signaling.sendEndOfCandidates(m_partner, m_callId); });
    connect(leg, &MediaLeg::restartDescribed, this, [this](const SessionDescription& restart) {
        SessionDescription offer = restart;
        offer.capabilities = capabilities();
        m_signaling.sendOffer(m_partner, m_callId, offer);
    });
}

void HostCall::onAnswer(const SessionDescription& answer)
{
    if (answer.iceRestart > 0)
        return m_session->leg().setRemoteRestart(answer);
    if (const Result<void> set = m_session->leg().setRemoteDescription(answer); !set) {
        end(set.error());
        Q_EMIT ended(set.error());
        return;
    }
    m_takesControl = answer.capabilities.contains(kControlCapability);
    Q_EMIT answered();
}

void HostCall::end(const Error& reason)
{
    sayBye(reason);
    m_session->close();
}

void HostCall::sayBye(const Error& reason)
{
    // Whatever ends it here, for who sees it a sharer stopped, as the end of the transport tells it, too.
    const bool isOurs = reason.code() == ErrorCode::NoWindow || reason.code() == ErrorCode::Replaced
        || reason.code() == ErrorCode::EndedByPresenter;
    m_signaling.sendBye(m_partner, m_callId, isOurs ? ErrorCode::Gone : reason.code(), reason.message());
}

} // namespace sightline
