#pragma once

#include "core/signaling/documents.h"

#include <QAbstractSocket>
#include <QList>
#include <QObject>
#include <QSslSocket>
#include <QWebSocket>

#include <optional>

namespace sightline {

class ConferenceServer;

/// A WebSocket client that says what the test wants and keeps what it hears.
class RawClient : public QObject {
    Q_OBJECT
public:
    /// Begins to connect; `path` other than the right one, and `origin`, are for bad manners.
    explicit RawClient(const ConferenceServer& server, const QString& path = QStringLiteral("/signaling"),
        const QString& origin = {});
    /// To https://HOST:PORT of a server in another process.
    explicit RawClient(const QUrl& server);

    bool waitConnected();
    bool waitClosed();
    /// Sends a request and waits for its response; nothing when none came.
    std::optional<Response> ask(Request::Body body);
    void send(const Document& document) { m_socket.sendTextMessage(QString::fromUtf8(serialize(document))); }
    /// Signs in; the own entity, empty when that failed.
    QString signIn(const QString& name);
    QString createMeeting();
    bool join(const QString& meetingId);
    /// Of the last roster that told it.
    MeetingState meetingState() const;
    /// Waits until a roster with so many participants was the last to come.
    bool waitParticipants(qsizetype count);

    QWebSocket& socket() { return m_socket; }
    const QString& entity() const { return m_entity; }
    const QList<Document>& received() const { return m_received; }
    ErrorCode lastFailure() const; ///< Cancelled: none

private:
    RawClient(const QUrl& url, const QString& origin);

    QWebSocket m_socket;
    QString m_entity;
    QList<Document> m_received;
    QStringList m_participants; ///< of the meeting, by its rosters
    quint32 m_lastRequest = 0;
    int m_garbage = 0;
};

/// A TLS connection on which the test writes octets, WebSocket frames included.
class RawTls {
public:
    explicit RawTls(const ConferenceServer& server);

    bool waitEncrypted();
    bool waitClosed();
    bool upgrade(); ///< to a WebSocket on /signaling
    static QByteArray frame(quint8 opcode, const QByteArray& payload); ///< RFC 6455 5.2, masked with zeros
    bool signInAndJoin(const QString& meetingId);

    QSslSocket& socket() { return m_socket; }

private:
    QSslSocket m_socket;
};

} // namespace sightline
