#include "tests/unit/signaling/test_focus.h"

#include <QTest>

namespace sightline {

TestFocus::TestFocus(const TestCertificate& certificate)
    : m_certificate(certificate)
    , m_server(QStringLiteral("test"), QWebSocketServer::SecureMode)
{
    roster = {meetingId(), QStringLiteral("subject"), 1,
        {{QStringLiteral("ada"), QStringLiteral("Ada"), Participant::Role::Presenter,
             Participant::Sharing::Sharer, {}},
            {clientEntity(), QStringLiteral("Me"), Participant::Role::Attendee, Participant::Sharing::None,
                {}}}};
    m_server.setSslConfiguration(certificate.serverConfiguration());
    connect(&m_server, &QWebSocketServer::newConnection, this, &TestFocus::onConnection);
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
}

TestFocus::~TestFocus()
{
    for (const auto& each : m_sockets)
        each->disconnect(this);
}

QUrl TestFocus::url() const
{
    return QUrl(QStringLiteral("wss://127.0.0.1:%1/signaling").arg(m_server.serverPort()));
}

QString TestFocus::meetingId()
{
    return QStringLiteral("bWVldGluZy1vZi1leGFtcGxl");
}

QString TestFocus::clientEntity()
{
    return QStringLiteral("urn:sightline:user:me");
}

void TestFocus::onConnection()
{
    m_sockets.emplace_back(m_server.nextPendingConnection())->setParent(nullptr);
    QWebSocket* const socket = m_sockets.back().get();
    connect(socket, &QWebSocket::textMessageReceived, this, &TestFocus::onText);
    connect(socket, &QWebSocket::disconnected, this, &TestFocus::clientGone);
}

void TestFocus::onText(const QString& text)
{
    const auto document = parseDocument(text.toUtf8());
    QVERIFY2(document, qPrintable(text));
    if (const auto* request = std::get_if<Request>(&*document)) {
        m_requests.push_back(*request);
        if (onRequest)
            onRequest(*request);
        else
            answer(*request);
    } else if (const auto* invitation = std::get_if<InvitationDocument>(&*document)) {
        m_invitations.push_back(*invitation);
    } else {
        m_calls.push_back(std::get<CallDocument>(*document));
    }
    Q_EMIT received();
}

void TestFocus::answer(const Request& request)
{
    struct Answer {
        TestFocus& focus;
        Response::Body operator()(const SignIn&) const
        {
            return SignInResponse{clientEntity(), kProtocolVersion, QStringLiteral("Test/1")};
        }
        Response::Body operator()(const AddConference& body) const
        {
            return AddConferenceResponse{meetingId(), body.subject, {}};
        }
        Response::Body operator()(const AddUser& body) const
        {
            return AddUserResponse{body.meetingId, body.user, Participant::Role::Attendee};
        }
        Response::Body operator()(const DeleteUser&) const { return DeleteUserResponse{}; }
        Response::Body operator()(const GetConference&) const { return GetConferenceResponse{}; }
        Response::Body operator()(const ModifyEndpointMedia&) const { return ModifyEndpointMediaResponse{}; }
        Response::Body operator()(const DeleteConference&) const { return DeleteConferenceResponse{}; }
        Response::Body operator()(const ModifyConference&) const { return ModifyConferenceResponse{}; }
        Response::Body operator()(const ModifyUserRoles&) const { return ModifyUserRolesResponse{}; }
        Response::Body operator()(const AdmitUser&) const { return AdmitUserResponse{}; }
        Response::Body operator()(const AllowView&) const { return AllowViewResponse{}; }
        Response::Body operator()(const AllowControl&) const { return AllowControlResponse{}; }
        Response::Body operator()(const EndSharing&) const { return EndSharingResponse{}; }
        Response::Body operator()(const UseServer&) const { return UseServerResponse{}; }
        Response::Body operator()(const SetPresence&) const { return SetPresenceResponse{}; }
        Response::Body operator()(const GetPresence&) const { return GetPresenceResponse{}; }
        Response::Body operator()(const SendMessage&) const { return SendMessageResponse{}; }
    };
    send(Response{request.id, std::visit(Answer{*this}, request.body)});
    if (std::holds_alternative<AddUser>(request.body) || std::holds_alternative<GetConference>(request.body))
        send(ConferenceInfo::full(roster));
}

void TestFocus::send(const Document& document)
{
    sendText(serialize(document));
}

void TestFocus::sendText(const QByteArray& text)
{
    QVERIFY(socket());
    socket()->sendTextMessage(QString::fromUtf8(text));
}

} // namespace sightline
