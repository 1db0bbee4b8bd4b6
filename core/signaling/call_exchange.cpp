#include "core/signaling/call_exchange.h"

#include "core/base/log.h"

#include <QPointer>

#include <utility>

namespace sightline {

CallExchange::CallExchange(Send send, QObject* parent)
    : QObject(parent)
    , m_send(std::move(send))
    , m_ignored(logSignaling, "Call documents that belong to no call")
{
}

void CallExchange::start(const QString& ownEntity)
{
    stop();
    m_entity = ownEntity;
}

void CallExchange::stop()
{
    m_entity.clear();
    m_calls.clear();
}

void CallExchange::forget(const QString& peer)
{
    m_calls.closeAll(peer);
}

void CallExchange::send(const QString& to, const QString& callId, CallDocument::Body body)
{
    if (!m_entity.isEmpty())
        m_send(CallDocument{{}, to, callId, std::move(body)});
}

void CallExchange::sendOffer(const QString& to, const QString& callId, const SessionDescription& offer)
{
    if (offer.iceRestart == 0)
        (void)m_calls.open(to, callId, CallTable::Origin::Ours, offer.role);
    else if (!m_calls.reopen(to, callId, CallTable::Origin::Ours, offer.role))
        return;
    send(to, callId, CallOffer{offer.toSdp()});
}

void CallExchange::sendAnswer(const QString& to, const QString& callId, const SessionDescription& answer)
{
    send(to, callId, CallAnswer{answer.toSdp()});
}

void CallExchange::sendCandidates(const QString& to, const QString& callId, const CallCandidates& candidates)
{
    send(to, callId, candidates);
}

void CallExchange::sendBye(const QString& to, const QString& callId, ErrorCode code, const QString& text)
{
    m_calls.close(to, callId);
    send(to, callId, CallBye{code, text});
}

void CallExchange::receive(const CallDocument& call)
{
    const bool isForUs
        = !m_entity.isEmpty() && call.to == m_entity && !call.from.isEmpty() && call.from != m_entity;
    if (!isForUs) {
        m_ignored.add(Clock::now());
        return;
    }
    std::visit([this, &call](const auto& body) { onBody(call, body); }, call.body);
}

void CallExchange::onBody(const CallDocument& call, const CallOffer& offer)
{
    const auto description = SessionDescription::parse(offer.sdp);
    if (!description) {
        const Error& error = description.error();
        send(call.from, call.callId, CallBye{error.code(), error.message()});
        return;
    }
    if (description->iceRestart > 0) {
        if (m_calls.reopen(call.from, call.callId, CallTable::Origin::Theirs, description->role))
            Q_EMIT offerReceived(call.from, call.callId, *description);
        else
            m_ignored.add(Clock::now());
        return;
    }
    switch (m_calls.open(call.from, call.callId, CallTable::Origin::Theirs, description->role)) {
    case CallTable::Opened::Yes:
        Q_EMIT offerReceived(call.from, call.callId, *description);
        break;
    case CallTable::Opened::Full:
        send(call.from, call.callId, CallBye{ErrorCode::Busy, QStringLiteral("too many calls")});
        break;
    case CallTable::Opened::Known:
        m_ignored.add(Clock::now());
        break;
    }
}

void CallExchange::onBody(const CallDocument& call, const CallAnswer& answer)
{
    if (!m_calls.awaitsAnswer(call.from, call.callId)) {
        m_ignored.add(Clock::now());
        return;
    }
    auto description = SessionDescription::parse(answer.sdp);
    if (description && !m_calls.takeAnswer(call.from, call.callId, *description))
        description = Error(ErrorCode::ParseFailed, QStringLiteral("the answer does not fit the offer"));
    if (description) {
        Q_EMIT answerReceived(call.from, call.callId, *description);
        return;
    }
    // The call is over for both sides.
    const Error error = description.error();
    sendBye(call.from, call.callId, error.code(), error.message());
    Q_EMIT byeReceived(call.from, call.callId, error.code(), error.message());
}

void CallExchange::onBody(const CallDocument& call, const CallCandidates& candidates)
{
    const qsizetype taken = m_calls.takeCandidates(call.from, call.callId, candidates.candidates.size());
    if (taken < candidates.candidates.size())
        m_ignored.add(Clock::now());
    const QPointer<CallExchange> alive(this);
    for (const QByteArray& candidate : candidates.candidates.first(taken)) {
        Q_EMIT candidateReceived(call.from, call.callId, candidate);
        if (!alive)
            return;
    }
    if (candidates.endOfCandidates && m_calls.contains(call.from, call.callId))
        Q_EMIT endOfCandidatesReceived(call.from, call.callId);
}

void CallExchange::onBody(const CallDocument& call, const CallBye& bye)
{
    m_calls.close(call.from, call.callId);
    Q_EMIT byeReceived(call.from, call.callId, bye.code, bye.text);
}

} // namespace sightline
