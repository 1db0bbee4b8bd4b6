#include "core/conference/c3p_client.h"

#include "core/signaling/limits.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <utility>

namespace sightline {
namespace {

constexpr std::size_t kMaxQueue = 20'000; ///< documents; a large meeting that moves is some hundred

} // namespace

C3pClient::C3pClient(C3pPeer peer, QByteArray secret, Times times, QObject* parent)
    : QObject(parent)
    , m_peer(std::move(peer))
    , m_secret(std::move(secret))
    , m_times(times)
{
    m_network.setAutoDeleteReplies(true);
    connect(&m_network, &QNetworkAccessManager::encrypted, this, &C3pClient::onEncrypted);
    connect(&m_network, &QNetworkAccessManager::finished, this, &C3pClient::onFinished);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &C3pClient::next);
}

C3pClient::~C3pClient()
{
    m_network.disconnect(this);
}

bool C3pClient::post(Maker maker)
{
    if (m_queue.size() >= kMaxQueue)
        return false;
    if (++m_lastId == 0)
        ++m_lastId;
    m_queue.push_back({m_lastId, std::move(maker)});
    if (m_queue.size() == 1 && !m_again.isActive() && !m_reply)
        next();
    return true;
}

void C3pClient::clear()
{
    m_queue.clear();
    m_again.stop();
    if (QNetworkReply* const reply = std::exchange(m_reply, {}))
        reply->abort();
}

void C3pClient::next()
{
    if (m_queue.empty() || m_reply)
        return;
    QUrl url = m_peer.url;
    url.setPath(QStringLiteral("/c3p"));
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/cccp+xml"));
    request.setRawHeader("Authorization", "Bearer " + m_secret);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(static_cast<int>(m_times.answer.count()));
    if (!m_peer.pin.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone); // onEncrypted() verifies more strictly
        request.setSslConfiguration(tls);
    }
    const Entry& entry = m_queue.front();
    m_reply = m_network.post(request, entry.maker(entry.id));
}

/// Before the first octet of the request, and with it the secret, goes out.
void C3pClient::onEncrypted(QNetworkReply* reply)
{
    if (m_peer.pin.isEmpty())
        return;
    const QSslCertificate certificate = reply->sslConfiguration().peerCertificate();
    if (certificate.digest(QCryptographicHash::Sha256) != m_peer.pin)
        reply->abort();
}

void C3pClient::onFinished(QNetworkReply* reply)
{
    if (reply != m_reply)
        return; // given up
    m_reply = {};
    if (m_queue.empty())
        return;
    const auto again = [this](const QString& why) {
        m_again.start(m_times.pause);
        Q_EMIT failed(why);
    };
    if (reply->error() != QNetworkReply::NoError)
        return again(reply->errorString());
    const auto document = parseSharingDocument(reply->read(limits::kRosterSize + 1));
    if (!document)
        return again(document.error().toString());
    const auto* const response = std::get_if<SharingResponse>(&*document);
    // 0: it could not even read the number; what cannot be read is not worth saying again.
    if (!response || (response->id != m_queue.front().id && response->id != 0))
        return again(QStringLiteral("the answer is to something else"));
    m_queue.pop_front();
    const SharingResponse answer = *response;
    next();
    Q_EMIT answered(answer);
}

} // namespace sightline
