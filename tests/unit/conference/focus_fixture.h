#pragma once

#include "core/conference/focus.h"

#include <QTest>

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace sightline {

inline constexpr Focus::ConnectionId kAda = 1;
inline constexpr Focus::ConnectionId kBob = 2;
inline constexpr Focus::ConnectionId kCyd = 3;

/// Connections whose ends the test holds: what each was sent, as documents.
class Wires : public Focus::Sink {
public:
    void send(Focus::ConnectionId to, const QByteArray& bytes) override
    {
        auto document = parseDocument(bytes);
        QVERIFY2(document, document ? "" : qPrintable(document.error().message()));
        m_inbox[to].append(*std::move(document));
    }
    void signedIn(Focus::ConnectionId connection) override { signedInConnections.append(connection); }
    void close(Focus::ConnectionId connection, Focus::CloseReason reason) override
    {
        closed[connection] = reason;
    }

    std::optional<Focus::SharingId> pickSharing() override { return sharing; }
    void sendToSharing(Focus::SharingId server, const SharingRequest::Body& body) override
    {
        toSharing.append({server, body});
    }
    /// What the sharing servers were told, as far as it is of this kind.
    template <typename Body> QList<Body> takeSharing()
    {
        QList<Body> found;
        for (const auto& [server, body] : std::exchange(toSharing, {})) {
            if (const Body* one = std::get_if<Body>(&body))
                found.append(*one);
        }
        return found;
    }

    QList<Document> take(Focus::ConnectionId connection) { return std::exchange(m_inbox[connection], {}); }

    std::optional<Focus::SharingId> sharing; ///< the server to be picked
    QList<std::pair<Focus::SharingId, SharingRequest::Body>> toSharing;
    QList<Focus::ConnectionId> signedInConnections;
    std::map<Focus::ConnectionId, Focus::CloseReason> closed;

private:
    std::map<Focus::ConnectionId, QList<Document>> m_inbox;
};

/// The only document of its kind among these.
template <typename T> std::optional<T> only(const QList<Document>& documents)
{
    std::optional<T> found;
    for (const Document& document : documents) {
        if (const T* one = std::get_if<T>(&document)) {
            if (found)
                return {};
            found = *one;
        }
    }
    return found;
}

template <typename Body> std::optional<Body> response(const QList<Document>& documents)
{
    const auto found = only<Response>(documents);
    if (!found || !std::holds_alternative<Body>(found->body))
        return {};
    return std::get<Body>(found->body);
}

inline ErrorCode failure(const QList<Document>& documents)
{
    const auto found = response<Failure>(documents);
    return found ? found->code : ErrorCode::Cancelled;
}

inline ServerLimits testLimits()
{
    ServerLimits limits;
    limits.meetings = 3;
    limits.meetingsPerConnection = 2;
    limits.participants = 3;
    limits.callsPerConnection = 2;
    limits.documentsPerSecond = 10;
    limits.documentsBurst = 50;
    limits.absence = std::chrono::milliseconds::zero();
    return limits;
}

/// A focus with three connections, and what the tests say on them.
class FocusFixture {
public:
    explicit FocusFixture(const ServerLimits& limits = testLimits(), FocusStore* store = nullptr)
        : focus(wires,
            {.limits = limits,
                .baseUrl = QUrl(QStringLiteral("https://h.example:7443")),
                .pin = QByteArray(32, '\x5a'),
                .product = QStringLiteral("Sightline/test"),
                .store = store})
    {
        for (const auto connection : {kAda, kBob, kCyd})
            focus.opened(connection, now);
    }

    /// Sends a request and returns what came back on that connection.
    QList<Document> request(Focus::ConnectionId connection, Request::Body body)
    {
        wires.take(connection);
        focus.received(connection, serialize(Request{.id = ++m_lastRequest, .body = std::move(body)}), now);
        return wires.take(connection);
    }

    void notify(Focus::ConnectionId connection, const QString& to, CallDocument::Body body,
        const QString& callId = QStringLiteral("c1"))
    {
        const CallDocument call{.from = QStringLiteral("urn:sightline:user:forged"),
            .to = to,
            .callId = callId,
            .body = std::move(body)};
        focus.received(connection, serialize(call), now);
    }

    static SignIn signInDocument(const QString& name)
    {
        SignIn document;
        document.product = QStringLiteral("Test/1");
        document.displayName = name;
        document.capabilities = {"rdp-graphics", "direct"};
        return document;
    }

    QString signIn(Focus::ConnectionId connection)
    {
        const auto answer = response<SignInResponse>(
            request(connection, signInDocument(QStringLiteral("Person %1").arg(connection))));
        return entities[connection] = answer ? answer->entity : QString();
    }

    QString createMeeting(Focus::ConnectionId connection)
    {
        const auto answer = response<AddConferenceResponse>(
            request(connection, AddConference{.subject = QStringLiteral("Review")}));
        return answer ? answer->meetingId : QString();
    }

    QList<Document> join(Focus::ConnectionId connection, const QString& meeting)
    {
        return request(connection, AddUser{.meetingId = meeting, .user = entities[connection]});
    }

    /// All of them signed in and in one meeting of the first one's, with their inboxes empty.
    QString meetingOf(const QList<Focus::ConnectionId>& connections)
    {
        for (const auto connection : connections)
            signIn(connection);
        const QString meeting = createMeeting(connections.first());
        for (const auto connection : connections)
            join(connection, meeting);
        for (const auto connection : connections)
            wires.take(connection);
        return meeting;
    }

    TimePoint now{std::chrono::hours(1)};
    Wires wires;
    Focus focus;
    std::map<Focus::ConnectionId, QString> entities;

private:
    quint32 m_lastRequest = 0;
};

} // namespace sightline
