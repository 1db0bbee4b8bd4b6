#include "core/conference/server_certificate.h"
#include "core/signaling/session_description.h"
#include "tests/integration/conference/raw_client.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <memory>
#include <vector>

using namespace sightline;

namespace {

constexpr int kPatienceMs = 20'000;

quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress(QHostAddress::LocalHost), 0);
    return probe.serverPort();
}

SessionDescription offerOf()
{
    SessionDescription offer;
    offer.iceUfrag = "Ze3C";
    offer.icePwd = "s0a6z9xeF6+wQvu6lCDen9oG";
    offer.fingerprint = QByteArray("AB:").repeated(31) + "AB";
    offer.capabilities = {"rtp-stream-1", "rdp-graphics", "direct"};
    return offer;
}

} // namespace

/// sightline-server in several processes: a focus and its sharing servers.
class TestServerRoles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void callsReachTheSharingServer();
    void meetingsMoveFromADeadServer();
    void meetingsMoveFromOneThatStops();
    void participantsOutliveTheFocus();

private:
    struct Server {
        std::unique_ptr<QTemporaryDir> data = std::make_unique<QTemporaryDir>();
        std::unique_ptr<QProcess> process;
        quint16 port = freePort();
        QString url() const { return QStringLiteral("https://127.0.0.1:%1").arg(port); }
        QString pinned;
    };
    void prepare(Server& server);
    void start(Server& server, const QStringList& arguments);
    void startFocus();
    void startSharing(Server& server);
    /// Three in a meeting, the first one shares.
    void meet();
    bool waitMoved(const QString& from);

    Server m_focus;
    std::array<Server, 2> m_sharing;
    QString m_secretFile;
    std::vector<std::unique_ptr<RawClient>> m_people;
    QString m_meeting;
};

void TestServerRoles::prepare(Server& server)
{
    const auto certificate
        = ServerCertificate::loadOrCreate(server.data->path(), {QStringLiteral("127.0.0.1")});
    QVERIFY(certificate);
    server.pinned
        = server.url() + QStringLiteral("?fp=") + QString::fromLatin1(certificate->fingerprint().toHex());
}

void TestServerRoles::start(Server& server, const QStringList& arguments)
{
    server.process = std::make_unique<QProcess>();
    server.process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.process->start(QStringLiteral(SIGHTLINE_SERVER),
        QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(server.port),
            QStringLiteral("--data"), server.data->path(), QStringLiteral("--c3p-secret-file"), m_secretFile}
            + arguments);
    QTRY_VERIFY_WITH_TIMEOUT(server.process->canReadLine(), kPatienceMs);
    QVERIFY(server.process->readLine().startsWith("ready "));
}

void TestServerRoles::startFocus()
{
    start(m_focus,
        {QStringLiteral("--role"), QStringLiteral("focus"), QStringLiteral("--sharing"),
            m_sharing[0].pinned + QLatin1Char(',') + m_sharing[1].pinned});
}

void TestServerRoles::startSharing(Server& server)
{
    start(server,
        {QStringLiteral("--role"), QStringLiteral("sharing"), QStringLiteral("--focus-url"), m_focus.pinned});
}

void TestServerRoles::init()
{
    m_focus = {};
    m_sharing = {};
    m_secretFile = m_focus.data->filePath(QStringLiteral("secret"));
    QFile file(m_secretFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0123456789abcdef0123456789abcdef\n");
    file.close();
    for (Server* server : {&m_focus, &m_sharing[0], &m_sharing[1]})
        prepare(*server);
    startSharing(m_sharing[0]);
    startFocus();
}

void TestServerRoles::cleanup()
{
    m_people.clear();
    for (Server* server : {&m_focus, &m_sharing[0], &m_sharing[1]}) {
        if (!server->process)
            continue;
        server->process->kill();
        server->process->waitForFinished(kPatienceMs);
    }
}

void TestServerRoles::meet()
{
    for (const char* name : {"Ada", "Bob", "Cyd"}) {
        m_people.push_back(std::make_unique<RawClient>(QUrl(m_focus.url())));
        QVERIFY(m_people.back()->waitConnected());
        QVERIFY(!m_people.back()->signIn(QString::fromLatin1(name)).isEmpty());
    }
    m_meeting = m_people[0]->createMeeting();
    for (const auto& person : m_people)
        QVERIFY(person->join(m_meeting));
    // The focus may not have heard of its sharing server yet.
    QVERIFY(m_people[0]->ask(
        ModifyEndpointMedia{m_meeting, m_people[0]->entity(), Participant::Sharing::Sharer}));
    QVERIFY(QTest::qWaitFor(
        [this] { return !m_people[2]->meetingState().sharingServer.isEmpty(); }, kPatienceMs));
}

bool TestServerRoles::waitMoved(const QString& from)
{
    return QTest::qWaitFor(
        [&] {
            const QString now = m_people[2]->meetingState().sharingServer;
            return !now.isEmpty() && now != from;
        },
        kPatienceMs);
}

void TestServerRoles::callsReachTheSharingServer()
{
    meet();
    RawClient& ada = *m_people[0];
    const QString server = ada.meetingState().sharingServer;
    ada.send(CallDocument{{}, server, QStringLiteral("c-1"), CallOffer{offerOf().toSdp()}});
    const auto answer = [&]() -> const CallDocument* {
        for (const Document& document : ada.received()) {
            const auto* const call = std::get_if<CallDocument>(&document);
            if (call && call->from == server && std::holds_alternative<CallAnswer>(call->body))
                return call;
        }
        return nullptr;
    };
    QVERIFY(QTest::qWaitFor([&] { return answer() != nullptr; }, kPatienceMs));
    QCOMPARE(answer()->callId, QStringLiteral("c-1"));
    QVERIFY(SessionDescription::parse(std::get<CallAnswer>(answer()->body).sdp));
}

void TestServerRoles::meetingsMoveFromADeadServer()
{
    meet();
    startSharing(m_sharing[1]);
    // The focus has to know the second one; a heartbeat later it does. Then the first one dies at once.
    QTest::qWait(1'000);
    const QString before = m_people[2]->meetingState().sharingServer;
    QElapsedTimer time;
    time.start();
    ::kill(static_cast<pid_t>(m_sharing[0].process->processId()), SIGKILL);
    QVERIFY(waitMoved(before));
    qInfo("the meeting has moved after %lld ms", static_cast<long long>(time.elapsed()));
    for (const auto& person : m_people)
        QTRY_COMPARE_WITH_TIMEOUT(
            person->meetingState().sharingServer, m_people[2]->meetingState().sharingServer, kPatienceMs);
    // It works there.
    m_people[0]->send(CallDocument{
        {}, m_people[0]->meetingState().sharingServer, QStringLiteral("c-2"), CallOffer{offerOf().toSdp()}});
    QVERIFY(QTest::qWaitFor(
        [this] {
            const auto* const call = std::get_if<CallDocument>(&m_people[0]->received().last());
            return call && call->callId == QStringLiteral("c-2");
        },
        kPatienceMs));
}

void TestServerRoles::meetingsMoveFromOneThatStops()
{
    meet();
    startSharing(m_sharing[1]);
    QTest::qWait(1'000);
    const QString before = m_people[2]->meetingState().sharingServer;
    ::kill(static_cast<pid_t>(m_sharing[0].process->processId()), SIGTERM);
    QVERIFY(waitMoved(before));
    QVERIFY(m_sharing[0].process->waitForFinished(kPatienceMs));
    QCOMPARE(m_sharing[0].process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_sharing[0].process->exitCode(), 0);
}

void TestServerRoles::participantsOutliveTheFocus()
{
    RawClient ada{QUrl(m_focus.url())};
    QVERIFY(ada.waitConnected());
    SignIn signIn;
    signIn.displayName = QStringLiteral("Ada");
    signIn.capabilities = {"direct"};
    const auto first = ada.ask(signIn);
    QVERIFY(first && std::holds_alternative<SignInResponse>(first->body));
    const SignInResponse before = std::get<SignInResponse>(first->body);
    const QString meeting = ada.createMeeting();
    QVERIFY(ada.ask(AddUser{meeting, before.entity, {}, {}}));
    QVERIFY(ada.waitParticipants(1));
    // Killed, not stopped: what was done a moment ago is on the disk nevertheless.
    QTest::qWait(500);
    m_focus.process->kill();
    QVERIFY(m_focus.process->waitForFinished(kPatienceMs));
    startFocus();
    RawClient again{QUrl(m_focus.url())};
    QVERIFY(again.waitConnected());
    signIn.resume = before.resume;
    const auto second = again.ask(signIn);
    QVERIFY(second && std::holds_alternative<SignInResponse>(second->body));
    const SignInResponse after = std::get<SignInResponse>(second->body);
    QVERIFY(after.isResumed);
    QCOMPARE(after.entity, before.entity);
    QVERIFY(again.waitParticipants(1));
}

QTEST_GUILESS_MAIN(TestServerRoles)
#include "tst_server_roles.moc"
