#include "core/conference/conference_server.h"
#include "core/signaling/signaling_client.h"
#include "tests/integration/conference/cuttable_proxy.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

/// A client behind a proxy that can be cut, and what it says.
struct Member {
    Member(const ConferenceServer& server, const QString& name, ServerLimits limits = {})
        : proxy(server.port())
    {
        SignalingClient::Options options;
        options.url = QUrl(QStringLiteral("wss://127.0.0.1:%1/signaling").arg(proxy.port()));
        options.pinnedFingerprint = server.fingerprint();
        options.displayName = name;
        options.capabilities = {"rdp-graphics"};
        options.silenceTimeout = limits.silence;
        client.connectToServer(options);
    }
    bool isSignedIn() { return !signedIn.isEmpty() || signedIn.wait(10'000); }
    bool isBack() { return !reconnected.isEmpty() || reconnected.wait(20'000); }
    bool isAway() { return !interrupted.isEmpty() || interrupted.wait(10'000); }

    CuttableProxy proxy;
    SignalingClient client;
    QSignalSpy signedIn{&client, &SignalingClient::signedIn};
    QSignalSpy created{&client, &SignalingClient::meetingCreated};
    QSignalSpy joined{&client, &SignalingClient::joined};
    QSignalSpy rosterChanged{&client, &SignalingClient::rosterChanged};
    QSignalSpy interrupted{&client, &SignalingClient::connectionInterrupted};
    QSignalSpy reconnected{&client, &SignalingClient::reconnected};
    QSignalSpy failed{&client, &SignalingClient::connectionFailed};
    QSignalSpy byes{&client, &SignalingClient::byeReceived};
};

} // namespace

/// The real server and real clients whose connection breaks in between.
class TestSignalingReturn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void aBreakIsSeenByNobodyElse();
    void aDeadNetworkIsFoundOutSoon();
    void whoWasForgottenJoinsAgain();
    void aRestartedServerKnowsItsMeetings();
    void aServerWithoutMemoryKnowsNoMeeting();

private:
    void start(const ServerLimits& limits = {}, quint16 port = 0);
    void meet();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ConferenceServer> m_server;
    std::unique_ptr<Member> m_ada;
    std::unique_ptr<Member> m_bob;
};

void TestSignalingReturn::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestSignalingReturn::cleanup()
{
    m_ada.reset();
    m_bob.reset();
    m_server.reset();
}

void TestSignalingReturn::start(const ServerLimits& limits, quint16 port)
{
    ServerOptions options;
    options.address = QHostAddress(QHostAddress::LocalHost);
    options.port = port;
    options.dataDirectory = m_directory->path();
    auto server = ConferenceServer::start(options, limits);
    QVERIFY2(server, server ? "" : qPrintable(server.error().toString()));
    m_server = *std::move(server);
}

void TestSignalingReturn::meet()
{
    m_ada = std::make_unique<Member>(*m_server, QStringLiteral("Ada"));
    m_bob = std::make_unique<Member>(*m_server, QStringLiteral("Bob"));
    QVERIFY(m_ada->isSignedIn() && m_bob->isSignedIn());
    m_ada->client.createMeeting({});
    QVERIFY(m_ada->joined.wait(10'000));
    m_bob->client.joinMeeting(m_ada->client.roster().meetingId);
    QVERIFY(m_bob->joined.wait(10'000));
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->client.roster().participants.size(), 2, 10'000);
    m_ada->rosterChanged.clear();
}

void TestSignalingReturn::aBreakIsSeenByNobodyElse()
{
    start();
    meet();
    const QString bob = m_bob->client.entity();
    m_bob->proxy.setCut(true);
    QVERIFY(m_bob->isAway());
    // Both go on talking.
    m_ada->client.sendBye(bob, QStringLiteral("c1"), ErrorCode::Busy, {});
    m_bob->client.sendBye(m_ada->client.entity(), QStringLiteral("c2"), ErrorCode::Declined, {});
    m_bob->client.setSharing(Participant::Sharing::Viewer);
    const int before = m_bob->proxy.connectionCount();
    QTRY_VERIFY_WITH_TIMEOUT(m_bob->proxy.connectionCount() >= before + 2, 10'000); // it tries
    QCOMPARE(m_ada->rosterChanged.count(), 0);
    m_bob->proxy.setCut(false);
    QVERIFY(m_bob->isBack());
    QCOMPARE(m_bob->client.entity(), bob);
    QTRY_COMPARE_WITH_TIMEOUT(m_bob->byes.count(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->byes.count(), 1, 10'000);
    // The only change that Ada hears of is what Bob wanted meanwhile.
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->rosterChanged.count(), 1, 10'000);
    QCOMPARE(m_ada->client.roster().find(bob)->sharing, Participant::Sharing::Viewer);
    QCOMPARE(m_bob->interrupted.count(), 1);
    QCOMPARE(m_bob->joined.count(), 1);
    QVERIFY(m_bob->failed.isEmpty());
}

void TestSignalingReturn::aDeadNetworkIsFoundOutSoon()
{
    start();
    meet();
    const QString bob = m_bob->client.entity();
    m_bob->proxy.setSilent(true);
    // Sent into the dead connection, unsuspectingly.
    m_ada->client.sendBye(bob, QStringLiteral("c1"), ErrorCode::Busy, {});
    m_bob->client.sendBye(m_ada->client.entity(), QStringLiteral("c2"), ErrorCode::Declined, {});
    m_bob->client.checkConnection();
    QVERIFY(m_bob->isAway()); // far sooner than by the usual silence; the server has not noticed anything yet
    m_bob->proxy.setSilent(false);
    m_bob->client.checkConnection();
    QVERIFY(m_bob->isBack());
    QCOMPARE(m_bob->client.entity(), bob);
    QTRY_COMPARE_WITH_TIMEOUT(m_bob->byes.count(), 1, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->byes.count(), 1, 10'000);
    QCOMPARE(m_ada->rosterChanged.count(), 0);
}

void TestSignalingReturn::whoWasForgottenJoinsAgain()
{
    ServerLimits limits;
    limits.absence = 100ms;
    start(limits);
    meet();
    const QString bob = m_bob->client.entity();
    m_bob->proxy.setCut(true);
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->client.roster().participants.size(), 1, 10'000);
    m_bob->proxy.setCut(false);
    QVERIFY(m_bob->isBack());
    QVERIFY(m_bob->client.entity() != bob);
    QTRY_COMPARE_WITH_TIMEOUT(m_ada->client.roster().participants.size(), 2, 10'000);
    QVERIFY(m_bob->client.roster() == m_ada->client.roster());
    QCOMPARE(m_bob->joined.count(), 1);
}

void TestSignalingReturn::aRestartedServerKnowsItsMeetings()
{
    start();
    meet();
    m_ada->client.setSharing(Participant::Sharing::Sharer);
    QTRY_VERIFY_WITH_TIMEOUT(m_bob->client.roster().sharer(), 10'000);
    const quint16 port = m_server->port();
    const QString bob = m_bob->client.entity();
    m_server.reset();
    QVERIFY(m_ada->isAway() && m_bob->isAway());
    start({}, port);
    QVERIFY(m_ada->isBack() && m_bob->isBack());
    QCOMPARE(m_bob->client.entity(), bob);
    m_ada->client.setSharing(Participant::Sharing::None);
    QTRY_VERIFY_WITH_TIMEOUT(!m_bob->client.roster().sharer(), 10'000);
    QCOMPARE(m_bob->client.roster().participants.size(), 2);
    QCOMPARE(m_bob->client.roster().find(bob)->number, 2u);
    QVERIFY(m_bob->client.roster() == m_ada->client.roster());
}

void TestSignalingReturn::aServerWithoutMemoryKnowsNoMeeting()
{
    start();
    meet();
    const quint16 port = m_server->port();
    const QByteArray fingerprint = m_server->fingerprint();
    m_server.reset();
    QVERIFY(m_ada->isAway() && m_bob->isAway());
    QVERIFY(QFile::remove(m_directory->filePath(QStringLiteral("conferences.sqlite"))));
    start({}, port);
    QCOMPARE(m_server->fingerprint(), fingerprint);
    QVERIFY(m_ada->failed.wait(20'000));
    const Error error = *static_cast<const Error*>(m_ada->failed.front().front().constData());
    QCOMPARE(error.code(), ErrorCode::NotFound);
    QVERIFY2(error.message().contains(QStringLiteral("over")), qPrintable(error.toString()));
    QVERIFY(m_ada->reconnected.isEmpty());
    QVERIFY(m_ada->client.entity().isEmpty());
}

QTEST_GUILESS_MAIN(TestSignalingReturn)
#include "tst_signaling_return.moc"
