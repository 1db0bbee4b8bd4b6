#include "core/conference/http_sharing_link.h"

#include "core/base/log.h"

#include <utility>

namespace sightline {

HttpSharingLink::HttpSharingLink(
    const C3pPeer& peer, const QByteArray& secret, QString sender, const Times& times, QObject* parent)
    : SharingLink(parent)
    , m_name(peer.url.toString())
    , m_process(std::move(sender))
    , m_sender(m_process)
    , m_times(times)
    , m_client(peer, secret, times.post)
    , m_lastAnswer(Clock::now())
{
    connect(&m_client, &C3pClient::answered, this, &HttpSharingLink::onAnswered);
    connect(&m_client, &C3pClient::failed, this, [this](const QString& why) {
        if (m_isAlive && !std::exchange(m_isFailing, true))
            qCInfo(logConference).noquote() << "Sharing server" << m_name << "does not answer:" << why;
    });
    m_heartbeat.setInterval(m_times.heartbeat);
    connect(&m_heartbeat, &QTimer::timeout, this, &HttpSharingLink::beat);
    m_heartbeat.start();
    beat();
}

void HttpSharingLink::send(const SharingRequest::Body& body)
{
    if (m_isAlive)
        post(body);
}

void HttpSharingLink::post(const SharingRequest::Body& body)
{
    const bool isTaken = m_client.post([this, body](quint32 id) {
        return serializeSharing(SharingRequest{.id = id, .sender = m_sender, .body = body});
    });
    if (!isTaken)
        lose(QStringLiteral("it is too slow"));
}

void HttpSharingLink::beat()
{
    if (m_isAlive && Clock::now() - m_lastAnswer >= m_times.silence)
        lose(QStringLiteral("it has fallen silent"));
    if (std::exchange(m_isBeating, true))
        return; // its repetitions go on by themselves
    post(SharingGetLoad{});
}

void HttpSharingLink::onAnswered(const SharingResponse& response)
{
    m_lastAnswer = Clock::now();
    m_isFailing = false;
    if (!m_peer.isEmpty() && response.sender != m_peer) {
        m_peer = response.sender;
        lose(QStringLiteral("it has begun anew"));
        beat();
        return;
    }
    m_peer = response.sender;
    if (const auto* const failure = std::get_if<Failure>(&response.body))
        qCWarning(logConference).noquote() << "Sharing server" << m_name << "refused:" << failure->text;
    const auto* const load = std::get_if<SharingLoad>(&response.body);
    if (!load)
        return;
    m_isBeating = false;
    const bool wasDraining = std::exchange(m_load, *load).isDraining;
    if (m_isAlive && m_load.isDraining && !wasDraining) {
        qCInfo(logConference).noquote() << "Sharing server" << m_name << "drains";
        Q_EMIT lost(); // what it has goes elsewhere; it stays alive to hear of it
    } else if (!m_isAlive || (wasDraining && !m_load.isDraining)) {
        m_isAlive = true;
        qCInfo(logConference).noquote() << "Sharing server" << m_name << "is there";
        Q_EMIT found();
    }
}

void HttpSharingLink::lose(const QString& why)
{
    m_client.clear();
    m_isBeating = false;
    // Under another name: whatever it still has of before ends when it hears this one.
    m_sender = QStringLiteral("%1.%2").arg(m_process).arg(++m_generation);
    if (!std::exchange(m_isAlive, false))
        return;
    qCWarning(logConference).noquote() << "Sharing server" << m_name << "is lost:" << why;
    Q_EMIT lost();
}

} // namespace sightline
