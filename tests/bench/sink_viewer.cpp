#include "tests/bench/sink_viewer.h"

#include "core/media/client_capabilities.h"

namespace sightline {

SinkViewer::SinkViewer(EventLoop& loop, const MeetingLink& link, const QString& name)
    : m_loop(loop)
    , m_link(link)
    , m_start(Clock::now())
{
    connect(&m_signaling, &SignalingClient::signedIn, this,
        [this] { m_signaling.joinMeeting(m_link.meetingId); });
    connect(&m_signaling, &SignalingClient::offerReceived, this, &SinkViewer::onOffer);
    connect(&m_signaling, &SignalingClient::candidateReceived, this,
        [this](const QString&, const QString& callId, const QByteArray& candidate) {
            if (m_leg && callId == m_callId)
                m_leg->addRemoteCandidate(candidate);
        });
    connect(&m_signaling, &SignalingClient::endOfCandidatesReceived, this,
        [this](const QString&, const QString& callId) {
            if (m_leg && callId == m_callId)
                m_leg->setRemoteCandidatesDone();
        });
    connect(&m_signaling, &SignalingClient::requestFailed, this,
        [this](const Error& error) { Q_EMIT failed(error.toString()); });
    connect(&m_signaling, &SignalingClient::connectionFailed, this,
        [this](const Error& error) { Q_EMIT failed(error.toString()); });
    SignalingClient::Options options;
    options.url = m_link.signalingUrl();
    options.pinnedFingerprint = m_link.certificateFingerprint;
    options.displayName = name;
    options.capabilities = clientCapabilities();
    m_signaling.connectToServer(options);
}

SinkViewer::~SinkViewer()
{
    m_source.reset();
    m_bridge.reset();
    m_leg.reset();
}

void SinkViewer::onOffer(const QString& from, const QString& callId, const SessionDescription& offer)
{
    if (m_leg && offer.iceRestart > 0)
        return m_leg->setRemoteRestart(offer);
    m_source.reset();
    m_bridge.reset();
    auto leg = MediaLeg::create(m_loop, SessionDescription::Role::Viewer);
    if (!leg)
        return Q_EMIT failed(leg.error().toString());
    m_leg = std::move(leg).value();
    m_partner = from;
    m_callId = callId;
    connect(m_leg.get(), &MediaLeg::localCandidate, this,
        [this](const QByteArray& candidate) { m_signaling.sendCandidate(m_partner, m_callId, candidate); });
    connect(m_leg.get(), &MediaLeg::localCandidatesDone, this,
        [this] { m_signaling.sendEndOfCandidates(m_partner, m_callId); });
    connect(m_leg.get(), &MediaLeg::connected, this, &SinkViewer::onConnected);
    connect(m_leg.get(), &MediaLeg::failed, this,
        [this](const Error& error) { Q_EMIT failed(error.toString()); });
    if (const auto set = m_leg->setRemoteDescription(offer); !set)
        return Q_EMIT failed(set.error().toString());
    SessionDescription answer = m_leg->localDescription();
    answer.sessionId = offer.sessionId;
    answer.capabilities = clientCapabilities();
    m_signaling.sendAnswer(from, callId, answer);
}

void SinkViewer::onConnected()
{
    auto ends = m_leg->openBridge();
    if (!ends)
        return Q_EMIT failed(ends.error().toString());
    m_bridge = std::move(ends->bridge);
    RdpSource::Handlers handlers;
    handlers.connected = [] {};
    handlers.cursorShape = [](const CursorShape&) {};
    handlers.cursorPosition = [](Point) {};
    handlers.control = [](const EncomspPdu&) {};
    handlers.closed = [](const Error&) {};
    handlers.command = [this](const GfxCommand& command) { onCommand(command); };
    auto source = RdpSource::create(ends->fd, std::move(handlers));
    if (!source)
        return Q_EMIT failed(source.error().toString());
    m_source = std::move(source).value();
}

// RDP thread. A frame cannot end before create() has returned: it was asked for by what follows it.
void SinkViewer::onCommand(const GfxCommand& command)
{
    if (const auto* tile = std::get_if<TileData>(&command))
        m_octets += tile->payload->size();
    const auto* end = std::get_if<EndFrame>(&command);
    if (!end)
        return;
    if (m_frames++ == 0)
        m_joinTime = (Clock::now() - m_start).count();
    if (!m_isStalled && m_source)
        m_source->acknowledge(end->frame);
}

} // namespace sightline
