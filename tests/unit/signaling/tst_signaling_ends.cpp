#include "core/signaling/reconnect_delay.h"
#include "tests/unit/signaling/signaling_scene.h"

#include <QTest>

using namespace sightline;

/// The ways in which a client's connection ends, and what is left of it then.
class TestSignalingEnds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsVanishedServer();
    void isTriedAgain();
    void givesUpWhenToldToLeave();
    void pausesGrowAndDiffer();
    void disconnectsCleanly();
};

void TestSignalingEnds::reportsVanishedServer()
{
    Scene scene;
    SignalingClient::Options options = scene.options();
    options.reconnectFor = {};
    scene.client.connectToServer(options);
    QVERIFY(scene.signedIn.wait());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
    scene.focus.socket()->abort();
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "connection-lost");
    QVERIFY(scene.client.entity().isEmpty());
    QVERIFY(scene.client.roster() == Roster());
    // What is said now is dropped, and one can begin anew.
    scene.client.sendBye(kAda, kCall, ErrorCode::Gone, {});
    scene.client.setSharing(Participant::Sharing::None);
    scene.join();
    QCOMPARE(scene.connectionFailed.count(), 1);
    QVERIFY(scene.requestFailed.isEmpty());
}

void TestSignalingEnds::isTriedAgain()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        if (!std::holds_alternative<SignIn>(request.body))
            return scene.focus.answer(request);
        const bool isBack = std::get<SignIn>(request.body).resume == QLatin1StringView("token");
        scene.focus.send(Response{request.id,
            SignInResponse{TestFocus::clientEntity(), kProtocolVersion, QStringLiteral("Test/1"),
                isBack ? QStringLiteral("next") : QStringLiteral("token"), isBack}});
        if (isBack)
            scene.focus.send(ConferenceInfo::full(scene.focus.roster));
    };
    scene.join();
    QSignalSpy interrupted(&scene.client, &SignalingClient::connectionInterrupted);
    QSignalSpy reconnected(&scene.client, &SignalingClient::reconnected);
    scene.focus.socket()->abort();
    QVERIFY(interrupted.wait());
    QVERIFY(!scene.client.entity().isEmpty());
    QCOMPARE(scene.client.roster().participants.size(), 2);
    scene.client.sendBye(kAda, kCall, ErrorCode::Gone, {});
    scene.client.setSharing(Participant::Sharing::Viewer);
    QVERIFY(scene.focus.calls().empty());
    QVERIFY(reconnected.wait());
    QTRY_COMPARE(scene.focus.calls().size(), 1u);
    QTRY_VERIFY(scene.focus.lastRequest<ModifyEndpointMedia>());
    QCOMPARE(scene.focus.lastRequest<ModifyEndpointMedia>()->sharing, Participant::Sharing::Viewer);
    QCOMPARE(scene.joined.count(), 1);
    QCOMPARE(scene.signedIn.count(), 1);
    QVERIFY(scene.connectionFailed.isEmpty());
    QVERIFY(scene.requestFailed.isEmpty());
}

void TestSignalingEnds::givesUpWhenToldToLeave()
{
    Scene scene;
    scene.join();
    QSignalSpy interrupted(&scene.client, &SignalingClient::connectionInterrupted);
    QSignalSpy reconnected(&scene.client, &SignalingClient::reconnected);
    scene.focus.socket()->abort();
    QVERIFY(interrupted.wait());
    scene.client.disconnectFromServer();
    const qsizetype before = scene.focus.requestCount();
    QVERIFY(!reconnected.wait(1000)); // longer than the first pause
    QCOMPARE(scene.focus.requestCount(), before);
    QVERIFY(scene.connectionFailed.isEmpty());
}

void TestSignalingEnds::pausesGrowAndDiffer()
{
    ReconnectDelay delay;
    QCOMPARE(delay.next(0.5), ReconnectDelay::kFirst);
    QCOMPARE(delay.next(0.5), 2 * ReconnectDelay::kFirst);
    QCOMPARE(delay.next(0), 2 * ReconnectDelay::kFirst);
    for (int i = 0; i < 100; ++i)
        delay.next(0);
    QCOMPARE(delay.next(0.5), ReconnectDelay::kLongest);
    delay.reset();
    QCOMPARE(delay.next(0.5), ReconnectDelay::kFirst);
}

void TestSignalingEnds::disconnectsCleanly()
{
    Scene scene;
    scene.join();
    QSignalSpy gone(&scene.focus, &TestFocus::clientGone);
    scene.client.disconnectFromServer();
    QVERIFY(gone.wait());
    QVERIFY(scene.focus.lastRequest<DeleteUser>());
    QVERIFY(scene.connectionFailed.isEmpty());
    QVERIFY(scene.client.entity().isEmpty());
}

QTEST_GUILESS_MAIN(TestSignalingEnds)
#include "tst_signaling_ends.moc"
