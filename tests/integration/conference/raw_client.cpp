#include "tests/integration/conference/raw_client.h"

#include "core/conference/conference_server.h"

#include <QTest>

namespace sightline {
namespace {

constexpr int kPatienceMs = 10'000;

} // namespace

namespace {

QUrl withPath(QUrl url, const QString& path)
{
    url.setScheme(QStringLiteral("wss"));
    url.setPath(path);
    return url;
}

} // namespace

RawClient::RawClient(const ConferenceServer& server, const QString& path, const QString& origin)
    : RawClient(withPath(server.localSignalingUrl(), path), origin)
{
}

RawClient::RawClient(const QUrl& server)
    : RawClient(withPath(server, QStringLiteral("/signaling")), QString())
{
}

RawClient::RawClient(const QUrl& url, const QString& origin)
    : m_socket(origin)
{
    connect(&m_socket, &QWebSocket::sslErrors, this, [this] { m_socket.ignoreSslErrors(); });
    connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
        auto document = parseDocument(text.toUtf8());
        if (!document) {
            ++m_garbage;
            return;
        }
        if (const auto* roster = std::get_if<ConferenceInfo>(&*document)) {
            if (roster->state == ConferenceInfo::State::Full)
                m_participants.clear();
            for (const Participant& user : roster->users) {
                if (!m_participants.contains(user.entity))
                    m_participants.append(user.entity);
            }
            for (const QString& gone : roster->removed)
                m_participants.removeAll(gone);
        }
        m_received.append(*std::move(document));
    });
    m_socket.open(url);
}

MeetingState RawClient::meetingState() const
{
    MeetingState state;
    for (const Document& document : m_received) {
        const auto* const roster = std::get_if<ConferenceInfo>(&document);
        if (roster && roster->meeting)
            state = *roster->meeting;
    }
    return state;
}

bool RawClient::waitConnected()
{
    return QTest::qWaitFor(
        [this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, kPatienceMs);
}

bool RawClient::waitClosed()
{
    return QTest::qWaitFor(
        [this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, kPatienceMs);
}

std::optional<Response> RawClient::ask(Request::Body body)
{
    const quint32 id = ++m_lastRequest;
    send(Request{.id = id, .body = std::move(body)});
    std::optional<Response> answer;
    const bool came = QTest::qWaitFor(
        [&] {
            for (const Document& document : m_received) {
                const auto* response = std::get_if<Response>(&document);
                if (response && response->id == id)
                    answer = *response;
            }
            return answer.has_value();
        },
        kPatienceMs);
    return came && m_garbage == 0 ? answer : std::nullopt;
}

QString RawClient::signIn(const QString& name)
{
    SignIn document;
    document.product = QStringLiteral("Test/1");
    document.displayName = name;
    if (!waitConnected())
        return {};
    const auto answer = ask(document);
    const auto* accepted = answer ? std::get_if<SignInResponse>(&answer->body) : nullptr;
    return m_entity = accepted ? accepted->entity : QString();
}

QString RawClient::createMeeting()
{
    const auto answer = ask(AddConference{});
    const auto* created = answer ? std::get_if<AddConferenceResponse>(&answer->body) : nullptr;
    return created ? created->meetingId : QString();
}

bool RawClient::join(const QString& meetingId)
{
    const auto answer = ask(AddUser{.meetingId = meetingId, .user = m_entity});
    return answer && std::holds_alternative<AddUserResponse>(answer->body);
}

bool RawClient::waitParticipants(qsizetype count)
{
    return QTest::qWaitFor([&] { return m_participants.size() == count; }, kPatienceMs);
}

ErrorCode RawClient::lastFailure() const
{
    for (auto it = m_received.crbegin(); it != m_received.crend(); ++it) {
        const auto* response = std::get_if<Response>(&*it);
        if (response && std::holds_alternative<Failure>(response->body))
            return std::get<Failure>(response->body).code;
    }
    return ErrorCode::Cancelled;
}

RawTls::RawTls(const ConferenceServer& server)
{
    m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
}

bool RawTls::waitEncrypted()
{
    return QTest::qWaitFor([this] { return m_socket.isEncrypted(); }, kPatienceMs);
}

bool RawTls::waitClosed()
{
    return QTest::qWaitFor(
        [this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, kPatienceMs);
}

bool RawTls::upgrade()
{
    if (!waitEncrypted())
        return false;
    m_socket.write(
        "GET /signaling HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QByteArray answer;
    return QTest::qWaitFor(
        [&] {
            answer += m_socket.readAll();
            // The accept value of RFC 6455 1.3 for this key.
            return answer.startsWith("HTTP/1.1 101") && answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        },
        kPatienceMs);
}

QByteArray RawTls::frame(quint8 opcode, const QByteArray& payload)
{
    QByteArray bytes;
    bytes.append(static_cast<char>(0x80 | opcode));
    const auto size = static_cast<quint64>(payload.size());
    const int sizeBytes = size < 126 ? 0 : size < 65536 ? 2 : 8;
    bytes.append(static_cast<char>(0x80 | (sizeBytes == 0 ? size : sizeBytes == 2 ? 126U : 127U)));
    for (int i = sizeBytes - 1; i >= 0; --i)
        bytes.append(static_cast<char>(size >> (8 * i)));
    return bytes + QByteArray(4, '\0') + payload;
}

bool RawTls::signInAndJoin(const QString& meetingId)
{
    SignIn signIn;
    signIn.displayName = QStringLiteral("Raw");
    const auto hear = [this](const char* what) {
        QByteArray heard;
        return QTest::qWaitFor(
                   [&] {
                       heard += m_socket.readAll();
                       return heard.contains(what);
                   },
                   kPatienceMs)
            ? heard
            : QByteArray();
    };
    m_socket.write(frame(1, serialize(Request{.id = 1, .body = signIn})));
    const QByteArray answer = hear("/response>");
    const qsizetype start = answer.indexOf("urn:sightline:user:");
    if (start < 0)
        return false;
    const QString entity = QString::fromLatin1(answer.mid(start, answer.indexOf('"', start) - start));
    m_socket.write(
        frame(1, serialize(Request{.id = 2, .body = AddUser{.meetingId = meetingId, .user = entity}})));
    return hear("/conference-info>").contains("success");
}

} // namespace sightline
