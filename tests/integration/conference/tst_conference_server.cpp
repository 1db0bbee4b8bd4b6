#include "core/conference/conference_server.h"
#include "core/signaling/signaling_client.h"
#include "tests/integration/conference/raw_client.h"

#include <QHostAddress>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace sightline;

namespace {

SessionDescription description(SessionDescription::Role role, SessionDescription::Setup setup)
{
    SessionDescription result;
    result.role = role;
    result.setup = setup;
    result.iceUfrag = "Ze3C";
    result.icePwd = "s0a6z9xeF6+wQvu6lCDen9oG";
    result.fingerprint = QByteArray("AB:").repeated(32).chopped(1);
    return result;
}

/// A SignalingClient with spies on what the tests wait for.
struct Member {
    Member(const ConferenceServer& server, const QString& name, const QByteArray& pin)
    {
        SignalingClient::Options options;
        options.url = server.localSignalingUrl();
        options.pinnedFingerprint = pin;
        options.displayName = name;
        options.capabilities = {"rdp-graphics"};
        QObject::connect(&client, &SignalingClient::requestFailed, &client,
            [this](const Error& error) { refused = error; });
        QObject::connect(&client, &SignalingClient::connectionFailed, &client,
            [this](const Error& error) { failed = error; });
        client.connectToServer(options);
    }

    Member(const ConferenceServer& server, const QString& name)
        : Member(server, name, server.fingerprint())
    {
    }

    bool isSignedIn() { return !signedIn.isEmpty() || signedIn.wait(10'000); }
    bool sees(qsizetype participants)
    {
        return QTest::qWaitFor([&] { return client.roster().participants.size() == participants; }, 10'000);
    }

    SignalingClient client;
    QSignalSpy signedIn{&client, &SignalingClient::signedIn};
    QSignalSpy created{&client, &SignalingClient::meetingCreated};
    QSignalSpy joined{&client, &SignalingClient::joined};
    std::optional<Error> refused;
    std::optional<Error> failed;
};

} // namespace

/// What the server is for, with the clients that the app uses.
class TestConferenceServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsWhatItIs();
    void keepsItsCertificate();
    void portInUse();
    void anotherPort();
    void foreignAddress();
    void badCertificate();
    void stopsWithClients();
    void meetingOfThree();
    void callBetweenTwo();
    void linkFindsTheServer();
    void wrongPin();
    void unknownMeeting();
    void otherProtocolVersion();

private:
    ServerOptions options() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ConferenceServer> m_server;
};

ServerOptions TestConferenceServer::options() const
{
    ServerOptions options;
    options.address = QHostAddress(QHostAddress::LocalHost);
    options.port = 0;
    options.dataDirectory = m_directory->path();
    return options;
}

void TestConferenceServer::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    auto server = ConferenceServer::start(options());
    QVERIFY2(server, server ? "" : qPrintable(server.error().toString()));
    m_server = *std::move(server);
}

void TestConferenceServer::cleanup()
{
    m_server.reset();
}

void TestConferenceServer::tellsWhatItIs()
{
    QVERIFY(m_server->port() != 0);
    QVERIFY(m_server->isSelfSigned());
    QCOMPARE(m_server->baseUrl(), QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server->port())));
    QCOMPARE(m_server->localSignalingUrl(),
        QUrl(QStringLiteral("wss://127.0.0.1:%1/signaling").arg(m_server->port())));
}

void TestConferenceServer::keepsItsCertificate()
{
    const QByteArray fingerprint = m_server->fingerprint();
    m_server->stop();
    m_server->stop(); // twice does no harm
    const auto again = ConferenceServer::start(options());
    QVERIFY(again);
    QCOMPARE((*again)->fingerprint(), fingerprint);
}

void TestConferenceServer::portInUse()
{
    ServerOptions taken = options();
    taken.port = m_server->port();
    const auto second = ConferenceServer::start(taken);
    QVERIFY(!second);
    QCOMPARE(second.error().code(), ErrorCode::PortInUse);
    QVERIFY(second.error().message().contains(QString::number(taken.port)));
}

void TestConferenceServer::anotherPort()
{
    ServerOptions taken = options();
    taken.port = m_server->port();
    taken.anotherPortIfTaken = true;
    const auto second = ConferenceServer::start(taken);
    QVERIFY(second);
    QVERIFY((*second)->port() != m_server->port());
    Member ada(**second, QStringLiteral("Ada"));
    QVERIFY(ada.isSignedIn());
}

void TestConferenceServer::foreignAddress()
{
    ServerOptions foreign = options();
    foreign.address = QHostAddress(QStringLiteral("192.0.2.55"));
    const auto server = ConferenceServer::start(foreign);
    QVERIFY(!server);
    QCOMPARE(server.error().code(), ErrorCode::InvalidArgument);
}

void TestConferenceServer::badCertificate()
{
    ServerOptions bad = options();
    bad.certificateFile = m_directory->filePath(QStringLiteral("missing.pem"));
    bad.keyFile = bad.certificateFile;
    const auto server = ConferenceServer::start(bad);
    QVERIFY(!server);
    QCOMPARE(server.error().code(), ErrorCode::FileFailed);
}

void TestConferenceServer::stopsWithClients()
{
    RawClient client(*m_server);
    QVERIFY(!client.signIn(QStringLiteral("Ada")).isEmpty());
    Member ada(*m_server, QStringLiteral("Bob"));
    QVERIFY(ada.isSignedIn());
    m_server->stop();
    QVERIFY(client.waitClosed());
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QTRY_VERIFY_WITH_TIMEOUT(ada.failed, 10'000);
}

void TestConferenceServer::meetingOfThree()
{
    Member ada(*m_server, QStringLiteral("Ada"));
    Member bob(*m_server, QStringLiteral("Bob"));
    auto cyd = std::make_unique<Member>(*m_server, QStringLiteral("Cyd"));
    QVERIFY(ada.isSignedIn() && bob.isSignedIn() && cyd->isSignedIn());
    ada.client.createMeeting(QStringLiteral("Review"));
    QVERIFY(ada.sees(1));
    const QString meeting = ada.client.roster().meetingId;
    bob.client.joinMeeting(meeting);
    QVERIFY(bob.sees(2));
    cyd->client.joinMeeting(meeting);
    QVERIFY(ada.sees(3) && bob.sees(3) && cyd->sees(3));
    QCOMPARE(bob.client.roster().subject, QStringLiteral("Review"));
    QCOMPARE(bob.client.roster().find(ada.client.entity())->role, Participant::Role::Presenter);
    QCOMPARE(bob.client.roster().find(cyd->client.entity())->displayName, QStringLiteral("Cyd"));

    ada.client.setSharing(Participant::Sharing::Sharer);
    QTRY_COMPARE_WITH_TIMEOUT(
        cyd->client.roster().find(ada.client.entity())->sharing, Participant::Sharing::Sharer, 10'000);
    bob.client.leaveMeeting();
    QVERIFY(ada.sees(2) && cyd->sees(2));
    cyd.reset(); // its socket just closes
    QVERIFY(ada.sees(1));
    QVERIFY(!ada.refused);
    bob.client.joinMeeting(meeting);
    QVERIFY(bob.sees(2));
    QCOMPARE(bob.client.roster(), ada.client.roster());
}

void TestConferenceServer::callBetweenTwo()
{
    using Role = SessionDescription::Role;
    using Setup = SessionDescription::Setup;
    Member ada(*m_server, QStringLiteral("Ada"));
    Member bob(*m_server, QStringLiteral("Bob"));
    QVERIFY(ada.isSignedIn() && bob.isSignedIn());
    ada.client.createMeeting({});
    QVERIFY(ada.sees(1));
    bob.client.joinMeeting(ada.client.roster().meetingId);
    QVERIFY(ada.sees(2) && bob.sees(2));

    QSignalSpy offers(&bob.client, &SignalingClient::offerReceived);
    QSignalSpy answers(&ada.client, &SignalingClient::answerReceived);
    QSignalSpy candidates(&bob.client, &SignalingClient::candidateReceived);
    QSignalSpy byes(&ada.client, &SignalingClient::byeReceived);
    const QString call = QStringLiteral("call-1");
    const auto offer = description(Role::Sharer, Setup::ActPass);
    ada.client.sendOffer(bob.client.entity(), call, offer);
    QVERIFY(offers.wait(10'000));
    QCOMPARE(offers[0][0].toString(), ada.client.entity());
    QCOMPARE(offers[0][1].toString(), call);
    QCOMPARE(offers[0][2].value<SessionDescription>(), offer);
    const auto answer = description(Role::Viewer, Setup::Active);
    bob.client.sendAnswer(ada.client.entity(), call, answer);
    QVERIFY(answers.wait(10'000));
    QCOMPARE(answers[0][2].value<SessionDescription>(), answer);
    ada.client.sendCandidate(
        bob.client.entity(), call, "candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host");
    QVERIFY(candidates.wait(10'000));
    bob.client.sendBye(ada.client.entity(), call, ErrorCode::Declined, QStringLiteral("no"));
    QVERIFY(byes.wait(10'000));
    QCOMPARE(byes[0][2].value<ErrorCode>(), ErrorCode::Declined);
}

void TestConferenceServer::linkFindsTheServer()
{
    Member ada(*m_server, QStringLiteral("Ada"));
    QVERIFY(ada.isSignedIn());
    ada.client.createMeeting({});
    QVERIFY(!ada.created.isEmpty() || ada.created.wait(10'000));
    const auto link = ada.created[0][0].value<MeetingLink>();
    QCOMPARE(link.port, m_server->port());
    QCOMPARE(link.certificateFingerprint, m_server->fingerprint());

    SignalingClient bob;
    QSignalSpy signedIn(&bob, &SignalingClient::signedIn);
    QSignalSpy joined(&bob, &SignalingClient::joined);
    SignalingClient::Options options;
    options.url = link.signalingUrl();
    options.pinnedFingerprint = link.certificateFingerprint;
    options.displayName = QStringLiteral("Bob");
    bob.connectToServer(options);
    QVERIFY(signedIn.wait(10'000));
    bob.joinMeeting(link.meetingId);
    QVERIFY(joined.wait(10'000));
}

void TestConferenceServer::wrongPin()
{
    Member ada(*m_server, QStringLiteral("Ada"), QByteArray(32, 'x'));
    QTRY_VERIFY_WITH_TIMEOUT(ada.failed, 10'000);
    QCOMPARE(ada.failed->code(), ErrorCode::CertificateMismatch);
}

void TestConferenceServer::unknownMeeting()
{
    Member ada(*m_server, QStringLiteral("Ada"));
    QVERIFY(ada.isSignedIn());
    ada.client.joinMeeting(QStringLiteral("bWVldGluZy1vZi1leGFtcGxl"));
    QTRY_VERIFY_WITH_TIMEOUT(ada.refused, 10'000);
    QCOMPARE(ada.refused->code(), ErrorCode::NotFound);
}

void TestConferenceServer::otherProtocolVersion()
{
    RawClient client(*m_server);
    QVERIFY(client.waitConnected());
    SignIn document;
    document.protocol = kProtocolVersion + 1;
    document.displayName = QStringLiteral("Ada");
    const auto answer = client.ask(document);
    QVERIFY(answer && std::holds_alternative<Failure>(answer->body));
    QCOMPARE(std::get<Failure>(answer->body).code, ErrorCode::VersionMismatch);
    QCOMPARE(std::get<Failure>(answer->body).update, Failure::Update::Server);
    QVERIFY(client.waitClosed());
    QCOMPARE(client.socket().closeCode(), QWebSocketProtocol::CloseCodeNormal);
}

QTEST_GUILESS_MAIN(TestConferenceServer)
#include "tst_conference_server.moc"
