#include "tests/unit/signaling/signaling_scene.h"

#include <QTest>

#include <optional>

using namespace sightline;
using namespace std::chrono_literals;
using State = ConferenceInfo::State;

class TestSignalingClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsIn();
    void reportsCertificateMismatch();
    void refusesUnusableOptions();
    void reportsOldProgram();
    void reportsOldServer();
    void reportsOtherVersionInSuccess();
    void reportsRefusedSignIn();
    void createsMeeting();
    void makesLinkItself();
    void joinsAndLeaves();
    void survivesRefusedJoin();
    void leavesWhatItGaveUp();
    void timesOut();
    void timesOutWithoutRoster();
    void refusesRequestsBeforeSignIn();
    void followsRoster();
    void asksAgainAfterGap();
    void noticesEndOfMeeting_data();
    void noticesEndOfMeeting();
    void tellsWhatItShares();
    void survivesGarbage();
};

void TestSignalingClient::signsIn()
{
    Scene scene;
    scene.signIn();
    const auto* request = scene.focus.lastRequest<SignIn>();
    QVERIFY(request);
    QCOMPARE(request->protocol, kProtocolVersion);
    QCOMPARE(request->displayName, QStringLiteral("Me"));
    QCOMPARE(request->capabilities, QList<QByteArray>{"remotefx"});
    QVERIFY(request->product.startsWith(QStringLiteral("Sightline/")));
    QCOMPARE(scene.client.entity(), TestFocus::clientEntity());
    QCOMPARE(scene.signedIn.front().front().toString(), TestFocus::clientEntity());
}

void TestSignalingClient::reportsCertificateMismatch()
{
    Scene scene;
    SignalingClient::Options options = scene.options();
    options.pinnedFingerprint = QByteArray(32, 'x');
    scene.client.connectToServer(options);
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "certificate-mismatch");
    QCOMPARE(scene.focus.requestCount(), 0);
    scene.signIn(); // and it can be tried again
}

void TestSignalingClient::refusesUnusableOptions()
{
    Scene scene;
    SignalingClient::Options options = scene.options();
    options.displayName = QStringLiteral(" ");
    scene.client.connectToServer(options);
    QVERIFY(scene.connectionFailed.isEmpty());
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "invalid-argument");
    options = scene.options();
    options.url.setScheme(QStringLiteral("ws"));
    scene.client.connectToServer(options);
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "invalid-argument");
}

void TestSignalingClient::reportsOldProgram()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        Failure failure = Failure::versionMismatch(kProtocolVersion, QStringLiteral("Sightline/2"));
        failure.protocol = kProtocolVersion + 1;
        scene.focus.send(Response{request.id, failure});
        scene.focus.socket()->close();
    };
    scene.client.connectToServer(scene.options());
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "version-mismatch");
    QVERIFY(errorOf(scene.connectionFailed).message().contains(QStringLiteral("update the program")));
    QCOMPARE(scene.connectionFailed.count(), 1);
}

void TestSignalingClient::reportsOldServer()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        // As an old server would write it, that knows nothing of what we know.
        scene.focus.sendText(
            "<response xmlns=\"urn:ietf:params:xml:ns:cccp\" xmlns:sl=\"urn:sightline:params:xml:ns:"
            "signaling\" requestId=\""
            + QByteArray::number(request.id)
            + "\" code=\"failure\"><sl:failure code=\"version-mismatch\" protocol=\"0\"/></response>");
    };
    scene.client.connectToServer(scene.options());
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "version-mismatch");
    QVERIFY(errorOf(scene.connectionFailed).message().contains(QStringLiteral("update the server")));
}

void TestSignalingClient::reportsOtherVersionInSuccess()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        scene.focus.send(
            Response{request.id, SignInResponse{TestFocus::clientEntity(), 0, QStringLiteral("Old")}});
    };
    scene.client.connectToServer(scene.options());
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "version-mismatch");
    QVERIFY(errorOf(scene.connectionFailed).message().contains(QStringLiteral("update the server")));
    QVERIFY(scene.signedIn.isEmpty());
}

void TestSignalingClient::reportsRefusedSignIn()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) { scene.fail(request, ErrorCode::TooLarge); };
    scene.client.connectToServer(scene.options());
    QVERIFY(scene.connectionFailed.wait());
    QCOMPARE(codeOf(scene.connectionFailed), "connect-failed");
    QCOMPARE(errorOf(scene.connectionFailed).toString(), QStringLiteral("cannot sign in: because"));
}

void TestSignalingClient::createsMeeting()
{
    Scene scene;
    const MeetingLink link{
        QStringLiteral("share.example.org"), 8443, TestFocus::meetingId(), QByteArray(32, 'p')};
    scene.focus.onRequest = [&scene, &link](const Request& request) {
        if (const auto* body = std::get_if<AddConference>(&request.body))
            scene.focus.send(
                Response{request.id, AddConferenceResponse{link.meetingId, body->subject, link}});
        else
            scene.focus.answer(request);
    };
    scene.signIn();
    scene.client.createMeeting(QStringLiteral("Release review"));
    QVERIFY(scene.joined.wait());
    QCOMPARE(scene.created.count(), 1);
    QVERIFY(scene.created.front().front().value<MeetingLink>() == link);
    QCOMPARE(scene.focus.lastRequest<AddConference>()->subject, QStringLiteral("Release review"));
    QVERIFY(
        *scene.focus.lastRequest<AddUser>() == (AddUser{TestFocus::meetingId(), TestFocus::clientEntity()}));
    QVERIFY(scene.joined.front().front().value<Roster>() == scene.focus.roster);
}

void TestSignalingClient::makesLinkItself()
{
    Scene scene;
    scene.signIn();
    scene.client.createMeeting({});
    QVERIFY(scene.created.wait());
    const MeetingLink expected{QStringLiteral("127.0.0.1"), static_cast<quint16>(scene.focus.url().port()),
        TestFocus::meetingId(), scene.focus.certificate().fingerprint()};
    QVERIFY(scene.created.front().front().value<MeetingLink>() == expected);
}

void TestSignalingClient::joinsAndLeaves()
{
    Scene scene;
    scene.join();
    QVERIFY(scene.client.roster() == scene.focus.roster);
    QVERIFY(scene.created.isEmpty());
    scene.client.leaveMeeting();
    QVERIFY(scene.client.roster() == Roster());
    QTRY_VERIFY(scene.focus.lastRequest<DeleteUser>());
    QCOMPARE(scene.focus.lastRequest<DeleteUser>()->meetingId, TestFocus::meetingId());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
}

void TestSignalingClient::survivesRefusedJoin()
{
    Scene scene;
    const QString missing(22, u'x');
    scene.focus.onRequest = [&](const Request& request) {
        const auto* body = std::get_if<AddUser>(&request.body);
        if (body && body->meetingId == missing)
            scene.fail(request, ErrorCode::NotFound);
        else
            scene.focus.answer(request);
    };
    scene.signIn();
    scene.client.joinMeeting(missing);
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "not-found");
    QCOMPARE(errorOf(scene.requestFailed).toString(), QStringLiteral("cannot join the meeting: because"));
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
    QVERIFY(scene.connectionFailed.isEmpty());
}

void TestSignalingClient::leavesWhatItGaveUp()
{
    Scene scene;
    scene.signIn();
    scene.client.joinMeeting(TestFocus::meetingId());
    scene.client.leaveMeeting();
    QTRY_VERIFY(scene.focus.lastRequest<DeleteUser>());
    QVERIFY(scene.joined.isEmpty());
    // A meeting that nobody wants any more is not joined.
    scene.client.createMeeting({});
    scene.client.leaveMeeting();
    scene.client.joinMeeting(QString(22, u'x'));
    QTRY_VERIFY(scene.focus.lastRequest<AddUser>()->meetingId == QString(22, u'x'));
    QVERIFY(scene.created.isEmpty());
}

void TestSignalingClient::timesOut()
{
    Scene scene;
    std::optional<Request> unanswered;
    scene.focus.onRequest = [&](const Request& request) {
        if (std::holds_alternative<AddUser>(request.body) && !unanswered)
            unanswered = request;
        else
            scene.focus.answer(request);
    };
    SignalingClient::Options options = scene.options();
    options.requestTimeout = 300ms;
    scene.client.connectToServer(options);
    QVERIFY(scene.signedIn.wait());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "timeout");
    // The answer that comes too late changes nothing.
    scene.focus.answer(*unanswered);
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
    QCOMPARE(scene.joined.count(), 1);
}

void TestSignalingClient::timesOutWithoutRoster()
{
    Scene scene;
    scene.focus.onRequest = [&](const Request& request) {
        if (const auto* body = std::get_if<AddUser>(&request.body))
            scene.focus.send(Response{
                request.id, AddUserResponse{body->meetingId, body->user, Participant::Role::Attendee}});
        else
            scene.focus.answer(request);
    };
    SignalingClient::Options options = scene.options();
    options.requestTimeout = 300ms;
    scene.client.connectToServer(options);
    QVERIFY(scene.signedIn.wait());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "timeout");
    QTRY_VERIFY(scene.focus.lastRequest<DeleteUser>());
}

void TestSignalingClient::refusesRequestsBeforeSignIn()
{
    Scene scene;
    scene.client.createMeeting({});
    QVERIFY(scene.requestFailed.isEmpty());
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "not-allowed");
}

void TestSignalingClient::followsRoster()
{
    Scene scene;
    scene.join();
    const Participant bob{QStringLiteral("bob"), QStringLiteral("Bob"), Participant::Role::Attendee,
        Participant::Sharing::Viewer, {"planar"}};
    scene.focus.send(ConferenceInfo{State::Partial, TestFocus::meetingId(), 2, {}, {bob}, {kAda}});
    QVERIFY(scene.rosterChanged.wait());
    const Roster roster = scene.rosterChanged.front().front().value<Roster>();
    QCOMPARE(roster.version, 2u);
    QCOMPARE(roster.participants.size(), 2);
    QVERIFY(*roster.find(QStringLiteral("bob")) == bob);
    QVERIFY(scene.client.roster() == roster);
    QCOMPARE(scene.joined.count(), 1);
}

void TestSignalingClient::asksAgainAfterGap()
{
    Scene scene;
    scene.join();
    scene.focus.roster.version = 3;
    scene.focus.roster.participants.removeFirst();
    scene.focus.send(ConferenceInfo{State::Partial, TestFocus::meetingId(), 3, {}, {}, {kAda}});
    QVERIFY(scene.rosterChanged.wait());
    QVERIFY(scene.focus.lastRequest<GetConference>());
    QVERIFY(scene.client.roster() == scene.focus.roster);
}

void TestSignalingClient::noticesEndOfMeeting_data()
{
    QTest::addColumn<int>("state");
    QTest::newRow("ended") << int(State::Deleted);
    QTest::newRow("taken out") << int(State::Partial);
}

void TestSignalingClient::noticesEndOfMeeting()
{
    QFETCH(int, state);
    Scene scene;
    scene.join();
    ConferenceInfo info{State(state), TestFocus::meetingId(), 2, {}, {}, {}};
    if (info.state == State::Partial)
        info.removed = {TestFocus::clientEntity()};
    scene.focus.send(info);
    QVERIFY(scene.meetingEnded.wait());
    QCOMPARE(codeOf(scene.meetingEnded), "gone");
    QVERIFY(scene.client.roster() == Roster());
    scene.client.joinMeeting(TestFocus::meetingId());
    QVERIFY(scene.joined.wait());
}

void TestSignalingClient::tellsWhatItShares()
{
    Scene scene;
    scene.focus.onRequest = [&scene](const Request& request) {
        if (std::holds_alternative<ModifyEndpointMedia>(request.body))
            scene.fail(request, ErrorCode::Busy);
        else
            scene.focus.answer(request);
    };
    scene.join();
    scene.client.setSharing(Participant::Sharing::Sharer);
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "busy");
    const ModifyEndpointMedia expected{
        TestFocus::meetingId(), TestFocus::clientEntity(), Participant::Sharing::Sharer};
    QVERIFY(*scene.focus.lastRequest<ModifyEndpointMedia>() == expected);
}

void TestSignalingClient::survivesGarbage()
{
    Scene scene;
    scene.join();
    scene.focus.sendText("");
    scene.focus.sendText("garbage");
    scene.focus.sendText("<a/>");
    scene.focus.sendText(serialize(ConferenceInfo::full(scene.focus.roster)).first(100));
    scene.focus.sendText(QByteArray(limits::kRosterSize + 1, ' '));
    scene.focus.sendText(serialize(Request{1, GetConference{TestFocus::meetingId()}}));
    scene.focus.send(Response{0, Failure{ErrorCode::ParseFailed, {}, Failure::Update::None, 0, {}}});
    scene.focus.send(Response{4711, DeleteUserResponse{}});
    scene.focus.socket()->sendBinaryMessage(QByteArray(1000, '\0'));
    scene.settle();
    QVERIFY(scene.connectionFailed.isEmpty());
    QVERIFY(scene.requestFailed.isEmpty());
    QVERIFY(scene.rosterChanged.isEmpty());

    // An answer that cannot be understood ends the request, not the connection.
    scene.focus.onRequest = [&scene](const Request& request) {
        const QByteArray id = QByteArray::number(request.id);
        scene.focus.sendText(
            "<response xmlns=\"urn:ietf:params:xml:ns:cccp\" requestId=\"" + id + "\" code=\"success\"/>");
    };
    scene.client.setSharing(Participant::Sharing::Viewer);
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "parse-failed");
    // So does the answer to another question.
    scene.focus.onRequest = [&scene](const Request& request) {
        scene.focus.send(Response{request.id, DeleteUserResponse{}});
    };
    scene.client.setSharing(Participant::Sharing::Viewer);
    QVERIFY(scene.requestFailed.wait());
    QCOMPARE(codeOf(scene.requestFailed), "parse-failed");
    QVERIFY(scene.connectionFailed.isEmpty());
}

QTEST_GUILESS_MAIN(TestSignalingClient)
#include "tst_signaling_client.moc"
