#include "core/signaling/presence_client.h"
#include "tests/unit/signaling/test_focus.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

const QString kAda = QStringLiteral("ada");
const QString kId = QStringLiteral("i-1");

PresenceInfo list(quint32 version, PresenceInfo::State state = PresenceInfo::State::Full)
{
    return {state, version, {{kAda, QStringLiteral("Ada"), Person::Availability::Available}}, {}};
}

struct Scene {
    TestFocus focus;
    PresenceClient client;
    QSignalSpy signedIn{&client, &PresenceClient::signedIn};
    QSignalSpy peopleChanged{&client, &PresenceClient::peopleChanged};
    QSignalSpy refused{&client, &PresenceClient::presenceRefused};
    QSignalSpy failed{&client, &PresenceClient::failed};
    QSignalSpy invited{&client, &PresenceClient::invited};
    QSignalSpy cancelled{&client, &PresenceClient::cancelled};
    QSignalSpy accepted{&client, &PresenceClient::accepted};
    QSignalSpy declined{&client, &PresenceClient::declined};

    void open()
    {
        client.connectToServer({.url = focus.url(),
            .pinnedFingerprint = focus.certificate().fingerprint(),
            .displayName = QStringLiteral(" Me ")});
    }
    void signIn()
    {
        open();
        QVERIFY(signedIn.wait());
        QTRY_VERIFY(focus.lastRequest<SetPresence>());
    }
    void answerWith(std::function<bool(const Request&)> answersItself)
    {
        focus.onRequest = [this, answersItself](const Request& request) {
            if (!answersItself(request))
                focus.answer(request);
        };
    }
    void fail(const Request& request, ErrorCode code)
    {
        focus.send(
            Response{request.id, Failure{code, QStringLiteral("because"), Failure::Update::None, 0, {}}});
    }
};

ErrorCode codeOf(const QSignalSpy& spy, int argument)
{
    return spy.isEmpty() ? ErrorCode::Internal
                         : static_cast<const Error*>(spy.back()[argument].constData())->code();
}

} // namespace

class TestPresenceClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signsInAndIsSeen();
    void refusesUnusableNames();
    void asksAfterAGap();
    void reportsServersWithoutPresence_data();
    void reportsServersWithoutPresence();
    void reportsLostConnections();
    void comesBackAsWhoItWas();
    void invites();
    void isInvited();
    void changesAvailability();
    void ignoresWhatIsNotForIt();
};

void TestPresenceClient::signsInAndIsSeen()
{
    Scene scene;
    scene.signIn();
    QCOMPARE(scene.focus.lastRequest<SignIn>()->displayName, QStringLiteral("Me"));
    QCOMPARE(scene.focus.lastRequest<SetPresence>()->availability, Person::Availability::Available);
    QCOMPARE(scene.client.entity(), TestFocus::clientEntity());
    scene.focus.send(list(3));
    QVERIFY(scene.peopleChanged.wait());
    QCOMPARE(scene.client.people().persons.size(), 1);
    scene.client.disconnectFromServer();
    QVERIFY(!scene.client.isSignedIn());
    QVERIFY(scene.client.people().persons.isEmpty());
}

void TestPresenceClient::refusesUnusableNames()
{
    Scene scene;
    scene.client.connectToServer({.url = scene.focus.url(), .pinnedFingerprint = {}, .displayName = {}});
    QVERIFY(scene.failed.wait());
    QCOMPARE(codeOf(scene.failed, 0), ErrorCode::InvalidArgument);
}

void TestPresenceClient::asksAfterAGap()
{
    Scene scene;
    scene.signIn();
    scene.focus.send(list(3));
    scene.focus.send(list(5, PresenceInfo::State::Partial));
    QTRY_VERIFY(scene.focus.lastRequest<GetPresence>());
    scene.focus.send(list(5));
    QTRY_COMPARE(scene.peopleChanged.size(), 2);
    QCOMPARE(scene.client.people().version, 5u);
}

void TestPresenceClient::reportsServersWithoutPresence_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("switched off") << ErrorCode::NotAllowed;
    QTest::newRow("older") << ErrorCode::UnknownDocument;
}

void TestPresenceClient::reportsServersWithoutPresence()
{
    QFETCH(ErrorCode, code);
    Scene scene;
    scene.answerWith([&](const Request& request) {
        const bool isOurs = std::holds_alternative<SetPresence>(request.body);
        if (isOurs)
            scene.fail(request, code);
        return isOurs;
    });
    scene.open();
    QVERIFY(scene.refused.wait());
    QCOMPARE(codeOf(scene.refused, 0), code);
    QVERIFY(scene.client.isSignedIn());
    QCOMPARE(scene.failed.size(), 0);
}

void TestPresenceClient::reportsLostConnections()
{
    Scene scene;
    scene.signIn();
    scene.focus.send(list(3));
    QVERIFY(scene.peopleChanged.wait());
    scene.focus.socket()->abort();
    QVERIFY(scene.failed.wait());
    QCOMPARE(codeOf(scene.failed, 0), ErrorCode::ConnectionLost);
    QVERIFY(!scene.client.isSignedIn());
}

void TestPresenceClient::comesBackAsWhoItWas()
{
    Scene scene;
    const QString token = QStringLiteral("a-token-of-the-focus");
    scene.answerWith([&](const Request& request) {
        if (!std::holds_alternative<SignIn>(request.body))
            return false;
        scene.focus.send(Response{request.id,
            SignInResponse{.entity = TestFocus::clientEntity(),
                .protocol = kProtocolVersion,
                .product = QStringLiteral("Test/1"),
                .resume = token}});
        return true;
    });
    scene.signIn();
    QCOMPARE(scene.focus.lastRequest<SignIn>()->resume, QString());
    scene.focus.socket()->abort();
    QVERIFY(scene.failed.wait());
    scene.open();
    QVERIFY(scene.signedIn.wait());
    QCOMPARE(scene.focus.lastRequest<SignIn>()->resume, token);
    // A token brings back the name too: who has another one begins anew.
    scene.client.connectToServer({.url = scene.focus.url(),
        .pinnedFingerprint = scene.focus.certificate().fingerprint(),
        .displayName = QStringLiteral("Somebody else")});
    QVERIFY(scene.signedIn.wait());
    QCOMPARE(scene.focus.lastRequest<SignIn>()->resume, QString());
}

void TestPresenceClient::invites()
{
    Scene scene;
    scene.signIn();
    scene.client.invite(kAda, kId, TestFocus::meetingId());
    scene.client.cancel(kAda, kId);
    QTRY_COMPARE(scene.focus.invitations().size(), std::size_t(2));
    const InvitationDocument& sent = scene.focus.invitations()[0];
    QCOMPARE(sent.to, kAda);
    QCOMPARE(std::get<Invite>(sent.body).meetingId, TestFocus::meetingId());
    QCOMPARE(std::get<InviteCancel>(scene.focus.invitations()[1].body).code, ErrorCode::Cancelled);

    const QString me = TestFocus::clientEntity();
    scene.focus.send(InvitationDocument{kAda, me, kId, InviteAccept{QStringLiteral("ada-2")}});
    QVERIFY(scene.accepted.wait());
    QCOMPARE(scene.accepted[0][2].toString(), QStringLiteral("ada-2"));
    scene.focus.send(InvitationDocument{kAda, me, kId, InviteDecline{ErrorCode::Timeout, {}}});
    QVERIFY(scene.declined.wait());
    QCOMPARE(codeOf(scene.declined, 2), ErrorCode::Timeout);
}

void TestPresenceClient::isInvited()
{
    Scene scene;
    scene.signIn();
    const QString me = TestFocus::clientEntity();
    const Invite invite{TestFocus::meetingId(), QStringLiteral("Ada"), QStringLiteral("S"), {}};
    scene.focus.send(InvitationDocument{kAda, me, kId, invite});
    QVERIFY(scene.invited.wait());
    QVERIFY(scene.invited[0][2].value<Invite>() == invite);
    scene.client.accept(kAda, kId, QStringLiteral("me-2"));
    scene.client.decline(kAda, kId, ErrorCode::Declined, QStringLiteral("no"));
    QTRY_COMPARE(scene.focus.invitations().size(), std::size_t(2));
    QCOMPARE(std::get<InviteAccept>(scene.focus.invitations()[0].body).participant, QStringLiteral("me-2"));
    QCOMPARE(std::get<InviteDecline>(scene.focus.invitations()[1].body).code, ErrorCode::Declined);
    scene.focus.send(InvitationDocument{kAda, me, kId, InviteCancel{ErrorCode::Gone, {}}});
    QVERIFY(scene.cancelled.wait());
    QCOMPARE(codeOf(scene.cancelled, 2), ErrorCode::Gone);
}

void TestPresenceClient::changesAvailability()
{
    Scene scene;
    scene.client.setAvailability(Person::Availability::InMeeting); // before: with the first one
    scene.signIn();
    QCOMPARE(scene.focus.lastRequest<SetPresence>()->availability, Person::Availability::InMeeting);
    const qsizetype before = scene.focus.requestCount();
    scene.client.setAvailability(Person::Availability::InMeeting);
    scene.client.setAvailability(Person::Availability::Available);
    QTRY_COMPARE(scene.focus.requestCount(), before + 1);
    QCOMPARE(scene.focus.lastRequest<SetPresence>()->availability, Person::Availability::Available);
}

void TestPresenceClient::ignoresWhatIsNotForIt()
{
    Scene scene;
    scene.signIn();
    scene.focus.sendText("<dance/>");
    scene.focus.send(Response{77, GetPresenceResponse{}});
    scene.focus.send(ConferenceInfo::full(scene.focus.roster));
    scene.focus.send(
        InvitationDocument{kAda, {QStringLiteral("me")}, kId, Invite{TestFocus::meetingId(), {}, {}, {}}});
    scene.focus.send(list(1));
    QVERIFY(scene.peopleChanged.wait());
    QCOMPARE(scene.invited.size(), 0); // nobody knows who invites
    QCOMPARE(scene.failed.size(), 0);
}

QTEST_GUILESS_MAIN(TestPresenceClient)
#include "tst_presence_client.moc"
