#include "tests/unit/signaling/signaling_scene.h"

#include <QTest>

using namespace sightline;

/// The ways in which a client's connection ends, and what is left of it then.
class TestSignalingEnds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reportsVanishedServer();
    void disconnectsCleanly();
};

void TestSignalingEnds::reportsVanishedServer()
{
    Scene scene;
    scene.join();
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
