#include "core/sharing/sharing_meeting.h"

#include "core/media/client_capabilities.h"

#include <utility>

namespace sightline {
namespace {

using namespace std::chrono_literals;

// Offers of one user: a client whose network comes and goes needs a few a minute.
constexpr std::size_t kOffers = 10;
constexpr auto kOffersWithin = 10s;

} // namespace

void SharingMeeting::connectCalls()
{
    connect(&m_calls, &CallExchange::offerReceived, this, &SharingMeeting::onOffer);
    connect(&m_calls, &CallExchange::answerReceived, this, &SharingMeeting::onAnswer);
    connect(&m_calls, &CallExchange::candidateReceived, this,
        [this](const QString& from, const QString& callId, const QByteArray& candidate) {
            if (MediaLeg* const leg = legOf(from, callId))
                leg->addRemoteCandidate(candidate);
        });
    connect(&m_calls, &CallExchange::endOfCandidatesReceived, this,
        [this](const QString& from, const QString& callId) {
            if (MediaLeg* const leg = legOf(from, callId))
                leg->setRemoteCandidatesDone();
        });
    connect(&m_calls, &CallExchange::byeReceived, this,
        [this](const QString& from, const QString& callId, ErrorCode code, const QString& text) {
            onBye(from, callId, Error(code, text));
        });
}

Result<void> SharingMeeting::takeCall(const CallDocument& call)
{
    if (!m_seats.contains(call.from))
        return Error(ErrorCode::NotFound, QStringLiteral("no such participant"));
    if (call.to != m_entity)
        return Error(ErrorCode::NotFound, QStringLiteral("no such sharing entity"));
    if (std::holds_alternative<CallOffer>(call.body) && isTooOften(call.from))
        return Error(ErrorCode::TooOften, QStringLiteral("too many offers"));
    m_calls.receive(call);
    return {};
}

bool SharingMeeting::isTooOften(const QString& from)
{
    std::deque<TimePoint>& times = m_offers[from];
    const TimePoint now = Clock::now();
    while (!times.empty() && now - times.front() > kOffersWithin)
        times.pop_front();
    if (times.size() >= kOffers)
        return true;
    times.push_back(now);
    return false;
}

MediaLeg* SharingMeeting::legOf(const QString& peer, const QString& callId)
{
    if (m_sharerLeg && peer == m_sharerPeer && callId == m_sharerCall)
        return &m_sharerLeg->leg();
    Seat* const seat = seatOf(peer);
    return seat && seat->leg && seat->callId == callId ? &seat->leg->leg() : nullptr;
}

void SharingMeeting::onOffer(const QString& from, const QString& callId, const SessionDescription& offer)
{
    if (offer.iceRestart > 0) {
        if (MediaLeg* const leg = legOf(from, callId))
            leg->setRemoteRestart(offer);
        return;
    }
    const auto refuse = [&](ErrorCode code, const QString& why) { m_calls.sendBye(from, callId, code, why); };
    const Seat* const seat = seatOf(from);
    if (from != m_sharer || !seat || !seat->user.mayShare)
        return refuse(ErrorCode::NotAllowed, QStringLiteral("somebody else shares, or nobody may"));
    if (offer.role != SessionDescription::Role::Sharer)
        return refuse(ErrorCode::ParseFailed, QStringLiteral("a sharer calls as one"));
    if (m_limits.isFull() && !m_sharerLeg)
        return refuse(ErrorCode::Busy, QStringLiteral("the sharing server is full"));
    takeOffer(from, callId, offer);
}

void SharingMeeting::onAnswer(const QString& from, const QString& callId, const SessionDescription& answer)
{
    Seat* const seat = seatOf(from);
    if (!seat || !seat->leg || seat->callId != callId)
        return;
    if (answer.iceRestart > 0)
        return seat->leg->leg().setRemoteRestart(answer);
    if (const Result<void> set = seat->leg->leg().setRemoteDescription(answer); !set) {
        endViewer(*seat, set.error());
        offerLater(from, ++seat->failures);
    }
}

void SharingMeeting::connectLeg(MediaLeg& leg, const QString& peer, const QString& callId)
{
    const bool isOurs = m_sharerCall != callId;
    connect(&leg, &MediaLeg::localCandidate, this, [this, peer, callId](const QByteArray& candidate) {
        m_calls.sendCandidates(peer, callId, {{candidate}, false});
    });
    connect(&leg, &MediaLeg::localCandidatesDone, this, [this, peer, callId] {
        m_calls.sendCandidates(peer, callId, {{}, true});
    });
    connect(&leg, &MediaLeg::restartDescribed, this,
        [this, peer, callId, isOurs](const SessionDescription& restart) {
            SessionDescription description = restart;
            description.capabilities = clientCapabilities();
            if (isOurs)
                m_calls.sendOffer(peer, callId, description);
            else
                m_calls.sendAnswer(peer, callId, description);
        });
}

} // namespace sightline
