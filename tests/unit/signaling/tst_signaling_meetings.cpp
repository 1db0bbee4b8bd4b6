#include "tests/unit/signaling/signaling_scene.h"

using namespace sightline;

namespace {

using State = ConferenceInfo::State;

Participant me(Participant::Sharing sharing)
{
    return {TestFocus::clientEntity(), QStringLiteral("Me"), Participant::Role::Attendee, sharing, {}};
}

Participant bob(Participant::Sharing sharing)
{
    return {QStringLiteral("bob"), QStringLiteral("Bob"), Participant::Role::Presenter, sharing, {}};
}

} // namespace

/// Conferences as a client sees them: the lobby, presenters' requests, and what others do to it.
class TestSignalingMeetings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void createsWithSettings();
    void joinsWithSecrets();
    void waitsInLobby();
    void isDeclined();
    void leavesLobby();
    void isRemoved();
    void losesSharing_data();
    void losesSharing();
    void stopsSharingItself();
    void asksForWhatPresentersDo();
    void tellsWhatOthersRefuse();
};

void TestSignalingMeetings::createsWithSettings()
{
    Scene scene;
    scene.focus.onRequest = [&](const Request& request) {
        if (const auto* const add = std::get_if<AddConference>(&request.body))
            scene.focus.send(Response{request.id,
                AddConferenceResponse{TestFocus::meetingId(), add->subject, {}, QStringLiteral("the key")}});
        else
            scene.focus.answer(request);
    };
    scene.signIn();
    AddConference meeting{.subject = QStringLiteral(" S "), .passcode = QStringLiteral("4711")};
    meeting.settings.hasLobby = true;
    scene.client.createConference(meeting);
    QVERIFY(scene.joined.wait());
    meeting.subject = QStringLiteral("S");
    QVERIFY(*scene.focus.lastRequest<AddConference>() == meeting);
    QCOMPARE(scene.focus.lastRequest<AddUser>()->key, QStringLiteral("the key"));
    QCOMPARE(scene.client.organizerKey(), QStringLiteral("the key"));
}

void TestSignalingMeetings::joinsWithSecrets()
{
    Scene scene;
    scene.focus.onRequest = [&](const Request& request) {
        if (const auto* const add = std::get_if<AddUser>(&request.body)) {
            const IceServerInfo relay{QStringLiteral("turn:t"), QStringLiteral("u"), QStringLiteral("p")};
            scene.focus.send(Response{request.id,
                AddUserResponse{add->meetingId, add->user, Participant::Role::Attendee, {relay}}});
            scene.focus.send(ConferenceInfo::full(scene.focus.roster));
        } else {
            scene.focus.answer(request);
        }
    };
    scene.signIn();
    scene.client.joinMeeting(TestFocus::meetingId(), QStringLiteral(" 4711 "), QStringLiteral("key"));
    QVERIFY(scene.joined.wait());
    const AddUser sent = *scene.focus.lastRequest<AddUser>();
    QCOMPARE(sent.passcode, QStringLiteral("4711"));
    QCOMPARE(sent.key, QStringLiteral("key"));
    QCOMPARE(scene.client.iceServers().size(), 1);
    QCOMPARE(scene.client.iceServers().first().username, QStringLiteral("u"));
}

void TestSignalingMeetings::waitsInLobby()
{
    Scene scene;
    quint32 id = 0;
    scene.focus.onRequest = [&](const Request& request) {
        if (!std::holds_alternative<AddUser>(request.body))
            return scene.focus.answer(request);
        id = request.id;
        scene.focus.send(Response{id, AddUserPending{TestFocus::meetingId()}});
    };
    QSignalSpy waiting(&scene.client, &SignalingClient::waitingInLobby);
    SignalingClient::Options options = scene.options();
    options.requestTimeout = std::chrono::milliseconds(300);
    scene.client.connectToServer(options);
    QVERIFY(scene.signedIn.wait());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(waiting.wait());
    // A person takes longer than a server may.
    QVERIFY(!scene.requestFailed.wait(600));
    scene.focus.send(Response{
        id, AddUserResponse{TestFocus::meetingId(), TestFocus::clientEntity(), Participant::Role::Attendee}});
    scene.focus.send(ConferenceInfo::full(scene.focus.roster));
    QVERIFY(scene.joined.wait());
}

void TestSignalingMeetings::isDeclined()
{
    Scene scene;
    quint32 id = 0;
    scene.focus.onRequest = [&](const Request& request) {
        if (!std::holds_alternative<AddUser>(request.body))
            return scene.focus.answer(request);
        id = request.id;
        scene.focus.send(Response{id, AddUserPending{TestFocus::meetingId()}});
    };
    QSignalSpy waiting(&scene.client, &SignalingClient::waitingInLobby);
    scene.signIn();
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(waiting.wait());
    scene.focus.send(
        Response{id, Failure{ErrorCode::Declined, QStringLiteral("no"), Failure::Update::None, 0, {}}});
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(errorOf(scene.requestFailed).code(), ErrorCode::Declined);
    QVERIFY(!scene.focus.lastRequest<DeleteUser>());
}

void TestSignalingMeetings::leavesLobby()
{
    Scene scene;
    scene.focus.onRequest = [&](const Request& request) {
        if (std::holds_alternative<AddUser>(request.body))
            scene.focus.send(Response{request.id, AddUserPending{TestFocus::meetingId()}});
        else
            scene.focus.answer(request);
    };
    QSignalSpy waiting(&scene.client, &SignalingClient::waitingInLobby);
    scene.signIn();
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(waiting.wait());
    scene.client.leaveMeeting();
    QTRY_VERIFY(scene.focus.lastRequest<DeleteUser>());
    QCOMPARE(scene.focus.lastRequest<DeleteUser>()->meetingId, TestFocus::meetingId());
}

void TestSignalingMeetings::isRemoved()
{
    Scene scene;
    scene.join();
    scene.focus.send(
        ConferenceInfo{State::Deleted, TestFocus::meetingId(), 2, {}, {}, {}, {}, ErrorCode::Removed});
    QVERIFY(scene.meetingEnded.wait());
    QCOMPARE(errorOf(scene.meetingEnded).code(), ErrorCode::Removed);
}

void TestSignalingMeetings::losesSharing_data()
{
    QTest::addColumn<bool>("isTaken");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("taken over") << true << ErrorCode::Replaced;
    QTest::newRow("ended") << false << ErrorCode::EndedByPresenter;
}

void TestSignalingMeetings::losesSharing()
{
    QFETCH(bool, isTaken);
    QFETCH(ErrorCode, code);
    Scene scene;
    scene.join();
    QSignalSpy ended(&scene.client, &SignalingClient::sharingEnded);
    scene.client.setSharing(Participant::Sharing::Sharer);
    QTRY_VERIFY(scene.focus.lastRequest<ModifyEndpointMedia>());
    quint32 version = scene.client.roster().version;
    const auto told = [&](Participant::Sharing mine, Participant::Sharing other) {
        scene.focus.send(ConferenceInfo{
            State::Partial, TestFocus::meetingId(), ++version, {}, {me(mine), bob(other)}, {}});
        QVERIFY(scene.rosterChanged.wait());
    };
    told(Participant::Sharing::Sharer, Participant::Sharing::None);
    QCOMPARE(ended.count(), 0);
    told(Participant::Sharing::None, isTaken ? Participant::Sharing::Sharer : Participant::Sharing::None);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(errorOf(ended).code(), code);
}

void TestSignalingMeetings::stopsSharingItself()
{
    Scene scene;
    scene.join();
    QSignalSpy ended(&scene.client, &SignalingClient::sharingEnded);
    scene.client.setSharing(Participant::Sharing::Sharer);
    quint32 version = scene.client.roster().version;
    const auto told = [&](Participant::Sharing mine) {
        scene.focus.send(
            ConferenceInfo{State::Partial, TestFocus::meetingId(), ++version, {}, {me(mine)}, {}});
        QVERIFY(scene.rosterChanged.wait());
    };
    told(Participant::Sharing::Sharer);
    scene.client.setSharing(Participant::Sharing::None);
    told(Participant::Sharing::None);
    QCOMPARE(ended.count(), 0);
}

void TestSignalingMeetings::asksForWhatPresentersDo()
{
    Scene scene;
    scene.signIn();
    scene.client.lock(true); // in no meeting: dropped
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
    QVERIFY(!scene.focus.lastRequest<ModifyConference>());
    const QString meeting = TestFocus::meetingId();
    scene.client.admit(kAda, true);
    scene.client.remove(kAda);
    scene.client.setRole(kAda, Participant::Role::Presenter);
    scene.client.allowControl(kAda, false);
    scene.client.allowView(kAda, true);
    scene.client.lock(true);
    scene.client.endSharing();
    scene.client.useServer();
    scene.client.endMeeting();
    QTRY_VERIFY(scene.focus.lastRequest<DeleteConference>());
    QVERIFY(*scene.focus.lastRequest<AdmitUser>() == (AdmitUser{meeting, kAda, true}));
    QVERIFY(*scene.focus.lastRequest<DeleteUser>() == (DeleteUser{meeting, kAda}));
    QVERIFY(*scene.focus.lastRequest<ModifyUserRoles>()
        == (ModifyUserRoles{meeting, kAda, Participant::Role::Presenter}));
    QVERIFY(*scene.focus.lastRequest<AllowControl>() == (AllowControl{meeting, kAda, false}));
    QVERIFY(*scene.focus.lastRequest<AllowView>() == (AllowView{meeting, kAda, true}));
    QVERIFY(scene.focus.lastRequest<ModifyConference>()->isLocked == true);
    QVERIFY(scene.focus.lastRequest<EndSharing>() && scene.focus.lastRequest<UseServer>());
}

void TestSignalingMeetings::tellsWhatOthersRefuse()
{
    Scene scene;
    scene.join();
    scene.focus.onRequest = [&](const Request& request) {
        scene.focus.send(Response{
            request.id, Failure{ErrorCode::NotAllowed, QStringLiteral("no"), Failure::Update::None, 0, {}}});
    };
    scene.client.remove(kAda);
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(errorOf(scene.requestFailed).code(), ErrorCode::NotAllowed);
}

QTEST_GUILESS_MAIN(TestSignalingMeetings)
#include "tst_signaling_meetings.moc"
