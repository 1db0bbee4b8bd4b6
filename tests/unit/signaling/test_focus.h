#pragma once

#include "core/signaling/documents.h"
#include "tests/unit/signaling/test_certificate.h"

#include <QObject>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>
#include <memory>
#include <vector>

namespace sightline {

/// A focus that says what a test wants it to say, over real TLS and WebSockets. Without further orders it
/// answers every request with success, from one meeting in which there is "ada" beside the client.
class TestFocus : public QObject {
    Q_OBJECT
public:
    explicit TestFocus(const TestCertificate& certificate = TestCertificate::make());
    ~TestFocus() override;

    QUrl url() const;
    const TestCertificate& certificate() const { return m_certificate; }
    static QString meetingId();
    static QString clientEntity();

    void send(const Document& document);
    void sendText(const QByteArray& text);
    QWebSocket* socket() const { return m_sockets.empty() ? nullptr : m_sockets.back().get(); }
    /// The last request of a kind; nothing when there was none.
    template <typename Body> const Body* lastRequest() const
    {
        for (auto each = m_requests.rbegin(); each != m_requests.rend(); ++each) {
            if (const Body* body = std::get_if<Body>(&each->body))
                return body;
        }
        return nullptr;
    }
    qsizetype requestCount() const { return static_cast<qsizetype>(m_requests.size()); }
    const std::vector<CallDocument>& calls() const { return m_calls; }
    const std::vector<InvitationDocument>& invitations() const { return m_invitations; }

    /// Instead of the usual answer.
    std::function<void(const Request&)> onRequest;
    void answer(const Request& request); ///< the usual answer
    Roster roster;

Q_SIGNALS:
    void received();
    void clientGone();

private:
    void onConnection();
    void onText(const QString& text);

    TestCertificate m_certificate;
    QWebSocketServer m_server;
    std::vector<std::unique_ptr<QWebSocket>> m_sockets;
    std::vector<Request> m_requests;
    std::vector<CallDocument> m_calls;
    std::vector<InvitationDocument> m_invitations;
};

} // namespace sightline
